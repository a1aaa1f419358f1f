package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.RolloutState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The planted mistakes in what is on record to be undone. */
final class TamperedRecord {
    private TamperedRecord() {}

    /** The state after an entry, which had brought the rollout there from {@code before}. */
    static CoordinatorState of(World world, RolloutState before, CoordinatorState after) {
        RolloutState r = Objects.requireNonNull(after.rollouts().get(before.id()));
        if (world.planted(Plant.EFFECT_NOT_RECORDED)) {
            return with(after, r, before.compensations());
        } else if (world.planted(Plant.UNDO_NOT_RECORDED)) {
            List<Compensation> all = new ArrayList<>(before.compensations());
            r.compensations().stream().filter(c -> !all.contains(c)).forEach(all::add);
            return r.status().ended() ? leftOver(after, before, all) : with(after, r, all);
        } else if (world.planted(Plant.NOTHING_HANDED_OVER) && r.status().ended()) {
            return leftOver(after, before, List.of());
        }
        return after;
    }

    private static CoordinatorState leftOver(CoordinatorState s, RolloutState r, List<Compensation> all) {
        return s.withClusterFacts(new ClusterFacts(
                new TreeMap<>(Map.of(r.plan().cluster(), all)), s.clusterFacts().recorded()));
    }

    private static CoordinatorState with(CoordinatorState s, RolloutState r, List<Compensation> all) {
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        rollouts.put(r.id(), with(r, all));
        return s.withRollouts(rollouts, s.rolloutOrder());
    }

    /** The rollout with this on record. */
    static RolloutState with(RolloutState r, List<Compensation> all) {
        return new RolloutState(
                r.id(),
                r.plan(),
                r.startedBy(),
                r.startedAt(),
                r.revision(),
                r.status(),
                r.batch(),
                r.nodes(),
                r.facts(),
                r.attempts(),
                r.history(),
                r.mixedSince(),
                r.waited(),
                r.added(),
                r.back(),
                r.skipped(),
                all,
                r.overseen());
    }
}
