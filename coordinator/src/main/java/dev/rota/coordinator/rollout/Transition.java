package dev.rota.coordinator.rollout;

/** The answer of the state machine to an event. */
public sealed interface Transition {
    /** The new state; what must be done once it is committed, {@link Outstanding} says. */
    record Accepted(RolloutState state) implements Transition {}

    /**
     * The event does not fit; nothing changes.
     *
     * @param code stable word
     */
    record Rejected(String code, String reason) implements Transition {}
}
