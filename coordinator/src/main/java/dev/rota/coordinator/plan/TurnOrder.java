package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.FailureDomains;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Turns.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In which order the nodes take their turns: first those that do not serve, then the canaries, then all others, and last the one that
 * leads them. The first that applies to a node counts.
 */
final class TurnOrder {
    private final PlanInputs in;
    private final TurnRequest request;
    private final List<Inventory.Node> nodes;
    private final int atOnce;
    private final boolean firstAlone;
    private final Set<String> masters;
    private final List<Turn> turns = new ArrayList<>();

    /**
     * Nodes whose turns are taken side by side.
     *
     * @param sentences why each of them stands here, by node
     */
    record Turn(List<String> nodes, Why why, SortedMap<String, String> sentences) {
        boolean canary() {
            return why == Why.CANARY;
        }
    }

    private TurnOrder(PlanInputs in, TurnRequest request, List<Inventory.Node> nodes, int atOnce, boolean firstAlone) {
        this.in = in;
        this.request = request;
        this.nodes = nodes;
        this.atOnce = atOnce;
        this.firstAlone = firstAlone;
        this.masters = masters();
    }

    /**
     * The turns of these nodes.
     *
     * @param atOnce at most so many side by side
     * @param firstAlone what the first node does must be done before any other begins
     */
    static List<Turn> of(
            PlanInputs in, TurnRequest request, List<Inventory.Node> nodes, int atOnce, boolean firstAlone) {
        TurnOrder o = new TurnOrder(in, request, nodes, atOnce, firstAlone);
        o.unready();
        o.canaries();
        o.rest();
        o.lead();
        return List.copyOf(o.turns);
    }

    /** Whom the nodes say leads, by node; empty where the recipe cannot tell. */
    private Set<String> masters() {
        Set<String> named = new TreeSet<>();
        in.observations().values().forEach(o -> o.master().ifPresent(named::add));
        Set<String> masters = new TreeSet<>();
        for (Inventory.Node n : in.cluster().nodes()) {
            NodeObservation o = seen(n);
            if (named.contains(o.member())) {
                masters.add(n.name());
            }
        }
        return masters;
    }

    private void unready() {
        for (Inventory.Node n : nodes) {
            if (!seen(n).healthy()) {
                alone(
                        n.name(),
                        Why.UNREADY,
                        "it does not serve: "
                                + seen(n).unhealthyReason().lines().findFirst().orElse(""));
            }
        }
    }

    private void canaries() {
        List<String> canaries = canaryNodes();
        int i = 0;
        for (String c : canaries) {
            i++;
            boolean leads = masters.contains(c);
            alone(
                    c,
                    Why.CANARY,
                    "canary " + i + " of " + canaries.size()
                            + (leads ? "; it leads the others, but was named as a canary" : ""));
        }
    }

    private List<String> canaryNodes() {
        List<String> left = left();
        if (!request.canaries().isEmpty()) {
            return request.canaries().stream().filter(left::contains).toList();
        }
        return left.stream()
                .filter(n -> !masters.contains(n))
                .limit(request.canaryCount())
                .toList();
    }

    private void rest() {
        List<String> rest = left().stream().filter(n -> !masters.contains(n)).toList();
        if (atOnce <= 1) {
            rest.forEach(n -> alone(n, Why.CONFIGURATION, "its place in the configuration"));
            return;
        }
        FailureDomains domains = domains();
        for (String name : rest.stream().map(domains::of).distinct().toList()) {
            List<String> domain =
                    rest.stream().filter(n -> domains.of(n).equals(name)).toList();
            int from = 0;
            while (from < domain.size()) {
                boolean single = firstAlone && turns.isEmpty();
                int to = Math.min(domain.size(), from + (single ? 1 : atOnce));
                sideBySide(name, domain.subList(from, to), single);
                from = to;
            }
        }
    }

    private void sideBySide(String domain, List<String> some, boolean single) {
        String where = domain.isEmpty() ? "" : " of " + domain;
        SortedMap<String, String> sentences = new TreeMap<>();
        for (String n : some) {
            List<String> others = some.stream().filter(o -> !o.equals(n)).toList();
            sentences.put(
                    n,
                    others.isEmpty()
                            ? (single ? "alone: what it does is done once for all" : "alone: no other is left" + where)
                            : "side by side with " + String.join(", ", others) + where);
        }
        turns.add(new Turn(List.copyOf(some), some.size() == 1 ? Why.CONFIGURATION : Why.SIDE_BY_SIDE, sentences));
    }

    private void lead() {
        for (String n : left()) {
            alone(n, Why.MASTER, "it leads the others, so it goes last");
        }
    }

    private FailureDomains domains() {
        SortedMap<String, String> zones = new TreeMap<>();
        in.cluster().nodes().forEach(n -> zones.put(n.name(), n.zone()));
        return FailureDomains.of(zones);
    }

    private void alone(String node, Why why, String sentence) {
        turns.add(new Turn(List.of(node), why, new TreeMap<>(Map.of(node, sentence))));
    }

    /** The nodes without a turn so far. */
    private List<String> left() {
        return nodes.stream()
                .map(Inventory.Node::name)
                .filter(n -> turns.stream().noneMatch(t -> t.nodes().contains(n)))
                .toList();
    }

    /** Why the canaries that were asked for cannot be. */
    static Optional<String> refused(PlanInputs in, TurnRequest request, List<Inventory.Node> nodes) {
        List<String> unknown = request.canaries().stream()
                .filter(c -> nodes.stream().noneMatch(n -> n.name().equals(c)))
                .toList();
        if (!unknown.isEmpty()) {
            boolean there = in.cluster().nodeNames().containsAll(unknown);
            return Optional.of("canary " + String.join(", ", unknown)
                    + (there
                            ? " runs the target already"
                            : " is no node of " + in.cluster().name()) + "; to be upgraded are "
                    + String.join(", ", nodes.stream().map(Inventory.Node::name).toList()));
        }
        return request.canaryCount() >= nodes.size() && request.canaryCount() > 0
                ? Optional.of("--canary " + request.canaryCount() + " leaves no node to go after the canaries: "
                        + nodes.size() + " are to be upgraded")
                : Optional.empty();
    }

    private NodeObservation seen(Inventory.Node n) {
        return Objects.requireNonNull(in.observations().get(n.name()));
    }
}
