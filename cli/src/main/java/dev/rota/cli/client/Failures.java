package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed call means to an operator. */
final class Failures {
    /** Trailer that carries the coordinator's own code. */
    static final Metadata.Key<String> ROTA_CODE = Metadata.Key.of("rota-code", Metadata.ASCII_STRING_MARSHALLER);

    /** Trailer that says where the leader is, {@code host:port}. */
    static final Metadata.Key<String> ROTA_LEADER = Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER);

    /** Broken connections and servers that go down surface as any of these; the same call may succeed elsewhere or later. */
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.ABORTED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN);

    /** Some causes quote all they received. */
    private static final int LONGEST_SENTENCE = 1000;

    /** How the TLS library calls a key that is not the certificate's. */
    private static final String KEY_MISMATCH = "KEY_VALUES_MISMATCH";

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

    /** Whether the coordinator is there and does not lead. */
    static boolean notLeader(CommandFailure failure) {
        return failure.rotaCode().equals("NOT_LEADER");
    }

    /** Where the coordinator that failed says the leader is. */
    static Optional<String> leader(CommandFailure failure) {
        Metadata trailers = failure.getCause() == null ? null : Status.trailersFromThrowable(failure.getCause());
        return Optional.ofNullable(trailers).map(t -> t.get(ROTA_LEADER)).filter(Failures::address);
    }

    private static boolean address(String text) {
        try {
            return !Address.parse(text).host().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** No coordinator answered: one line with what each of them said, and where to look. */
    static CommandFailure unreachable(List<CommandFailure> failures, List<String> addresses, String identity) {
        CommandFailure last = failures.get(failures.size() - 1);
        if (last.sentence().contains(KEY_MISMATCH)) {
            return Identity.unusable(Path.of(identity), "cert.pem and key.pem do not belong together");
        }
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
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return "no answer in time";
        }
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        String transport = causes.isEmpty() ? "" : transport(causes);
        String description = status.getDescription();
        if (!transport.isEmpty()) {
            return transport;
        }
        return description == null || description.isBlank()
                ? status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : oneLine(description);
    }

    /** Why a connection was not made or broke, empty if the causes say nothing about it. */
    private static String transport(List<Throwable> causes) {
        Throwable root = causes.get(causes.size() - 1);
        String message = root.getMessage() == null ? "" : oneLine(root.getMessage());
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        if (root instanceof ConnectException) {
            return message.contains("timed out") ? "no connection in time" : "connection refused";
        }
        if (root instanceof NotSslRecordException) {
            return "it does not speak TLS";
        }
        if (root instanceof CertificateExpiredException || root instanceof CertificateNotYetValidException) {
            return "its certificate is not valid now: " + message;
        }
        if (causes.stream()
                .anyMatch(c -> c instanceof CertPathBuilderException || c instanceof CertPathValidatorException)) {
            return "its certificate is not from the authority in ca.pem";
        }
        if (root instanceof CertificateException) {
            return "its certificate is not valid for this address: " + message;
        }
        if (root instanceof SSLException && message.contains("ALERT")) {
            return "it does not accept this identity: " + message;
        }
        return root instanceof StatusException || root instanceof StatusRuntimeException ? "" : message;
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST_SENTENCE ? line : line.substring(0, LONGEST_SENTENCE) + "...";
    }
}
