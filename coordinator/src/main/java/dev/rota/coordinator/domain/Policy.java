package dev.rota.coordinator.domain;

import java.time.Duration;

/**
 * What a plan is to do beyond its batches.
 *
 * @param failure what a step that fails leads to
 * @param mixedLimit how long the cluster may run two versions side by side until that is an alarm
 * @param oversight what watches over the rollout beside its agents
 */
public record Policy(FailurePolicy failure, Duration mixedLimit, Oversight oversight) {
    /** Unless a plan says otherwise. */
    public static final Duration DEFAULT_MIXED_LIMIT = Duration.ofHours(24);
    /** Shortest limit that can be asked for. */
    public static final Duration MIN_MIXED_LIMIT = Duration.ofMinutes(1);
    /** Of a plan that asks for nothing in particular. */
    public static final Policy DEFAULT = new Policy(FailurePolicy.DEFAULT);

    /** With the limit of a plan that asks for none; only the agents watch. */
    public Policy(FailurePolicy failure) {
        this(failure, DEFAULT_MIXED_LIMIT);
    }

    /** Only the agents watch. */
    public Policy(FailurePolicy failure, Duration mixedLimit) {
        this(failure, mixedLimit, Oversight.none());
    }

    /** With other oversight. */
    public Policy with(Oversight other) {
        return new Policy(failure, mixedLimit, other);
    }
}
