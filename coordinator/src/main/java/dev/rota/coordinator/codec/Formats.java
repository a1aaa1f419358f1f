package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import java.util.EnumSet;
import java.util.Set;

/**
 * The number of the format an entry or a snapshot needs: the lowest whose readers do the right thing with it. What needs no more than an
 * older version knows is written as that version wrote it, so that coordinators of both can stand side by side.
 */
final class Formats {
    static final int FIRST = 1;
    /**
     * Policies, steps that go back, rollback and skip; steps that take something back, and what is to be undone; what watches from
     * outside.
     */
    static final int GOING_BACK = 2;
    /** The highest number this version reads. */
    static final int NEWEST = GOING_BACK;

    private static final Set<Event.Control> GO_BACK =
            EnumSet.of(Event.Control.ROLLBACK, Event.Control.ROLLBACK_ALL, Event.Control.SKIP);

    private Formats() {}

    static int of(Entry entry) {
        boolean later = entry instanceof Entry.PlanMade p
                ? needsGoingBack(p.plan())
                : entry instanceof Entry.RolloutStarted r
                        ? !r.known().isEmpty()
                        : entry instanceof Entry.UndoneByHand
                                || (entry instanceof Entry.RolloutChanged c && needsGoingBack(c.event()));
        return later ? GOING_BACK : FIRST;
    }

    static int of(CoordinatorState state) {
        boolean later = state.plans().values().stream().anyMatch(Formats::needsGoingBack)
                || state.rollouts().values().stream().anyMatch(Formats::needsGoingBack)
                || !state.clusterFacts().leftOver().isEmpty();
        return later ? GOING_BACK : FIRST;
    }

    private static boolean needsGoingBack(RolloutState s) {
        return needsGoingBack(s.plan())
                || !s.back().isEmpty()
                || !s.skipped().isEmpty()
                || !s.compensations().isEmpty()
                || s.status() instanceof RolloutStatus.RolledBack
                || !s.overseen().known().isEmpty();
    }

    private static boolean needsGoingBack(Plan plan) {
        return !plan.policy().equals(Policy.DEFAULT)
                || plan.hops().stream().anyMatch(h -> h.takesBack().isPresent())
                || plan.batches().stream()
                        .flatMap(b -> b.lanes().stream())
                        .flatMap(l -> l.steps().stream())
                        .anyMatch(s -> s.back() || s.undo())
                || plan.repair();
    }

    private static boolean needsGoingBack(Event event) {
        return event instanceof Event.Probed
                || (event instanceof Event.Looked l && !l.sight().equals(Sight.none()))
                || (event instanceof Event.Controlled c && GO_BACK.contains(c.control()));
    }
}
