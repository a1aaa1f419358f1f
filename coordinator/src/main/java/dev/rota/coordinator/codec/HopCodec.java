package dev.rota.coordinator.codec;

import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.domain.WayBack;
import dev.rota.wire.journal.v1.BackupRecord;
import dev.rota.wire.journal.v1.HopRecord;
import dev.rota.wire.journal.v1.TakenBackRecord;
import dev.rota.wire.journal.v1.WayBackRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The hops of a plan to and from the journal. */
final class HopCodec {
    private HopCodec() {}

    static HopRecord encode(PlannedHop hop) {
        HopRecord.Builder b = HopRecord.newBuilder()
                .setFrom(hop.from().text())
                .setTo(hop.to().text())
                .setFirstBatch(hop.firstBatch())
                .setMode(hop.mode().label())
                .setStrategy(hop.strategy().label())
                .addAllMigrations(hop.migrations())
                .setDowngrade(hop.downgrade())
                .setArtifact(PlanCodec.encode(hop.artifact()));
        hop.reasons().forEach(r -> b.addReasons(EvidenceCodec.encode(r)));
        hop.undo().forEach(u -> b.addUndo(EvidenceCodec.encode(u)));
        if (!hop.wayBack().equals(WayBack.NONE)) {
            b.setWayBack(encode(hop.wayBack()));
        }
        hop.takesBack().ifPresent(t -> b.setTakesBack(encode(t)));
        return b.build();
    }

    static PlannedHop decode(HopRecord r) {
        return new PlannedHop(
                Version.parse(r.getFrom()),
                Version.parse(r.getTo()),
                r.getFirstBatch(),
                mode(r.getMode()),
                strategy(r.getStrategy()),
                r.getReasonsList().stream().map(EvidenceCodec::decode).toList(),
                r.getMigrationsList(),
                r.getDowngrade(),
                PlanCodec.decode(r.getArtifact()),
                r.getUndoList().stream().map(EvidenceCodec::decode).toList(),
                decode(r.getWayBack()),
                r.hasTakesBack() ? Optional.of(decode(r.getTakesBack())) : Optional.empty());
    }

    static TakenBackRecord encode(TakenBack t) {
        TakenBackRecord.Builder b =
                TakenBackRecord.newBuilder().setRollout(t.rollout()).setHop(t.hopId());
        t.restored()
                .forEach((node, backup) -> b.putRestored(
                        node,
                        BackupRecord.newBuilder()
                                .setSha256(backup.sha256())
                                .setAtUs(Times.micros(backup.at()))
                                .setSizeBytes(backup.sizeBytes())
                                .build()));
        return b.build();
    }

    static TakenBack decode(TakenBackRecord r) {
        SortedMap<String, TakenBack.Backup> restored = new TreeMap<>();
        r.getRestoredMap()
                .forEach((node, b) -> restored.put(
                        node, new TakenBack.Backup(b.getSha256(), Times.instant(b.getAtUs()), b.getSizeBytes())));
        return new TakenBack(r.getRollout(), r.getHop(), restored);
    }

    static WayBackRecord encode(WayBack w) {
        WayBackRecord.Builder b = WayBackRecord.newBuilder().setReadsNewerData(w.readsNewerData());
        w.steps().forEach(step -> b.addSteps(PlanCodec.encode(step)));
        w.artifact().ifPresent(a -> b.setArtifact(PlanCodec.encode(a)));
        return b.build();
    }

    static WayBack decode(WayBackRecord r) {
        return new WayBack(
                r.getStepsList().stream().map(PlanCodec::decode).toList(),
                r.hasArtifact() ? Optional.of(PlanCodec.decode(r.getArtifact())) : Optional.empty(),
                r.getReadsNewerData());
    }

    static Mode mode(String label) {
        return Mode.of(label).orElseThrow(() -> PlanCodec.unknown("mode", label));
    }

    static FullStop strategy(String label) {
        return Arrays.stream(FullStop.values())
                .filter(f -> f.label().equals(label))
                .findFirst()
                .orElseThrow(() -> PlanCodec.unknown("strategy", label));
    }
}
