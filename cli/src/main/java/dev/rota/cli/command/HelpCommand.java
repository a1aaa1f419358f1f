package dev.rota.cli.command;

import dev.rota.cli.exit.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
        name = "help",
        header = "Shows the help of a command.",
        description = "Shows how a command is used, as --help behind the command does.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota help plan", "  rota help releases add"})
final class HelpCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, with its subcommand if it has any.")
    List<String> path = new ArrayList<>();

    HelpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine command = spec.root().commandLine();
            for (String name : path) {
                CommandLine next = command.getSubcommands().get(name);
                if (next == null) {
                    throw new UnmatchedArgumentException(command, List.of(name));
                }
                command = next;
            }
            context.console().print(command.getUsageMessage());
        }
        return ExitCode.DONE.code();
    }
}
