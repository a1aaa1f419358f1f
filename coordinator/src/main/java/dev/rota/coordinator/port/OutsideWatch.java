package dev.rota.coordinator.port;

import java.util.Map;

/**
 * What is asked outside the nodes, and what asks it.
 *
 * @param clusters by name; a cluster that is missing is not watched
 */
public record OutsideWatch(OutsideChecks checks, Map<String, ClusterChecks> clusters) {
    /** Copies the map. */
    public OutsideWatch {
        clusters = Map.copyOf(clusters);
    }

    /** Nothing is watched. */
    public static OutsideWatch none() {
        return new OutsideWatch(
                (check, timeout, answer) -> answer.accept(new CheckAnswer(false, "nothing is configured")), Map.of());
    }

    /** What is configured for a cluster. */
    public ClusterChecks of(String cluster) {
        return clusters.getOrDefault(cluster, ClusterChecks.none());
    }
}
