package dev.rota.coordinator.domain;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The clusters this installation looks after, as declared in the coordinator's configuration.
 *
 * @param clusters in the order of the configuration
 */
public record Inventory(List<Cluster> clusters) {
    /** Copies the clusters. */
    public Inventory {
        clusters = List.copyOf(clusters);
    }

    /**
     * Nodes that run one product together.
     *
     * @param recipe name of the product's recipe
     * @param nodes at least one, in the order they are upgraded unless a rule says otherwise
     * @param assume what is known about the cluster that release notes ask for, such as {@code storage} = {@code sql}
     */
    public record Cluster(String name, String recipe, List<Node> nodes, SortedMap<String, String> assume) {
        /** Copies the collections. */
        public Cluster {
            nodes = List.copyOf(nodes);
            assume = Collections.unmodifiableSortedMap(new TreeMap<>(assume));
        }

        /** A cluster nothing else is known about. */
        public Cluster(String name, String recipe, List<Node> nodes) {
            this(name, recipe, nodes, new TreeMap<>());
        }

        /** The names of its nodes, in order. */
        public List<String> nodeNames() {
            return nodes.stream().map(Node::name).toList();
        }
    }

    /** One host with one agent; {@code zone} is its failure domain, empty if none was given. */
    public record Node(String name, String zone) {}

    /** The cluster of that name. */
    public Optional<Cluster> cluster(String name) {
        return clusters.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The cluster a node belongs to; node names are unique over all clusters. */
    public Optional<Cluster> clusterOf(String node) {
        return clusters.stream()
                .filter(c -> c.nodes().stream().anyMatch(n -> n.name().equals(node)))
                .findFirst();
    }

    /** How many nodes all clusters have together. */
    public int nodeCount() {
        return clusters.stream().mapToInt(c -> c.nodes().size()).sum();
    }
}
