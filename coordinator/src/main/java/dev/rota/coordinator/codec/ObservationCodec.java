package dev.rota.coordinator.codec;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.journal.v1.ObservationRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Observations from the wire, and to and from the journal. */
public final class ObservationCodec {
    private ObservationCodec() {}

    /**
     * What an agent observed, stamped with the leader's clock.
     *
     * @param before what it observed before: of what has not changed there need not be another copy
     */
    public static NodeObservation fromWire(String node, Observation o, Instant at, Optional<NodeObservation> before) {
        Optional<List<String>> members =
                o.getMembersKnown() ? Optional.of(List.copyOf(o.getMembersList())) : Optional.empty();
        return new NodeObservation(
                node,
                at,
                o.getMember(),
                before.flatMap(NodeObservation::version)
                        .filter(v -> v.text().equals(o.getRunningVersion()))
                        .or(() -> Version.tryParse(o.getRunningVersion())),
                o.getArtifactSha256(),
                o.getHealthy(),
                o.getUnhealthyReason(),
                before.map(NodeObservation::members).filter(members::equals).orElse(members),
                o.getReplicasKnown() ? Optional.of(sorted(o.getReplicasMap())) : Optional.empty(),
                o.getDiskFreeBytes(),
                List.copyOf(o.getProblemsList()),
                o.getProductMs());
    }

    static ObservationRecord encode(NodeObservation o) {
        return ObservationRecord.newBuilder()
                .setNode(o.node())
                .setAtUs(Times.micros(o.at()))
                .setMember(o.member())
                .setVersion(o.version().map(Version::text).orElse(""))
                .setArtifactSha256(o.artifactSha256())
                .setHealthy(o.healthy())
                .setUnhealthyReason(o.unhealthyReason())
                .setMembersKnown(o.members().isPresent())
                .addAllMembers(o.members().orElse(List.of()))
                .setReplicasKnown(o.replicas().isPresent())
                .putAllReplicas(o.replicas().orElse(Collections.emptySortedMap()))
                .setDiskFreeBytes(o.diskFreeBytes())
                .addAllProblems(o.problems())
                .setProductMs(o.productMs())
                .build();
    }

    static NodeObservation decode(ObservationRecord r) {
        return new NodeObservation(
                r.getNode(),
                Times.instant(r.getAtUs()),
                r.getMember(),
                Version.tryParse(r.getVersion()),
                r.getArtifactSha256(),
                r.getHealthy(),
                r.getUnhealthyReason(),
                r.getMembersKnown() ? Optional.of(List.copyOf(r.getMembersList())) : Optional.empty(),
                r.getReplicasKnown() ? Optional.of(sorted(r.getReplicasMap())) : Optional.empty(),
                r.getDiskFreeBytes(),
                List.copyOf(r.getProblemsList()),
                r.getProductMs());
    }

    static SortedMap<String, String> sorted(Map<String, String> m) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(m));
    }
}
