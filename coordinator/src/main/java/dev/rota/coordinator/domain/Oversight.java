package dev.rota.coordinator.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What watches over a rollout beside its agents.
 *
 * @param probe the outside probe of the service; empty: there is none
 * @param budget needs a probe
 * @param blockers external checks, asked before each node is taken out of service
 * @param blockedLimit how long they may block until the rollout is held
 * @param between how long the whole cluster must keep being well before the next node is taken out of service; empty in what an
 *     operator asks for: as the recipe says, in a plan: not at all
 * @param known what was broken when the plan was made
 */
public record Oversight(
        Optional<ProbePlan> probe,
        Budget budget,
        List<BlockerPlan> blockers,
        Duration blockedLimit,
        Optional<Duration> between,
        List<Known> known) {
    /** How long blockers may block unless the plan says otherwise. */
    public static final Duration BLOCKED_LIMIT = Duration.ofHours(1);

    /** Copies the lists. */
    public Oversight {
        blockers = List.copyOf(blockers);
        known = List.copyOf(known);
    }

    /** How long the whole cluster must keep being well between two nodes. */
    public Duration betweenStable() {
        return between.orElse(Duration.ZERO);
    }

    /** Only the agents watch. */
    public static Oversight none() {
        return new Oversight(Optional.empty(), Budget.none(), List.of(), BLOCKED_LIMIT, Optional.empty(), List.of());
    }
}
