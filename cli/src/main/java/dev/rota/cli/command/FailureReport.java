package dev.rota.cli.command;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells on standard error what went wrong: one line, then hints, and the stack trace only when asked for. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Context context;

    FailureReport(Context context) {
        this.context = context;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine commandLine, ParseResult parseResult) {
        CommandFailure failure = thrown instanceof CommandFailure known ? known : internal(thrown);
        String code = failure.rotaCode().isEmpty() ? "" : " [" + failure.rotaCode() + "]";
        context.console().note("rota: " + failure.sentence() + code);
        failure.hints().forEach(hint -> context.console().note("hint: " + hint));
        if (context.verbose()) {
            thrown.printStackTrace(context.session().err());
            context.session().err().flush();
        }
        return failure.exitCode().code();
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine commandLine = thrown.getCommandLine();
        String sentence = String.valueOf(thrown.getMessage());
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            sentence = unmatched(unmatched, commandLine);
        }
        context.console().note("rota: " + sentence.replaceAll("\\s*\\R\\s*", " "));
        String name = commandLine.getCommandSpec().qualifiedName(" ");
        context.console().note("hint: see " + name + " --help");
        return ExitCode.USAGE.code();
    }

    private static String unmatched(UnmatchedArgumentException thrown, CommandLine commandLine) {
        String argument = thrown.getUnmatched().get(0);
        boolean option = argument.startsWith("-");
        boolean command =
                !option && commandLine.getCommandSpec().positionalParameters().isEmpty();
        String kind = option ? "unknown option" : command ? "unknown command" : "unexpected argument";
        List<String> suggestions = command || option ? thrown.getSuggestions() : List.of();
        return kind + " '" + argument + "'"
                + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?");
    }

    private static CommandFailure internal(Exception thrown) {
        String what = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return CommandFailure.of(
                ExitCode.INTERNAL, "internal error: " + what, "run it again with --verbose for the stack trace");
    }
}
