package dev.rota.coordinator.domain;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a step that fails leads to.
 *
 * @param retries how often a step is tried again by itself when what failed may pass: 0 to {@value #MAX_RETRIES}
 * @param backoff pause before the first of these; each further one is twice as long, at most {@link #MAX_PAUSE}
 * @param then what comes when they are used up, or would not help
 */
public record FailurePolicy(int retries, Duration backoff, Then then) {
    /** More would only put off what a person has to look at. */
    public static final int MAX_RETRIES = 20;
    /** The longest pause between two tries. */
    public static final Duration MAX_PAUSE = Duration.ofMinutes(10);
    /** Pause before the first retry where nothing else is said. */
    public static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(10);
    /** No retries, and a person decides. */
    public static final FailurePolicy DEFAULT = new FailurePolicy(0, DEFAULT_BACKOFF, Then.HOLD);

    /** Checks the bounds. */
    public FailurePolicy {
        if (retries < 0 || retries > MAX_RETRIES) {
            throw new IllegalArgumentException(retries + " retries; there may be 0 to " + MAX_RETRIES);
        }
        if (backoff.isNegative() || backoff.isZero() || backoff.compareTo(MAX_PAUSE) > 0) {
            throw new IllegalArgumentException(
                    "a pause of " + backoff + " before a retry; it may be up to " + MAX_PAUSE);
        }
    }

    /** What comes of a step that has failed for good. */
    public enum Then {
        /** A person decides. */
        HOLD("hold"),
        /** The node goes back to the release it comes from, and the rollout ends. */
        ROLLBACK_NODE("rollback-node"),
        /** The same, and all nodes that were upgraded before are to go back, too. */
        ROLLBACK_ALL("rollback-all");

        private final String label;

        Then(String label) {
            this.label = label;
        }

        /** The word on the command line and in the journal. */
        public String label() {
            return label;
        }

        /** What has that word. */
        public static Optional<Then> of(String label) {
            return Arrays.stream(values()).filter(t -> t.label.equals(label)).findFirst();
        }
    }
}
