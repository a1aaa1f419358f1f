package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Variations of an observation. */
public final class Observations {
    private Observations() {}

    /** The node's product names these members. */
    public static NodeObservation members(NodeObservation o, List<String> members) {
        return new NodeObservation(
                o.node(),
                o.at(),
                o.member(),
                o.version(),
                o.artifactSha256(),
                o.healthy(),
                o.unhealthyReason(),
                Optional.of(members),
                o.replicas(),
                o.diskFreeBytes(),
                o.problems(),
                o.productMs());
    }

    /** The node does not serve. */
    public static NodeObservation unhealthy(NodeObservation o) {
        return new NodeObservation(
                o.node(),
                o.at(),
                o.member(),
                o.version(),
                o.artifactSha256(),
                false,
                "no answer",
                o.members(),
                o.replicas(),
                o.diskFreeBytes(),
                o.problems(),
                o.productMs());
    }

    /** The node has another number of replicas. */
    public static NodeObservation replicas(NodeObservation o, String name, String value) {
        return new NodeObservation(
                o.node(),
                o.at(),
                o.member(),
                o.version(),
                o.artifactSha256(),
                o.healthy(),
                o.unhealthyReason(),
                o.members(),
                Optional.of(new TreeMap<>(Map.of(name, value))),
                o.diskFreeBytes(),
                o.problems(),
                o.productMs());
    }

    /** The node runs another version, from another artifact. */
    public static NodeObservation runs(NodeObservation o, String version, String sha256) {
        return new NodeObservation(
                o.node(),
                o.at(),
                o.member(),
                Version.tryParse(version),
                sha256,
                o.healthy(),
                o.unhealthyReason(),
                o.members(),
                o.replicas(),
                o.diskFreeBytes(),
                o.problems(),
                o.productMs());
    }
}
