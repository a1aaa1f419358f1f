package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.ProbePlan;
import java.util.List;
import java.util.Optional;

/**
 * What watches a cluster from outside.
 *
 * @param probe of the service; empty: it is not probed
 * @param blockers what is asked before each node is taken out
 * @param probeSays what the probe finds wrong now; empty: nothing
 */
public record Outlook(Optional<ProbePlan> probe, List<BlockerPlan> blockers, Optional<String> probeSays) {
    /** Copies the list. */
    public Outlook {
        blockers = List.copyOf(blockers);
    }

    /** Nothing does. */
    public static Outlook none() {
        return new Outlook(Optional.empty(), List.of(), Optional.empty());
    }
}
