package dev.rota.agent.step;

/** The answer of the state machine to an event. */
public sealed interface Move {
    /** The event fits; this is the state after it. */
    record To(JobState state) implements Move {}

    /** The event does not fit the state, which stays as it was. */
    record Rejected(String reason) implements Move {}
}
