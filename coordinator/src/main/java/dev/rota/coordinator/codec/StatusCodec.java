package dev.rota.coordinator.codec;

import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.wire.journal.v1.AbortedRecord;
import dev.rota.wire.journal.v1.HeldRecord;
import dev.rota.wire.journal.v1.PausedRecord;
import dev.rota.wire.journal.v1.RolledBackRecord;
import dev.rota.wire.journal.v1.RunningRecord;
import dev.rota.wire.journal.v1.StatusRecord;
import dev.rota.wire.journal.v1.StoppingRecord;
import dev.rota.wire.journal.v1.SucceededRecord;
import dev.rota.wire.journal.v1.UnconfirmedRecord;

/** The state of a rollout as a whole, to and from a snapshot. */
final class StatusCodec {
    private StatusCodec() {}

    static StatusRecord encode(RolloutStatus status) {
        StatusRecord.Builder b = StatusRecord.newBuilder();
        if (status instanceof RolloutStatus.Running) {
            b.setRunning(RunningRecord.getDefaultInstance());
        } else if (status instanceof RolloutStatus.Stopping s) {
            b.setStopping(StoppingRecord.newBuilder()
                    .setAbort(s.abort())
                    .setBy(s.by())
                    .setAtUs(Times.micros(s.at())));
        } else if (status instanceof RolloutStatus.Paused s) {
            b.setPaused(PausedRecord.newBuilder().setBy(s.by()).setAtUs(Times.micros(s.at())));
        } else if (status instanceof RolloutStatus.Held s) {
            b.setHeld(HeldRecord.newBuilder()
                    .setCode(s.code())
                    .setNode(s.node())
                    .setPhase(s.phase().label())
                    .setSentence(s.sentence())
                    .addAllEvidence(s.evidence())
                    .setSinceUs(Times.micros(s.since())));
        } else if (status instanceof RolloutStatus.Unconfirmed s) {
            b.setUnconfirmed(UnconfirmedRecord.newBuilder().addAllOpen(s.open()).setSinceUs(Times.micros(s.since())));
        } else if (status instanceof RolloutStatus.Succeeded s) {
            b.setSucceeded(SucceededRecord.newBuilder().setAtUs(Times.micros(s.at())));
        } else if (status instanceof RolloutStatus.RolledBack s) {
            b.setRolledBack(RolledBackRecord.newBuilder()
                    .setBy(s.by())
                    .setAtUs(Times.micros(s.at()))
                    .setAll(s.all()));
        } else {
            RolloutStatus.Aborted s = (RolloutStatus.Aborted) status;
            b.setAborted(AbortedRecord.newBuilder().setBy(s.by()).setAtUs(Times.micros(s.at())));
        }
        return b.build();
    }

    static RolloutStatus decode(StatusRecord r) {
        return switch (r.getStatusCase()) {
            case RUNNING -> new RolloutStatus.Running();
            case STOPPING ->
                new RolloutStatus.Stopping(
                        r.getStopping().getAbort(),
                        r.getStopping().getBy(),
                        Times.instant(r.getStopping().getAtUs()));
            case PAUSED ->
                new RolloutStatus.Paused(
                        r.getPaused().getBy(), Times.instant(r.getPaused().getAtUs()));
            case HELD -> held(r.getHeld());
            case UNCONFIRMED ->
                new RolloutStatus.Unconfirmed(
                        r.getUnconfirmed().getOpenList(),
                        Times.instant(r.getUnconfirmed().getSinceUs()));
            case SUCCEEDED ->
                new RolloutStatus.Succeeded(Times.instant(r.getSucceeded().getAtUs()));
            case ABORTED ->
                new RolloutStatus.Aborted(
                        r.getAborted().getBy(), Times.instant(r.getAborted().getAtUs()));
            case ROLLED_BACK ->
                new RolloutStatus.RolledBack(
                        r.getRolledBack().getBy(),
                        Times.instant(r.getRolledBack().getAtUs()),
                        r.getRolledBack().getAll());
            case STATUS_NOT_SET -> throw new IllegalArgumentException("a rollout has a status of an unknown kind");
        };
    }

    private static RolloutStatus held(HeldRecord r) {
        return new RolloutStatus.Held(
                r.getCode(),
                r.getNode(),
                PlanCodec.phase(r.getPhase()),
                r.getSentence(),
                r.getEvidenceList(),
                Times.instant(r.getSinceUs()));
    }
}
