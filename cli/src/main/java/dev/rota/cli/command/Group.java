package dev.rota.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others. */
abstract class Group implements Runnable {
    @Spec
    @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine commandLine = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(
                commandLine,
                "command expected: "
                        + String.join(", ", commandLine.getSubcommands().keySet()));
    }
}
