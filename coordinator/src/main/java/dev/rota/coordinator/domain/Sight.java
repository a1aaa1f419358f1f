package dev.rota.coordinator.domain;

import java.util.List;
import java.util.Optional;

/**
 * What the leader saw from outside the nodes when it looked at a gate.
 *
 * @param probe the latest of the outside probe; empty: there was no probe yet
 * @param blockers what they answered; empty where they were not asked
 */
public record Sight(Optional<ProbeSight> probe, List<BlockerAnswer> blockers) {
    /** Copies the list. */
    public Sight {
        blockers = List.copyOf(blockers);
    }

    /** Nothing was looked at. */
    public static Sight none() {
        return new Sight(Optional.empty(), List.of());
    }
}
