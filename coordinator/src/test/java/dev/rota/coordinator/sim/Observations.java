package dev.rota.coordinator.sim;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.wire.agent.v1.Observation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an agent says of its node. */
final class Observations {
    private Observations() {}

    static Observation toWire(long request, NodeObservation o) {
        SortedMap<String, String> none = new TreeMap<>();
        return Observation.newBuilder()
                .setRequestId(request)
                .setMember(o.member())
                .setRunningVersion(o.version().map(Version::text).orElse(""))
                .setArtifactSha256(o.artifactSha256())
                .setHealthy(o.healthy())
                .setUnhealthyReason(o.unhealthyReason())
                .setMembersKnown(o.members().isPresent())
                .addAllMembers(o.members().orElse(List.of()))
                .setReplicasKnown(o.replicas().isPresent())
                .putAllReplicas(o.replicas().orElse(none))
                .setDiskFreeBytes(o.diskFreeBytes())
                .setProductMs((int) o.productMs())
                .build();
    }
}
