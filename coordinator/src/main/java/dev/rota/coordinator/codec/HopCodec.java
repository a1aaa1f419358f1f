package dev.rota.coordinator.codec;

import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.wire.journal.v1.HopRecord;
import java.util.Arrays;

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
                r.getUndoList().stream().map(EvidenceCodec::decode).toList());
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
