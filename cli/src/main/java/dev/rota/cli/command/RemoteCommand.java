package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;

/** A command that asks the coordinators. */
abstract class RemoteCommand implements Callable<Integer> {
    private final Context context;

    RemoteCommand(Context context) {
        this.context = context;
    }

    final Context context() {
        return context;
    }

    /** Checks what was given before anything is opened. */
    void validate() throws IOException {}

    /** Asks and shows. */
    abstract ExitCode run(OperatorClient client) throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        validate();
        try (OperatorClient client = context.connect()) {
            return run(client).code();
        }
    }
}
