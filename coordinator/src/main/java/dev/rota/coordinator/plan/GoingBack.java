package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reversibility;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a hop can still be taken back, from what its plan knows about the way back and what has been done of it. */
public final class GoingBack {
    private GoingBack() {}

    /**
     * After these phases of the hop.
     *
     * @param done phases that were done, or at least begun, on any node
     */
    public static Reversibility after(Plan plan, PlannedHop hop, Collection<Phase> done) {
        boolean touched = done.contains(Phase.START) || done.contains(Phase.MIGRATE) || done.contains(Phase.RESTORE);
        if (!touched || !dataOutgrown(hop, done)) {
            return Reversibility.REVERSIBLE;
        }
        return backsUp(plan, hop) && back(hop, Phase.RESTORE) ? Reversibility.WITH_RESTORE : Reversibility.IRREVERSIBLE;
    }

    /** After each batch of the plan, going back to where its hop began. */
    public static List<Reversibility> afterEachBatch(Plan plan) {
        Reversibility[] all = new Reversibility[plan.batches().size()];
        for (PlannedHop hop : plan.hops()) {
            Set<Phase> done = EnumSet.noneOf(Phase.class);
            for (int b = hop.firstBatch(); b < plan.endOf(hop); b++) {
                plan.batches().get(b).lanes().forEach(l -> l.steps().forEach(s -> done.add(s.phase())));
                all[b] = after(plan, hop, done);
            }
        }
        return List.of(all);
    }

    /** Whether the old release may not be able to go on with the data. Where nodes took turns, it ran beside the new one. */
    private static boolean dataOutgrown(PlannedHop hop, Collection<Phase> done) {
        boolean finals =
                hop.undo().stream().anyMatch(u -> !u.possible() && u.cited().isPresent());
        boolean migrated = done.contains(Phase.MIGRATE) && !back(hop, Phase.MIGRATE);
        return finals || (!hop.wayBack().readsNewerData() && (migrated || hop.mode() == Mode.FULL_STOP));
    }

    private static boolean back(PlannedHop hop, Phase phase) {
        return hop.wayBack().steps().stream().anyMatch(s -> s.phase() == phase);
    }

    private static boolean backsUp(Plan plan, PlannedHop hop) {
        return plan.batches().subList(hop.firstBatch(), plan.endOf(hop)).stream()
                .flatMap(b -> b.lanes().stream())
                .flatMap(l -> l.steps().stream())
                .anyMatch(s -> s.phase() == Phase.BACKUP);
    }
}
