package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something to do once the state that asks for it is committed. Doing it twice does no harm. */
public sealed interface Effect {
    /**
     * Have an agent carry out a step.
     *
     * @param within the step's own deadline, counted by the agent
     * @param back it goes back to the release the hop comes from
     * @param undo take back what the phase did
     */
    record RunStep(StepKey key, String executor, Optional<String> peer, Duration within, boolean back, boolean undo)
            implements Effect {
        /** A step that carries its phase out. */
        public RunStep(StepKey key, String executor, Optional<String> peer, Duration within, boolean back) {
            this(key, executor, peer, within, back, false);
        }
    }

    /**
     * Look at the cluster for a node's gate, at this moment or later.
     *
     * @param replicas also compare replicas
     */
    record Look(String rolloutId, String node, GatePurpose purpose, int attempt, boolean replicas, Instant notBefore)
            implements Effect {}
}
