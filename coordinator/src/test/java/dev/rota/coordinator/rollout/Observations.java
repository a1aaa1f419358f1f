package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.NodeObservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Variations of an observation. */
final class Observations {
    private Observations() {}

    static NodeObservation members(NodeObservation o, List<String> members) {
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

    static NodeObservation unhealthy(NodeObservation o) {
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

    static NodeObservation replicas(NodeObservation o, String name, String value) {
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
}
