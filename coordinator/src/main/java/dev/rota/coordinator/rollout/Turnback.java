package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Plan.PlannedStep;
import java.time.Instant;
import java.util.List;

/**
 * A node's turn that is taken back: what the node does instead of the rest of its lane. Its steps never change once they are decided.
 *
 * @param by the operator who asked for it, or {@value RolloutStatus.RolledBack#BY_POLICY}
 * @param why what had gone wrong
 * @param all the nodes that were upgraded before are to go back as well
 * @param steps the way back, in order; none when nothing that takes effect was begun
 */
public record Turnback(String by, Instant at, String why, boolean all, List<PlannedStep> steps) {
    /** Copies the steps. */
    public Turnback {
        steps = List.copyOf(steps);
    }

    /** The same, and those that were upgraded before are to go back as well. */
    Turnback andAll() {
        return new Turnback(by, at, why, true, steps);
    }
}
