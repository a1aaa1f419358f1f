package dev.rota.coordinator.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Whether the nodes of a cluster see each other, as their products report it. */
public final class Membership {
    private Membership() {}

    /** One sentence for each node that lists other members than the cluster's nodes; nodes that list none are passed over. */
    public static List<String> disagreements(Inventory.Cluster cluster, Map<String, NodeObservation> view) {
        TreeSet<String> expected = new TreeSet<>();
        cluster.nodeNames().forEach(n -> observed(view, n).ifPresent(o -> expected.add(o.member())));
        List<String> sentences = new ArrayList<>();
        for (String node : cluster.nodeNames()) {
            Optional<List<String>> listed = observed(view, node).flatMap(NodeObservation::members);
            if (listed.isPresent() && !new TreeSet<>(listed.get()).containsAll(expected)) {
                sentences.add(node + " lists " + new TreeSet<>(listed.get()) + ", expected are " + expected);
            }
        }
        return sentences;
    }

    /** Whether a node is alone: others list their members, and neither do they list it nor it them. */
    public static boolean isAlone(Inventory.Cluster cluster, String node, Map<String, NodeObservation> view) {
        Optional<NodeObservation> own = observed(view, node);
        if (own.isEmpty() || own.get().members().isEmpty()) {
            return false;
        }
        List<NodeObservation> others = cluster.nodeNames().stream()
                .filter(n -> !n.equals(node))
                .flatMap(n -> observed(view, n).stream())
                .filter(o -> o.members().isPresent())
                .toList();
        List<String> listed = own.get().members().get();
        return !others.isEmpty()
                && others.stream()
                        .noneMatch(o -> listed.contains(o.member())
                                || o.members()
                                        .orElse(List.of())
                                        .contains(own.get().member()));
    }

    private static Optional<NodeObservation> observed(Map<String, NodeObservation> view, String node) {
        return Optional.ofNullable(view.get(node));
    }
}
