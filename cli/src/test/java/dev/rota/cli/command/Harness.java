package dev.rota.cli.command;

import dev.rota.cli.FakeOperator;
import dev.rota.cli.ManualPacer;
import dev.rota.cli.Samples;
import dev.rota.cli.client.InProcess;
import dev.rota.cli.command.console.Interrupts;
import dev.rota.cli.command.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs command lines against a coordinator inside the test. */
final class Harness implements AutoCloseable {
    static final String ADDRESS = "c1:7000";

    final FakeOperator operator = new FakeOperator();
    final ManualPacer pacer = new ManualPacer();
    final Map<String, String> environment = new HashMap<>(Map.of("ROTA_COORDINATOR", ADDRESS));
    Terminal terminal = Terminal.NONE;
    Interrupts interrupts = Supplier::get;

    private final InProcess coordinators = new InProcess().serve(ADDRESS, operator);
    private final AtomicInteger ids = new AtomicInteger();

    /** What came of a command line. */
    record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Rota.run(session(out, err), "1.2.3", arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Runs a line of words. */
    Result line(String line, String... more) {
        return run(Stream.concat(Stream.of(line.split(" ")), Stream.of(more)).toArray(String[]::new));
    }

    Session session(StringWriter out, StringWriter err) {
        return new Session(
                new PrintWriter(out),
                new PrintWriter(err),
                terminal,
                environment,
                Path.of("/home/someone"),
                coordinators,
                Clock.fixed(Samples.NOON.plusSeconds(30), ZoneOffset.UTC),
                pacer,
                () -> "request-" + ids.incrementAndGet(),
                interrupts);
    }

    @Override
    public void close() {
        coordinators.close();
    }
}
