package dev.rota.coordinator.domain;

/**
 * What a plan is to do beyond its batches.
 *
 * @param failure what a step that fails leads to
 * @param turns how the nodes take their turns
 */
public record Policy(FailurePolicy failure, Turns turns) {
    /** Of a plan that asks for nothing in particular. */
    public static final Policy DEFAULT = new Policy(FailurePolicy.DEFAULT);

    /** One whose nodes take their turns as the configuration has them. */
    public Policy(FailurePolicy failure) {
        this(failure, Turns.PLAIN);
    }

    /** The same with other turns. */
    public Policy with(Turns other) {
        return new Policy(failure, other);
    }
}
