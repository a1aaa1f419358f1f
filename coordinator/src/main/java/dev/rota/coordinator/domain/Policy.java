package dev.rota.coordinator.domain;

import java.time.Duration;

/**
 * What a plan is to do beyond its batches.
 *
 * @param failure what a step that fails leads to
 * @param mixedLimit how long the cluster may run two versions side by side until that is an alarm
 * @param oversight what watches over the rollout beside its agents
 * @param turns how the nodes take their turns
 */
public record Policy(FailurePolicy failure, Duration mixedLimit, Oversight oversight, Turns turns) {
    /** Unless a plan says otherwise. */
    public static final Duration DEFAULT_MIXED_LIMIT = Duration.ofHours(24);
    /** Shortest limit that can be asked for. */
    public static final Duration MIN_MIXED_LIMIT = Duration.ofMinutes(1);
    /** Of a plan that asks for nothing in particular. */
    public static final Policy DEFAULT = new Policy(FailurePolicy.DEFAULT);

    /** With the limit of a plan that asks for none; only the agents watch, and turns are one after the other as the configuration has them. */
    public Policy(FailurePolicy failure) {
        this(failure, DEFAULT_MIXED_LIMIT);
    }

    /** The same with another policy for failures. */
    public Policy with(FailurePolicy other) {
        return new Policy(other, mixedLimit, oversight, turns);
    }

    /** The same with other turns. */
    public Policy with(Turns other) {
        return new Policy(failure, mixedLimit, oversight, other);
    }

    /** Only the agents watch, and turns are one after the other as the configuration has them. */
    public Policy(FailurePolicy failure, Duration mixedLimit) {
        this(failure, mixedLimit, Oversight.none(), Turns.PLAIN);
    }

    /** With other oversight. */
    public Policy with(Oversight other) {
        return new Policy(failure, mixedLimit, other, turns);
    }
}
