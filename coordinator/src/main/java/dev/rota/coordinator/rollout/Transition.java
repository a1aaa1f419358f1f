package dev.rota.coordinator.rollout;

import java.util.List;

/** The answer of the state machine to an event. */
public sealed interface Transition {
    /** The new state and what must be done now that it is committed. */
    record Accepted(RolloutState state, List<Effect> effects) implements Transition {
        /** Copies the effects. */
        public Accepted {
            effects = List.copyOf(effects);
        }
    }

    /**
     * The event does not fit; nothing changes.
     *
     * @param code stable word
     */
    record Rejected(String code, String reason) implements Transition {}
}
