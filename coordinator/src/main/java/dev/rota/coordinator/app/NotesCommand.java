package dev.rota.coordinator.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator notes}: what release notes say, without a running coordinator. */
@Command(
        name = "notes",
        mixinStandardHelpOptions = true,
        description = "Read release notes, without a running coordinator.",
        subcommands = {NotesReadCommand.class, NotesEvaluateCommand.class, NotesSqlCommand.class})
final class NotesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    NotesCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: read, evaluate or sql");
    }

    /** How a result is written. */
    enum Output {
        text,
        json
    }
}
