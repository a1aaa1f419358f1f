package dev.rota.cli.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a command: one sentence for the operator, hints on what to do next, and the exit code. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String rotaCode;
    private final List<String> hints;
    private final boolean passing;

    private CommandFailure(
            ExitCode exitCode,
            String sentence,
            String rotaCode,
            List<String> hints,
            boolean passing,
            @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
        this.rotaCode = rotaCode;
        this.hints = List.copyOf(hints);
        this.passing = passing;
    }

    /** A failure that trying again does not cure. */
    public static CommandFailure of(ExitCode exitCode, String sentence, String... hints) {
        return new CommandFailure(exitCode, sentence, "", List.of(hints), false, null);
    }

    /** The coordinator refused: its sentence and, unless empty, its code. */
    public static CommandFailure refused(ExitCode exitCode, String sentence, String rotaCode, Throwable cause) {
        return new CommandFailure(exitCode, sentence, rotaCode, List.of(), false, cause);
    }

    /** The coordinator could not be reached or broke off: another one, or the same one later, may answer. */
    public static CommandFailure passing(
            ExitCode exitCode, String sentence, String rotaCode, @Nullable Throwable cause) {
        return new CommandFailure(exitCode, sentence, rotaCode, List.of(), true, cause);
    }

    /** The same failure with one more hint. */
    public CommandFailure hint(String hint) {
        List<String> more = new ArrayList<>(hints);
        more.add(hint);
        return new CommandFailure(
                exitCode, sentence(), rotaCode, more, passing, getCause() == null ? this : getCause());
    }

    /** The exit code of the command. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What happened, without a full stop. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** The coordinator's code, empty if there is none. */
    public String rotaCode() {
        return rotaCode;
    }

    /** What to look at or do next, one line each. */
    public List<String> hints() {
        return hints;
    }

    /** Whether the same call may succeed elsewhere or later. */
    public boolean passing() {
        return passing;
    }
}
