package dev.rota.cli.command;

import dev.rota.wire.operator.v1.FailurePolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a plan does when a step fails. */
final class FailureOptions {
    private static final int MAX_RETRIES = 20;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            completionCandidates = Choices.OnFailures.class,
            description =
                    "What a failed step or health gate leads to: hold waits for a person (default), rollback-node takes the node back"
                            + " and ends the rollout, rollback-all then takes back every node that was upgraded before, too.")
    Choices.@Nullable OnFailure then;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description =
                    "How often a step is first tried again by itself, where that may help. Default: 0, at most 20.")
    @Nullable Integer retries;

    @Option(
            names = "--retry-backoff",
            paramLabel = "TIME",
            description = "Pause before the first of these; it doubles each time, up to 10m. Default: 10s.")
    @Nullable Duration backoff;

    /** What is wrong with them, empty if nothing is. */
    String problem() {
        if (retries != null && (retries < 0 || retries > MAX_RETRIES)) {
            return "--retries is from 0 to " + MAX_RETRIES;
        }
        return backoff != null && (backoff.isZero() || backoff.compareTo(LONGEST_BACKOFF) > 0)
                ? "--retry-backoff is more than 0 and at most 10m"
                : "";
    }

    /** Nothing unless something was said. */
    Optional<FailurePolicy> policy() {
        if (then == null && retries == null && backoff == null) {
            return Optional.empty();
        }
        return Optional.of(FailurePolicy.newBuilder()
                .setThen(then == null ? "" : Choices.word(then))
                .setRetries(retries == null ? 0 : retries)
                .setBackoffMs(backoff == null ? 0 : Math.toIntExact(backoff.toMillis()))
                .build());
    }
}
