package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Turns.Why;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which order nodes go back: unready ones first, then the newest upgraded first; in soft mode the one that leads is the last. */
final class BackOrder {
    private final PlanInputs in;
    private final RolledOut.Done done;
    private final Set<String> masters = new TreeSet<>();

    BackOrder(PlanInputs in, RolledOut.Done done) {
        this.in = in;
        this.done = done;
        in.observations().values().forEach(o -> o.master().ifPresent(masters::add));
    }

    /** These nodes; in a full stop the last one is the first to come up. */
    List<String> of(List<Inventory.Node> nodes, boolean soft) {
        return nodes.stream()
                .map(Inventory.Node::name)
                .sorted(Comparator.comparing(this::healthy)
                        .thenComparing(n -> soft && leads(n))
                        .thenComparing(
                                Comparator.<String>comparingInt(this::upgraded).reversed()))
                .toList();
    }

    /** The turns in that order, one node each. */
    List<TurnOrder.Turn> explained(List<String> order) {
        return order.stream()
                .map(n -> new TurnOrder.Turn(List.of(n), why(n), new TreeMap<>(Map.of(n, sentence(n)))))
                .toList();
    }

    private Why why(String node) {
        return !healthy(node) ? Why.UNREADY : leads(node) ? Why.MASTER : Why.REVERSE;
    }

    private String sentence(String node) {
        return switch (why(node)) {
            case UNREADY -> "it does not serve";
            case MASTER -> "it leads the others, so it goes back last";
            default ->
                upgraded(node) < 0
                        ? "it was not started by the rollout"
                        : "it was started as number " + (upgraded(node) + 1) + " of "
                                + done.started().size() + "; the last goes back first";
        };
    }

    private int upgraded(String node) {
        return done.started().lastIndexOf(node);
    }

    private boolean healthy(String node) {
        return seen(node).filter(NodeObservation::healthy).isPresent();
    }

    private boolean leads(String node) {
        return seen(node).filter(o -> masters.contains(o.member())).isPresent();
    }

    private Optional<NodeObservation> seen(String node) {
        return Optional.ofNullable(in.observations().get(node));
    }
}
