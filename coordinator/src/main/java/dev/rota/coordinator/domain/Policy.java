package dev.rota.coordinator.domain;

/**
 * What a plan is to do beyond its batches.
 *
 * @param failure what a step that fails leads to
 */
public record Policy(FailurePolicy failure) {
    /** Of a plan that asks for nothing in particular. */
    public static final Policy DEFAULT = new Policy(FailurePolicy.DEFAULT);
}
