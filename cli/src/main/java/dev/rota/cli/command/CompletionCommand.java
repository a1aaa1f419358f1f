package dev.rota.cli.command;

import dev.rota.cli.exit.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Prints a completion script for the shell.",
        description = "Prints a script that completes commands and options in bash or zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(rota completion bash)", "  rota completion zsh > ~/.rota-completion.zsh"})
final class CompletionCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    Shell shell = Shell.BASH;

    /** Shells the script works in; zsh reads it in its bash mode, which the script itself turns on. */
    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            context.console().print(AutoComplete.bash("rota", spec.root().commandLine()));
        }
        return ExitCode.DONE.code();
    }
}
