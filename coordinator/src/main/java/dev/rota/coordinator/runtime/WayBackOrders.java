package dev.rota.coordinator.runtime;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.wire.agent.v1.RunStep;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an order says beyond the usual where the hop takes another one back: its backups, and that they are still needed. */
final class WayBackOrders {
    /** Phases that look at the backup: whether it is as it was before anything is stopped, and when it is put back. */
    private static final Set<Phase> WITH_BACKUP = EnumSet.of(Phase.CHECK, Phase.RESTORE);

    private WayBackOrders() {}

    static void complete(RunStep.Builder order, RolloutState rollout, Effect.RunStep step) {
        rollout.plan().hops().stream()
                .map(PlannedHop::takesBack)
                .flatMap(Optional::stream)
                .map(TakenBack::rollout)
                .distinct()
                .forEach(order::addKeepBackups);
        rollout.hop().takesBack().ifPresent(t -> complete(order, t, step));
    }

    /** Whoever turns back on the way back goes on again, with the actions that lead on. */
    private static void complete(RunStep.Builder order, TakenBack hop, Effect.RunStep step) {
        order.setBack(!step.back());
        Optional.ofNullable(hop.restored().get(step.key().node()))
                .filter(b -> WITH_BACKUP.contains(step.key().phase()) && !step.back())
                .ifPresent(b -> order.setBackupHop(hop.hopId()).setBackupSha256(b.sha256()));
    }
}
