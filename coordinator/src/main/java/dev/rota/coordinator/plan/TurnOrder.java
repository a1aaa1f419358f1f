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
import java.util.stream.Stream;

/**
 * In which order the nodes take their turns: first those that do not serve, then the canaries, then all others, zone by zone, and last
 * the one that leads them. The first that applies to a node counts.
 */
final class TurnOrder {
    private final PlanInputs in;
    private final TurnRequest request;
    private final List<Inventory.Node> nodes;
    private final int atOnce;
    private final boolean firstAlone;
    private final Set<String> masters;
    private final FailureDomains domains;
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
        SortedMap<String, String> zones = new TreeMap<>();
        in.cluster().nodes().forEach(n -> zones.put(n.name(), n.zone()));
        this.domains = FailureDomains.of(zones);
    }

    /**
     * The turns of these nodes in soft mode.
     *
     * @param atOnce at most so many side by side
     * @param firstAlone what the first node does must be done before any other begins
     */
    static List<Turn> soft(
            PlanInputs in, TurnRequest request, List<Inventory.Node> nodes, int atOnce, boolean firstAlone) {
        TurnOrder o = new TurnOrder(in, request, nodes, atOnce, firstAlone);
        o.unready();
        o.canaries();
        o.byDomain();
        o.masterLast("it leads the others, so it goes last");
        return List.copyOf(o.turns);
    }

    /** The order in a full stop: who is stopped last is started first. */
    static List<Turn> fullStop(PlanInputs in, List<Inventory.Node> nodes) {
        TurnOrder o = new TurnOrder(in, TurnRequest.plain(), nodes, 1, false);
        o.unready();
        o.rest().forEach(o::byConfiguration);
        o.masterLast("it leads the others, so it is stopped last and started first");
        return List.copyOf(o.turns);
    }

    /** Whom the nodes say leads, by node; empty where the recipe cannot tell. */
    private Set<String> masters() {
        Set<String> named = new TreeSet<>();
        in.observations().values().forEach(o -> o.master().ifPresent(named::add));
        Set<String> masters = new TreeSet<>();
        for (Inventory.Node n : in.cluster().nodes()) {
            if (named.contains(seen(n).member())) {
                masters.add(n.name());
            }
        }
        return masters;
    }

    private void unready() {
        for (Inventory.Node n : nodes) {
            if (!seen(n).healthy()) {
                String said = seen(n).unhealthyReason().lines().findFirst().orElse("");
                String why = "it does not serve" + (said.isEmpty() ? "" : ": " + said);
                if (request.canaries().contains(n.name())) {
                    canary(n.name(), request.canaries(), "; " + why);
                } else {
                    alone(n.name(), Why.UNREADY, why);
                }
            }
        }
    }

    private void canaries() {
        List<String> left = left();
        if (request.canaries().isEmpty()) {
            List<String> counted = Stream.concat(
                            left.stream().filter(n -> !masters.contains(n)),
                            left.stream().filter(masters::contains))
                    .limit(request.canaryCount())
                    .toList();
            counted.forEach(c -> canary(c, counted, masters.contains(c) ? "; it leads, but no other is left" : ""));
        } else {
            List<String> named = request.canaries();
            named.stream()
                    .filter(left::contains)
                    .forEach(c -> canary(
                            c, named, masters.contains(c) ? "; it leads the others, but was named as a canary" : ""));
        }
    }

    private void canary(String node, List<String> all, String besides) {
        alone(node, Why.CANARY, "canary " + (all.indexOf(node) + 1) + " of " + all.size() + besides);
    }

    /** A zone is finished before the next one begins; what is alike in that is by the configuration. */
    private void byDomain() {
        List<String> rest = rest();
        List<List<String>> byDomain = new ArrayList<>();
        domainsOf(rest)
                .forEach(d -> byDomain.add(
                        rest.stream().filter(n -> domains.of(n).equals(d)).toList()));
        boolean moved = !byDomain.stream().flatMap(List::stream).toList().equals(rest);
        for (List<String> domain : byDomain) {
            int from = 0;
            while (from < domain.size()) {
                boolean single = atOnce <= 1 || (firstAlone && turns.isEmpty());
                int to = Math.min(domain.size(), from + (single ? 1 : atOnce));
                List<String> some = domain.subList(from, to);
                if (some.size() > 1) {
                    sideBySide(some);
                } else {
                    single(some.get(0), moved, domain.size());
                }
                from = to;
            }
        }
    }

    /** The domain that was begun goes on, that of the node that leads is the last. */
    private List<String> domainsOf(List<String> rest) {
        Set<String> leading =
                domains.of(left().stream().filter(masters::contains).toList());
        Stream<String> begun =
                turns.stream().reduce((a, b) -> b).map(t -> domains.of(t.nodes().get(0))).stream();
        List<String> inOrder = rest.stream().map(domains::of).distinct().toList();
        return Stream.concat(
                        Stream.concat(begun.filter(inOrder::contains), inOrder.stream())
                                .filter(d -> !leading.contains(d)),
                        inOrder.stream())
                .distinct()
                .toList();
    }

    private void single(String node, boolean moved, int ofDomain) {
        String domain = domains.of(node);
        if (moved) {
            alone(node, Why.ZONE, domain + ", in the order of the configuration");
        } else if (atOnce > 1 && firstAlone && turns.isEmpty()) {
            alone(node, Why.CONFIGURATION, "alone: what it does is done once for all");
        } else if (atOnce > 1) {
            String where = domain.isEmpty() ? "" : " of " + domain;
            alone(
                    node,
                    Why.CONFIGURATION,
                    ofDomain > 1 ? "alone: no other" + where + " is left" : "alone: there is no other" + where);
        } else {
            byConfiguration(node);
        }
    }

    private void byConfiguration(String node) {
        alone(node, Why.CONFIGURATION, "its place in the configuration");
    }

    private void sideBySide(List<String> some) {
        String domain = domains.of(some.get(0));
        String where = domain.isEmpty() ? "" : " of " + domain;
        SortedMap<String, String> sentences = new TreeMap<>();
        for (String n : some) {
            List<String> others = some.stream().filter(o -> !o.equals(n)).toList();
            sentences.put(n, "side by side with " + String.join(", ", others) + where);
        }
        turns.add(new Turn(List.copyOf(some), Why.SIDE_BY_SIDE, sentences));
    }

    private void masterLast(String sentence) {
        for (String n : left()) {
            alone(n, Why.MASTER, sentence);
        }
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

    /** Those of them that do not lead. */
    private List<String> rest() {
        return left().stream().filter(n -> !masters.contains(n)).toList();
    }

    /** Why the canaries that were asked for cannot be. */
    static Optional<String> refused(PlanInputs in, TurnRequest request, List<Inventory.Node> nodes) {
        List<String> todo = nodes.stream().map(Inventory.Node::name).toList();
        List<String> unknown =
                request.canaries().stream().filter(c -> !todo.contains(c)).toList();
        if (!unknown.isEmpty()) {
            boolean there = in.cluster().nodeNames().containsAll(unknown);
            return Optional.of("canary " + String.join(", ", unknown)
                    + (there
                            ? " runs the target already"
                            : " is no node of " + in.cluster().name()) + "; to be upgraded are "
                    + String.join(", ", todo));
        }
        int canaries = Math.max(request.canaryCount(), request.canaries().size());
        return canaries > 0 && canaries >= todo.size()
                ? Optional.of("with " + canaries + (canaries == 1 ? " canary" : " canaries")
                        + " no node is left to go after them: " + todo.size()
                        + (todo.size() == 1 ? " is" : " are")
                        + " to be upgraded; ask for fewer, or plan without --canary")
                : Optional.empty();
    }

    private NodeObservation seen(Inventory.Node n) {
        return Objects.requireNonNull(in.observations().get(n.name()));
    }
}
