package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Outstanding;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.SafetyRules;
import dev.rota.coordinator.sim.Product.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The safety rules, judged by the product's truth; numbers are those of the design. */
final class Invariants {
    /** An order that takes longer than this to arrive must be refused. */
    private static final int LONGEST_UNDER_WAY_MS = 5_000;

    /** In this order a node goes back. */
    private static final List<Phase> WAY_BACK = List.of(
            Phase.DRAIN,
            Phase.LEAVE,
            Phase.STOP,
            Phase.MIGRATE,
            Phase.INSTALL,
            Phase.RESTORE,
            Phase.START,
            Phase.JOIN,
            Phase.VERIFY,
            Phase.UNDRAIN);

    private final Plan plan;
    private final Plan first;
    private final Product product;
    private final Schedule schedule;
    private final boolean trusting;
    private final GateClock gates = new GateClock();
    private final SortedSet<String> intents = new TreeSet<>();
    private final SortedMap<String, Long> unwantedSince = new TreeMap<>();
    private SortedSet<String> wanted = new TreeSet<>();
    private final SortedSet<String> begun = new TreeSet<>();
    private final SortedMap<String, Integer> furthest = new TreeMap<>();
    private final SortedSet<String> undos = new TreeSet<>();

    /** {@code trusting}: leaves the rollout's own rules out, so that only the product's truth judges a planted mistake. */
    Invariants(Plan plan, Product product, Schedule schedule, boolean trusting) {
        this(plan, plan, product, schedule, trusting);
    }

    private Invariants(Plan plan, Plan first, Product product, Schedule schedule, boolean trusting) {
        this.plan = plan;
        this.first = first;
        this.product = product;
        this.schedule = schedule;
        this.trusting = trusting;
    }

    /** For a rollout that undoes what the one before has left over. */
    Invariants of(Plan repair) {
        return new Invariants(repair, first, product, schedule, trusting);
    }

    /** The transition is committed; its effects may be carried out now. */
    void committed(RolloutState before, RolloutState after, Event event) {
        if (!trusting) {
            SafetyRules.check(before, after).ifPresent(v -> {
                throw new Breach("engine", v.sentence());
            });
        }
        if (after.revision() < before.revision()) {
            throw new Breach("15 only forward", "revision " + after.revision() + " after " + before.revision());
        }
        if (!trusting
                && after.status() instanceof RolloutStatus.Held h
                && h.code().equals("SAFETY_RULE")) {
            throw new Breach("the engine itself never comes to what a rule forbids", h.sentence());
        }
        gates.committed(before, after, event.at());
        intend(after);
    }

    /** The steps the state asks for are intended. */
    void intend(RolloutState state) {
        SortedSet<String> before = wanted;
        wanted = new TreeSet<>();
        for (Effect e : Outstanding.of(state)) {
            if (e instanceof Effect.RunStep r) {
                wanted.add(r.key().toString());
                if (r.undo()) {
                    undos.add(r.key().toString());
                }
                product.ordered(r.key(), state.hop(), r.back());
            }
        }
        intents.addAll(wanted);
        before.removeAll(wanted);
        before.forEach(key -> unwantedSince.put(key, schedule.nowMs()));
    }

    /** An agent begins a step. */
    void begins(StepKey key) {
        if (!intents.contains(key.toString())) {
            throw new Breach("6 committed before dispatched", key + " begins without a committed intent");
        }
        if (!begun.add(key.toString())) {
            throw new Breach("6 at most once", key + " begins twice");
        }
        long unwanted = wanted.contains(key.toString())
                ? 0
                : schedule.nowMs() - unwantedSince.getOrDefault(key.toString(), schedule.nowMs());
        if (unwanted > LONGEST_UNDER_WAY_MS) {
            throw new Breach("6 nothing begins that nobody asks for", key + " begins " + unwanted + " ms too late");
        }
        int place = place(key);
        if (place < furthest.getOrDefault(key.node(), 0)) {
            throw new Breach("15 only forward", key + " begins after a later phase of its node");
        }
        furthest.put(key.node(), place);
    }

    /** The last place of the phase in all lanes of the node in its hop; those of later hops are behind it. */
    private int place(StepKey key) {
        PlannedHop hop = product.hop(key);
        if (product.back(key)) {
            return Integer.MAX_VALUE / 2 + WAY_BACK.indexOf(key.phase());
        }
        boolean undo = undos.contains(key.toString());
        if (undo && furthest.getOrDefault(key.node(), 0) >= Integer.MAX_VALUE / 2) {
            return Integer.MAX_VALUE - (key.phase() == Phase.ANNOUNCE ? 2 : 1);
        }
        List<String> all = new ArrayList<>();
        for (Plan.Batch b : plan.batches().subList(hop.firstBatch(), plan.endOf(hop))) {
            b.lane(key.node()).ifPresent(l -> l.steps().forEach(s -> all.add(s.phase() + " " + s.undo())));
        }
        return hop.firstBatch() * Phase.values().length * plan.batches().size()
                + all.lastIndexOf(key.phase() + " " + undo);
    }

    /** After every event. */
    void check(RolloutState rollout, ClusterFacts facts) {
        boolean soft = rollout.hop().mode() == Mode.SOFT;
        versions(soft);
        clients();
        data(soft);
        if (soft && !plan.repair()) {
            slots(rollout);
        }
        compensations(rollout, facts);
    }

    /**
     * Whatever is done to a node and must be undone is on record, with the rollout or with its cluster. What the health gate proves is left
     * out where that gate may be blind.
     */
    private void compensations(RolloutState rollout, ClusterFacts facts) {
        List<Compensation> all = new ArrayList<>(rollout.compensations());
        all.addAll(facts.leftOver(plan.cluster()));
        for (Node n : product.nodes()) {
            recorded(all, n, Phase.DRAIN, n.drained);
            recorded(all, n, Phase.STOP, !n.runs() && !trusting);
            recorded(all, n, Phase.LEAVE, !n.inCluster && !trusting);
            recorded(all, n, Phase.CHECK, n.held && undone(Phase.CHECK));
            recorded(all, n, Phase.ANNOUNCE, n.announced && undone(Phase.ANNOUNCE));
        }
    }

    private boolean undone(Phase phase) {
        return first.batches().stream()
                .flatMap(b -> b.lanes().stream())
                .flatMap(l -> l.steps().stream())
                .anyMatch(s -> s.undo() && s.phase() == phase);
    }

    private static void recorded(List<Compensation> all, Node n, Phase phase, boolean effect) {
        if (effect && all.stream().noneMatch(c -> c.node().equals(n.name) && c.phase() == phase)) {
            throw new Breach("12 every side effect is on record", phase.label() + " of " + n.name);
        }
    }

    private void versions(boolean soft) {
        TreeSet<Version> running = new TreeSet<>();
        TreeSet<Version> serving = new TreeSet<>();
        for (Node n : product.nodes()) {
            n.running.ifPresent(running::add);
            if (n.serves()) {
                n.running.ifPresent(serving::add);
            }
        }
        if (running.size() > 2) {
            throw new Breach("11 at most two versions", running.toString());
        }
        if (serving.size() > 1 && !soft) {
            throw new Breach("7 no mixed versions in a full stop", serving.toString());
        }
    }

    private void clients() {
        for (Node n : product.nodes()) {
            if (n.reached() && !n.inCluster) {
                throw new Breach("5 no service outside the cluster", n.name);
            }
            if (n.reached() && n.data.isEmpty() && product.acknowledged() > 0) {
                throw new Breach("5 no service while empty", n.name);
            }
        }
    }

    /** In soft mode a serving node has every write; in a full stop one may still be kept from clients while it does. */
    private void data(boolean soft) {
        boolean serves = false;
        boolean whole = false;
        for (Node n : product.nodes()) {
            serves |= n.serves();
            boolean counts = soft ? n.serves() : n.runs() && n.inCluster;
            whole |= counts && product.complete(n);
        }
        if (serves && !whole) {
            throw new Breach("no acknowledged write is lost", "no serving node has all writes");
        }
    }

    private void slots(RolloutState rollout) {
        List<String> out = new ArrayList<>();
        for (Node n : product.nodes()) {
            if (!n.serves()) {
                out.add(n.name);
            }
        }
        if (out.size() > plan.maxUnavailable()) {
            throw new Breach("1 max_unavailable", out + " are out of service");
        }
        if (product.nodes().size() - out.size() < Math.max(1, plan.minServing())) {
            throw new Breach("2 the last serving node", out + " are out of service");
        }
        TreeSet<String> zones = new TreeSet<>();
        out.forEach(n -> zones.add(zone(n)));
        if (zones.size() > 1) {
            throw new Breach("1 never two zones at once", out + " are out of service, of " + zones);
        }
        for (String n : out) {
            if (!rollout.facts().outOfService().contains(n)) {
                throw new Breach("13 slot held until serving", n + " is out of service and holds no slot");
            }
        }
    }

    /** Where some nodes have a zone, one without may stand anywhere. */
    private String zone(String node) {
        boolean known = plan.members().stream().anyMatch(m -> !m.zone().isEmpty());
        String zone = plan.member(node).zone();
        return known && zone.isEmpty() ? "that of " + node : zone;
    }

    /** After a rollout that has ended, and some quiet: one that was aborted has its open ends on record. */
    void end(RolloutState rollout, ClusterFacts facts) {
        if (!rollout.compensations().isEmpty()) {
            throw new Breach("12 undone or handed over", rollout.compensations().toString());
        }
        if (rollout.status() instanceof RolloutStatus.Aborted) {
            return;
        }
        boolean back = rollout.status() instanceof RolloutStatus.RolledBack;
        if (back == rollout.back().isEmpty() || !(back || rollout.status() instanceof RolloutStatus.Succeeded)) {
            throw new Breach("ends well", rollout.status() + " back " + rollout.back());
        }
        if (facts.leftOver(plan.cluster()).stream().anyMatch(c -> !givenUp(rollout, c))) {
            throw new Breach("12 nothing is left over of what succeeded", facts.toString());
        }
        for (Node n : product.nodes()) {
            Version expected = expected(rollout, n.name);
            if (!n.serves() || !n.running.equals(Optional.of(expected)) || !product.complete(n)) {
                throw new Breach(
                        "ends well",
                        n.name + " serves=" + n.serves() + " runs " + n.running + " not " + expected + " has "
                                + n.data.cardinality() + " of " + product.acknowledged());
            }
        }
        long versions = plan.members().stream()
                .map(m -> expected(rollout, m.node()))
                .distinct()
                .count();
        if (!rollout.facts().outOfService().isEmpty() || (rollout.mixedSince().isPresent() && versions < 2)) {
            throw new Breach("ends well", "facts " + rollout.facts() + " mixed " + rollout.mixedSince());
        }
    }

    /** A person went on without, or an undo at the end of a rollback did not work. */
    private static boolean givenUp(RolloutState rollout, Compensation c) {
        boolean skipped = rollout.skipped().stream().anyMatch(k -> k.node().equals(c.node()) && k.phase() == c.phase());
        long done = rollout.history().stream()
                .filter(r -> r.node().equals(c.node())
                        && r.phase() == c.phase()
                        && r.gate().isEmpty()
                        && !r.undo())
                .count();
        return skipped || (!rollout.back().isEmpty() && rollout.attempts(c.node(), c.phase()) > done);
    }

    /** When all has been looked after. */
    void nothingLeft(ClusterFacts facts) {
        for (Node n : product.nodes()) {
            boolean effect = (n.held && undone(Phase.CHECK)) || (n.announced && undone(Phase.ANNOUNCE));
            if (n.drained || effect) {
                throw new Breach(
                        "12 nothing is left over in the end",
                        n.name + " drained=" + n.drained + " announced=" + n.announced + " held=" + n.held);
            }
            RecordedNode recorded = facts.recorded().get(n.name);
            if (recorded != null
                    && (!recorded.drift().isEmpty() || !n.running.equals(Optional.of(recorded.version())))) {
                throw new Breach("what runs is what is recorded", n.name + " runs " + n.running + ", " + recorded);
            }
        }
    }

    /** What a node runs in the end: one that went back or was left out, and all whose turn had not come, what they ran before. */
    private static Version expected(RolloutState rollout, String node) {
        return rollout.facts().upgraded().contains(node) ? rollout.hop().to() : rollout.versionBefore(node);
    }
}
