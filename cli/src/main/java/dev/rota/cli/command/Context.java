package dev.rota.cli.command;

import com.google.protobuf.Message;
import dev.rota.cli.client.Address;
import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.client.Target;
import dev.rota.cli.command.Choices.Output;
import dev.rota.cli.command.console.Console;
import dev.rota.cli.command.watch.RolloutWatch;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.Json;
import dev.rota.cli.view.layout.Page;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** What a command works with: the session seen through the options of this call. */
final class Context {
    private final Session session;
    private final GlobalOptions options;
    private final Console console;

    Context(Session session, GlobalOptions options) {
        this.session = session;
        this.options = options;
        this.console = new Console(session.out(), session.err(), session.terminal(), this::page);
    }

    Session session() {
        return session;
    }

    Console console() {
        return console;
    }

    boolean verbose() {
        return options.verbose;
    }

    boolean json() {
        return options.output == Output.JSON;
    }

    /** Opens the connection. */
    OperatorClient connect() {
        return session.clients().open(new Target(coordinators(), identity(), options.timeout));
    }

    /** Shows an answer in the format that was asked for. */
    <M extends Message> ExitCode show(M answer, BiFunction<M, Page, String> view) {
        console.print(json() ? Json.document(answer) : view.apply(answer, console.page()));
        return ExitCode.DONE;
    }

    RolloutWatch watch() {
        return new RolloutWatch(console, session.interrupts(), session.pacer(), json());
    }

    /** A fresh request id. */
    String requestId() {
        return session.requestIds().get();
    }

    private Page page() {
        boolean terminal = session.terminal().interactive();
        boolean colours = switch (options.color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
        };
        return new Page(
                terminal ? session.terminal().columns() : Page.UNLIMITED,
                colours,
                session.clock().instant());
    }

    private List<Address> coordinators() {
        if (!options.coordinators.isEmpty()) {
            return options.coordinators;
        }
        String variable = variable("ROTA_COORDINATOR");
        if (variable.isBlank()) {
            throw CommandFailure.of(
                    ExitCode.USAGE,
                    "no coordinator given",
                    "name one with --coordinator HOST:PORT or in ROTA_COORDINATOR");
        }
        try {
            return Arrays.stream(variable.split(",", -1))
                    .map(String::strip)
                    .map(Address::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "ROTA_COORDINATOR: " + e.getMessage());
        }
    }

    private Path identity() {
        if (options.identity != null) {
            return options.identity;
        }
        String variable = variable("ROTA_IDENTITY");
        return variable.isBlank() ? session.home().resolve(".config/rota/identity") : Path.of(variable);
    }

    private String variable(String name) {
        return session.environment().getOrDefault(name, "");
    }
}
