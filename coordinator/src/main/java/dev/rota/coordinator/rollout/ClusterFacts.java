package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.RecordedNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known about clusters beyond their rollouts.
 *
 * @param leftOver by cluster: side effects of rollouts that have ended, which nobody has undone yet
 * @param recorded by node: what it should run
 */
public record ClusterFacts(SortedMap<String, List<Compensation>> leftOver, SortedMap<String, RecordedNode> recorded) {
    /** Copies the collections. */
    public ClusterFacts {
        SortedMap<String, List<Compensation>> all = new TreeMap<>();
        leftOver.forEach((cluster, list) -> {
            if (!list.isEmpty()) {
                all.put(cluster, List.copyOf(list));
            }
        });
        leftOver = Collections.unmodifiableSortedMap(all);
        recorded = Collections.unmodifiableSortedMap(new TreeMap<>(recorded));
    }

    /** Nothing is known. */
    public static ClusterFacts none() {
        return new ClusterFacts(new TreeMap<>(), new TreeMap<>());
    }

    /** What was left over in a cluster, oldest first. */
    public List<Compensation> leftOver(String cluster) {
        return leftOver.getOrDefault(cluster, List.of());
    }

    ClusterFacts withLeftOver(String cluster, List<Compensation> all) {
        SortedMap<String, List<Compensation>> changed = new TreeMap<>(leftOver);
        changed.put(cluster, all);
        return new ClusterFacts(changed, recorded);
    }

    /** Without what is recorded of nodes that are in no cluster. */
    ClusterFacts of(Inventory inventory) {
        SortedMap<String, RecordedNode> nodes = new TreeMap<>(recorded);
        nodes.keySet().removeIf(n -> inventory.clusterOf(n).isEmpty());
        return nodes.size() == recorded.size() ? this : withRecorded(nodes);
    }

    ClusterFacts withRecorded(SortedMap<String, RecordedNode> nodes) {
        return new ClusterFacts(leftOver, nodes);
    }
}
