package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.wire.journal.v1.CompensationRecord;
import dev.rota.wire.journal.v1.LeftOverRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must be undone, to and from a snapshot. */
final class CompensationCodec {
    private CompensationCodec() {}

    static CompensationRecord encode(Compensation c) {
        return CompensationRecord.newBuilder()
                .setRollout(c.rollout())
                .setNode(c.node())
                .setPhase(c.phase().label())
                .setSinceUs(Times.micros(c.since()))
                .build();
    }

    static Compensation decode(CompensationRecord r) {
        return new Compensation(
                r.getRollout(), r.getNode(), PlanCodec.phase(r.getPhase()), Times.instant(r.getSinceUs()));
    }

    /** What outlived its rollout, by cluster. */
    static List<LeftOverRecord> encode(ClusterFacts facts) {
        List<LeftOverRecord> all = new ArrayList<>();
        facts.leftOver()
                .forEach((cluster, list) -> list.forEach(c -> all.add(LeftOverRecord.newBuilder()
                        .setCluster(cluster)
                        .setCompensation(encode(c))
                        .build())));
        return all;
    }

    static SortedMap<String, List<Compensation>> decode(List<LeftOverRecord> records) {
        SortedMap<String, List<Compensation>> all = new TreeMap<>();
        records.forEach(
                r -> all.computeIfAbsent(r.getCluster(), c -> new ArrayList<>()).add(decode(r.getCompensation())));
        return all;
    }
}
