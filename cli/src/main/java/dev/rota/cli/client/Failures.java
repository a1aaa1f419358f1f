package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed call means to an operator. */
final class Failures {
    /** Trailer that carries the coordinator's own code. */
    static final Metadata.Key<String> ROTA_CODE = Metadata.Key.of("rota-code", Metadata.ASCII_STRING_MARSHALLER);

    /** Broken connections and servers that go down surface as any of these; the same call may succeed elsewhere or later. */
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.ABORTED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN);

    private Failures() {}

    /** The failure of one call to one coordinator. */
    static CommandFailure of(Throwable thrown) {
        Status status = Status.fromThrowable(thrown);
        String rotaCode = rotaCode(Status.trailersFromThrowable(thrown));
        ExitCode exitCode = ExitCode.ofStatus(status.getCode().name(), rotaCode);
        String sentence = sentence(status);
        return PASSING.contains(status.getCode())
                ? CommandFailure.passing(exitCode, sentence, rotaCode, thrown)
                : CommandFailure.refused(exitCode, sentence, rotaCode, thrown);
    }

    /** Whether another coordinator should be asked: this one is not there, does not answer, or has no leader. */
    static boolean elsewhere(CommandFailure failure) {
        return failure.passing() && failure.exitCode() == ExitCode.NO_COORDINATOR;
    }

    /** No coordinator answered: one line with what each of them said, and where to look. */
    static CommandFailure unreachable(List<CommandFailure> failures, List<String> addresses, String identity) {
        CommandFailure last = failures.get(failures.size() - 1);
        String sentence;
        if (failures.size() == 1) {
            sentence = last.rotaCode().isEmpty()
                    ? "no coordinator at " + addresses.get(0) + ": " + last.sentence()
                    : last.sentence();
        } else {
            StringBuilder all = new StringBuilder("no coordinator answers");
            for (int i = 0; i < failures.size(); i++) {
                all.append(i == 0 ? ": " : ", ")
                        .append(addresses.get(i))
                        .append(" (")
                        .append(failures.get(i).sentence())
                        .append(')');
            }
            sentence = all.toString();
        }
        return CommandFailure.passing(ExitCode.NO_COORDINATOR, sentence, last.rotaCode(), last.getCause())
                .hint(hint(addresses, identity));
    }

    private static String hint(List<String> addresses, String identity) {
        return "tried " + String.join(", ", addresses) + " with the identity in " + identity
                + "; choose others with --coordinator and --identity";
    }

    private static String rotaCode(@Nullable Metadata trailers) {
        String code = trailers == null ? null : trailers.get(ROTA_CODE);
        return code == null ? "" : code;
    }

    private static String sentence(Status status) {
        Throwable root = status.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        if (root instanceof ConnectException) {
            return "connection refused";
        }
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "no answer in time";
        }
        String description = status.getDescription();
        if (root != null && root.getMessage() != null && !(root instanceof StatusRuntimeException)) {
            return oneLine(root.getMessage());
        }
        return description == null || description.isBlank()
                ? status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : oneLine(description);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
