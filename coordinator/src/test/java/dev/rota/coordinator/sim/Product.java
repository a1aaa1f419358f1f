package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.StepKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A clustered product as it really is. A write that was acknowledged is on every running member that has caught up. Leaving erases
 * a node's data; joining copies the members'; a member that starts beside running ones takes over their data, one that starts first
 * goes on with its own.
 */
final class Product {
    /** The truth about one node. */
    static final class Node {
        final String name;
        final String member;
        Version installed;
        Optional<Version> running;
        boolean drained;
        boolean inCluster = true;
        /** The release under which a join got half done: the others list the node, and it has nothing. */
        Optional<Version> zombie = Optional.empty();

        boolean behind;
        boolean announced;
        boolean held;
        long unhealthyUntilMs;
        final BitSet data = new BitSet();

        private Node(String name, String member, Version version) {
            this.name = name;
            this.member = member;
            this.installed = version;
            this.running = Optional.of(version);
        }

        boolean runs() {
            return running.isPresent();
        }

        /** Clients reach it. */
        boolean reached() {
            return runs() && !drained;
        }

        boolean serves() {
            return reached() && inCluster;
        }
    }

    /** Writes a backup holds, and those that came after it. */
    private static final int SAVED = 5;

    private static final int LATER = 4;

    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final List<Node> all;
    private final Schedule schedule;
    private final Plan plan;
    private final SortedMap<String, PlannedHop> ordered = new TreeMap<>();
    private final SortedSet<String> goingBack = new TreeSet<>();
    private PlannedHop current;
    /** What the backups hold of the rollout that is taken back. */
    private final BitSet saved = new BitSet();

    private int acknowledged;
    private int changes;

    Product(Plan plan, Schedule schedule) {
        this.plan = plan;
        this.current = plan.hops().get(0);
        this.schedule = schedule;
        plan.members().forEach(m -> nodes.put(m.node(), new Node(m.node(), m.member(), m.version())));
        this.all = List.copyOf(nodes.values());
        if (plan.hops().stream().anyMatch(h -> h.takesBack().isPresent())) {
            saved.set(0, SAVED);
            acknowledged = SAVED + LATER;
            all.forEach(n -> n.data.set(0, acknowledged));
        }
    }

    List<Node> nodes() {
        return all;
    }

    Node node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    boolean complete(Node n) {
        return n.data.cardinality() == acknowledged;
    }

    /** Rises with every change of the truth. */
    int changes() {
        return changes;
    }

    int acknowledged() {
        return acknowledged;
    }

    private List<Node> runningMembers() {
        return all.stream().filter(n -> n.runs() && n.inCluster).toList();
    }

    /** A client writes through a node it reaches, if there is one. */
    void write() {
        changes++;
        List<Node> reached = nodes.values().stream().filter(Node::reached).toList();
        if (reached.isEmpty()) {
            return;
        }
        Node through = reached.get(schedule.random(reached.size()));
        int id = acknowledged++;
        through.data.set(id);
        if (through.inCluster) {
            runningMembers().forEach(n -> n.data.set(id));
        }
    }

    /** The coordinator asks for a step of a hop. */
    void ordered(StepKey key, PlannedHop hop, boolean back) {
        current = hop;
        if (ordered.putIfAbsent(key.toString(), hop) == null && back) {
            goingBack.add(key.toString());
        }
    }

    /** Whether the step goes back to the release before. */
    boolean back(StepKey key) {
        return goingBack.contains(key.toString());
    }

    /** The hop a step was ordered for. */
    PlannedHop hop(StepKey key) {
        return Objects.requireNonNull(ordered.get(key.toString()));
    }

    /** Carries a phase's actions out; the answer is what went wrong, empty if nothing did. All are safe to repeat. */
    String perform(StepKey key, String executor, Optional<String> peer, boolean undo) {
        changes++;
        String name = key.node();
        Version target = back(key) ? hop(key).from() : hop(key).to();
        Node n = node(name);
        switch (key.phase()) {
            case CHECK -> n.held = !undo;
            case ANNOUNCE -> n.announced = !undo;
            case DRAIN -> n.drained = true;
            case UNDRAIN -> n.drained = false;
            case STOP -> n.running = Optional.empty();
            case INSTALL -> {
                if (n.runs() && !n.installed.equals(target)) {
                    throw new Breach("no installation under a running product", name + " runs " + n.running);
                }
                n.installed = target;
            }
            case RESTORE -> {
                if (hop(key).takesBack()
                        .filter(t -> t.restored().containsKey(name))
                        .isPresent()) {
                    restore(n);
                }
            }
            case START -> start(n);
            case LEAVE -> {
                return leave(n, node(executor), back(key));
            }
            case JOIN -> {
                return join(n, node(peer.orElse(name)));
            }
            default -> {
                return "";
            }
        }
        return "";
    }

    /** What was written since the backup is given up; nobody else may still have it. */
    private void restore(Node n) {
        for (Node other : nodes.values()) {
            if (other.runs() || (other != n && other.inCluster)) {
                throw new Breach("data is put back only while nobody runs", other.name + " runs or may come back");
            }
        }
        n.data.clear();
        n.data.or(saved);
        acknowledged = SAVED;
    }

    private void start(Node n) {
        if (n.runs()) {
            return;
        }
        List<Node> running = runningMembers();
        n.running = Optional.of(n.installed);
        if (n.inCluster && !running.isEmpty()) {
            copy(running, n);
        }
    }

    /** A node that goes back may be one of several that are out, and broken alike. */
    private String leave(Node n, Node by, boolean back) {
        if (!n.inCluster && n.zombie.isEmpty()) {
            return "";
        }
        if (by == n || !by.runs() || !by.inCluster) {
            return by.name + " does not serve and cannot make " + n.name + " leave";
        }
        for (Node other : nodes.values()) {
            boolean counts = other != n && other.inCluster && (other.serves() || !back);
            if (counts && (!other.runs() || !complete(other))) {
                throw new Breach(
                        "3 no leave unless the others are complete",
                        n.name + " leaves, " + other.name
                                + (other.runs()
                                        ? " has " + other.data.cardinality() + " of " + acknowledged
                                        : " is down"));
            }
        }
        n.inCluster = false;
        n.zombie = Optional.empty();
        n.data.clear();
        return "";
    }

    private String join(Node n, Node peer) {
        if (n.inCluster) {
            return "";
        }
        if (!n.runs() || peer == n || !peer.serves()) {
            return n.name + " cannot join " + peer.name;
        }
        if (n.zombie.isPresent() && !n.zombie.equals(n.running)) {
            throw new Breach(
                    "4 no join while the others list a node of another release",
                    n.name + " joins with " + n.running + ", they list it with " + n.zombie);
        }
        List<Node> members = runningMembers();
        n.inCluster = true;
        n.zombie = Optional.empty();
        n.data.clear();
        copy(members, n);
        return "";
    }

    /** A join that breaks off: the others know the node already, and it has nothing yet. */
    void halfJoin(StepKey key) {
        changes++;
        Node n = node(key.node());
        if (!n.inCluster) {
            n.zombie = n.running;
        }
    }

    /** The newest writes come a little later where the product's replicas are worth comparing. */
    private void copy(List<Node> from, Node to) {
        from.forEach(f -> to.data.or(f.data));
        if (plan.replicasCompared() && schedule.chance(50) && to.data.cardinality() > 3) {
            to.behind = true;
            int last = to.data.length() - 1;
            to.data.clear(last - schedule.random(3), last + 1);
            schedule.in(1000 + schedule.random(20_000), () -> catchUp(to));
        }
    }

    private void catchUp(Node n) {
        changes++;
        n.behind = false;
        if (n.inCluster && n.runs()) {
            runningMembers().forEach(other -> n.data.or(other.data));
        }
    }

    /** An operator puts a node right by hand: what should be installed is, runs, and is a member. */
    void repair(String name, Phase stuck, boolean back) {
        changes++;
        Node n = node(name);
        if (stuck == Phase.JOIN) {
            start(n);
            return;
        }
        Version target = back ? current.from() : current.to();
        if (!n.installed.equals(target) || !n.running.equals(Optional.of(target))) {
            n.running = Optional.empty();
            n.installed = target;
            start(n);
        }
        nodes.values().stream().filter(p -> p != n && p.serves()).findFirst().ifPresent(p -> join(n, p));
    }

    /** An operator starts a node that was left stopped, or outside, and has it join; it stays out of the balancer if it was. */
    void bringBack(String name) {
        Node n = node(name);
        List<Node> members = runningMembers();
        if ((n.runs() && n.inCluster) || (!n.inCluster && members.isEmpty())) {
            return;
        }
        changes++;
        Version target =
                members.stream().flatMap(m -> m.running.stream()).findFirst().orElse(current.to());
        n.installed = target;
        n.running = Optional.of(target);
        if (!n.inCluster) {
            n.data.clear();
        }
        n.inCluster = true;
        n.zombie = Optional.empty();
        if (!members.isEmpty()) {
            copy(members, n);
        }
    }

    void unhealthy(String name, long forMs) {
        node(name).unhealthyUntilMs = schedule.nowMs() + forMs;
    }

    /** Of what a node holds. Numbers alone would not do: the nodes are not looked at in the same instant. */
    private static String digest(Node n) {
        return HexFormat.of().formatHex(n.data.toByteArray());
    }

    /** What the node's agent would see. */
    NodeObservation observe(String name) {
        Node n = node(name);
        SortedSet<String> members = new TreeSet<>();
        runningMembers().forEach(m -> members.add(m.member));
        all.stream().filter(m -> m.zombie.isPresent()).forEach(m -> members.add(m.member));
        boolean healthy = n.runs() && schedule.nowMs() >= n.unhealthyUntilMs;
        return new NodeObservation(
                name,
                schedule.now(),
                n.member,
                n.running,
                plan.hops().stream()
                        .filter(h -> h.to().equals(n.installed))
                        .map(h -> h.artifact().sha256())
                        .findFirst()
                        .orElse("old"),
                healthy,
                healthy ? "" : "no answer",
                n.runs() ? Optional.of(n.inCluster ? new ArrayList<>(members) : List.of(n.member)) : Optional.empty(),
                n.runs() ? Optional.of(new TreeMap<>(Map.of("writes", digest(n)))) : Optional.empty(),
                1 << 30,
                List.of(),
                1);
    }
}
