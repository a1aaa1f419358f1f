package dev.rota.cli.app;

import dev.rota.cli.client.NettyClientFactory;
import dev.rota.cli.command.Rota;
import dev.rota.cli.command.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts {@code rota}. */
public final class Main {
    /** Held so that its level is not forgotten. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private Main() {}

    public static void main(String[] arguments) {
        boolean verbose = List.of(arguments).contains("--verbose");
        // libraries log what the command reports in its own words
        ROOT_LOGGER.setLevel(verbose ? Level.INFO : Level.OFF);
        SystemPacer pacer = new SystemPacer();
        Session session = new Session(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                Terminals.standardOutput(System.getProperty("rota.terminal")),
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                new NettyClientFactory(pacer),
                Clock.systemUTC(),
                pacer,
                () -> UUID.randomUUID().toString(),
                new ShutdownInterrupts(Runtime.getRuntime()));
        int exitCode = Rota.run(session, version(), arguments);
        session.out().flush();
        session.err().flush();
        System.exit(exitCode);
    }

    private static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
    }
}
