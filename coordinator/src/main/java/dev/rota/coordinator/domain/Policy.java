package dev.rota.coordinator.domain;

/**
 * What a plan is to do beyond its batches.
 *
 * @param failure what a step that fails leads to
 * @param oversight what watches over the rollout beside its agents
 */
public record Policy(FailurePolicy failure, Oversight oversight) {
    /** Of a plan that asks for nothing in particular. */
    public static final Policy DEFAULT = new Policy(FailurePolicy.DEFAULT);

    /** Only the agents watch. */
    public Policy(FailurePolicy failure) {
        this(failure, Oversight.none());
    }

    /** With other oversight. */
    public Policy with(Oversight other) {
        return new Policy(failure, other);
    }
}
