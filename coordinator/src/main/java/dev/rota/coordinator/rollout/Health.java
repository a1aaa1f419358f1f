package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.FailureDomains;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.rollout.Problem.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Classifies what was observed: the one place that decides whether a gate holds. */
final class Health {
    private final RolloutState state;
    private final Plan plan;
    private final PlannedHop hop;
    private final String node;
    private final Map<String, NodeObservation> view;
    private final boolean known;
    private final boolean back;
    /** The nodes that are to run as members of the cluster now, and what they are called in it. */
    private final SortedMap<String, String> members;

    private final SortedSet<String> elsewhere;
    private final List<Problem> problems = new ArrayList<>();

    private Health(RolloutState state, String node, Map<String, NodeObservation> view, boolean known) {
        this.state = state;
        this.plan = state.plan();
        this.hop = state.hop();
        this.node = node;
        this.view = view;
        this.known = known;
        this.back = state.node(node) instanceof NodeState.Gating g && Outstanding.goesBack(state, node, g.step());
        this.members = new TreeMap<>();
        for (Plan.Member m : plan.members()) {
            if (state.facts().member(m.node())) {
                members.put(m.node(), m.member());
            }
        }
        this.elsewhere = SideBySide.elsewhere(state, node);
    }

    /** Everything that keeps the gate from holding; empty when it holds. What only an external blocker says comes last. */
    static List<Problem> problems(RolloutState state, Gating gate, Event.Looked e) {
        boolean known = gate.purpose() == GatePurpose.TAKE_OUT || gate.purpose() == GatePurpose.VERIFY;
        Health h = new Health(state, e.node(), e.view(), known);
        switch (gate.purpose()) {
            case TAKE_OUT -> {
                h.takeOut();
                if (!h.cures()) {
                    h.problems.addAll(Outside.probe(state, e.sight(), gate.passingSince(), e.at()));
                    h.problems.addAll(Outside.blockers(state, e.sight()));
                }
            }
            case LEAVE -> h.leave();
            case JOIN -> h.join();
            case VERIFY -> {
                h.verify();
                if (!h.cures() && h.reachable()) {
                    h.problems.addAll(Outside.probe(state, e.sight(), gate.passingSince(), e.at()));
                }
            }
        }
        return List.copyOf(h.problems);
    }

    private void takeOut() {
        slots();
        ownAnswers();
        othersServe(elsewhere);
        membersAgree(!healthy(node), elsewhere, membersOf(elsewhere));
        replicasAlike(false);
        versionsKnown();
    }

    /**
     * What the node itself says is no matter when it goes back: it may be broken, and what it holds the others gave it. So may be those
     * that are out beside it. On the way on, all that are still members must agree and hold the same, drained ones too.
     */
    private void leave() {
        boolean gone = back || goneAlready();
        SortedSet<String> unasked = back ? elsewhere : new TreeSet<>();
        if (!gone) {
            ownAnswers();
        }
        othersServe(unasked);
        membersAgree(gone || !healthy(node), unasked, membersOf(unasked));
        replicasAlike(gone);
    }

    /** An earlier attempt made the node leave although its answer never came: no other member lists it any more. */
    private boolean goneAlready() {
        String own = plan.member(node).member();
        return state.attempts(node, Phase.LEAVE) > 0
                && members.keySet().stream()
                        .filter(n -> !n.equals(node) && !elsewhere.contains(n))
                        .flatMap(n -> Optional.ofNullable(view.get(n)).stream())
                        .noneMatch(o -> o.members().orElse(List.of()).contains(own));
    }

    /** The joining node itself may be listed already: an earlier attempt may have got that far. */
    private void join() {
        if (Peers.candidates(state, node).isEmpty()) {
            add(Code.NO_PEER, "no node serves that " + node + " could join");
        }
        othersServe(elsewhere);
        membersAgree(true, elsewhere, elsewhere);
    }

    private void verify() {
        NodeObservation own = view.get(node);
        if (own == null) {
            add(Code.AGENT_SILENT, "the agent of " + node + " does not answer");
            return;
        }
        Version expected = back ? state.versionBefore(node) : hop.to();
        if (!own.version().equals(Optional.of(expected))) {
            String runs = own.version().map(v -> "runs " + v).orElse("does not say its version");
            add(Code.VERSION_WRONG, node + " " + runs + ", " + expected + " is expected");
        }
        boolean stays = back || hop.from().equals(hop.to());
        String artifact = stays ? state.artifactBefore(node) : hop.artifact().sha256();
        if (!own.artifactSha256().equals(artifact) && !(stays && artifact.isEmpty())) {
            String has = own.artifactSha256().isEmpty() ? "an unknown artifact" : shortDigest(own.artifactSha256());
            add(Code.ARTIFACT_WRONG, node + " runs from " + has + ", " + shortDigest(artifact) + " is expected");
        }
        if (!own.healthy()) {
            add(Code.NODE_UNHEALTHY, node + " does not serve: " + own.unhealthyReason());
        }
        members.keySet().stream()
                .filter(n -> !n.equals(node) && !elsewhere.contains(n) && !view.containsKey(n))
                .forEach(n -> add(Code.AGENT_SILENT, "the agent of " + n + " does not answer"));
        membersAgree(false, elsewhere, elsewhere);
    }

    /**
     * Going back, putting back and repairing may be what makes the service well again: what is wrong with it, as seen from outside, does
     * not keep it from that.
     */
    private boolean cures() {
        return back || hop.takesBack().isPresent() || plan.repair();
    }

    /** Clients can be expected to get an answer: while all nodes are kept from them, none will before the first one is back. */
    private boolean reachable() {
        return !Engine.comes(state, node, Phase.UNDRAIN)
                || plan.members().stream()
                        .map(Plan.Member::node)
                        .anyMatch(n -> !n.equals(node) && state.facts().serving(n));
    }

    /** A node that did not serve before the start takes a slot like one that was taken out. */
    private void slots() {
        TreeSet<String> absent = new TreeSet<>(state.facts().outOfService());
        members.keySet().stream().filter(this::excused).forEach(absent::add);
        absent.remove(node);
        int out = absent.size();
        if (out > 0 && out + 1 > plan.maxUnavailable()) {
            add(
                    Code.NO_SLOT,
                    absent + " " + (out == 1 ? "is" : "are") + " out of service already, " + plan.maxUnavailable()
                            + " at a time may be");
        }
        if (out == 0) {
            return;
        }
        SortedSet<String> then = new TreeSet<>(absent);
        then.add(node);
        if (plan.members().size() - then.size() < plan.minServing()) {
            add(Code.NO_SLOT, "with " + then + " out of service fewer than " + plan.minServing() + " would serve");
        }
        SortedSet<String> domains = FailureDomains.of(plan).of(then);
        if (domains.size() > 1) {
            add(
                    Code.NO_SLOT,
                    "nodes of " + String.join(" and ", domains) + " would be out of service at once: " + then);
        }
    }

    /** Did not serve before the start, has not had its turn since, and does not serve now: no news. */
    private boolean excused(String n) {
        NodeObservation o = view.get(n);
        return known
                && o != null
                && !o.healthy()
                && !state.facts().upgraded().contains(n)
                && state.overseen().known(n, Code.NODE_UNHEALTHY);
    }

    /**
     * What the node holds is not known while its agent is silent; it may be the only one that has it. A plan without a policy is read by
     * coordinators of the first format as well, which let such a node go, and all must come to the same.
     */
    private void ownAnswers() {
        if (!plan.policy().equals(Policy.DEFAULT) && !view.containsKey(node)) {
            add(Code.AGENT_SILENT, "the agent of " + node + " does not answer");
        }
    }

    private void othersServe(Set<String> except) {
        for (String other : members.keySet()) {
            if (other.equals(node) || except.contains(other) || excused(other)) {
                continue;
            }
            NodeObservation o = view.get(other);
            if (o == null) {
                add(Code.AGENT_SILENT, "the agent of " + other + " does not answer");
            } else if (!o.healthy()) {
                add(Code.NODE_UNHEALTHY, other + " does not serve: " + o.unhealthyReason());
            }
        }
    }

    /**
     * Every member must list exactly the members.
     *
     * @param ownOptional whether the node itself is listed, or answers, is no matter
     * @param unasked nodes whose own list is no matter
     * @param optional nodes that may be listed or not
     */
    private void membersAgree(boolean ownOptional, Set<String> unasked, Set<String> optional) {
        if (!plan.membersCompared()) {
            return;
        }
        SortedSet<String> expected = new TreeSet<>(members.values());
        SortedSet<String> either = names(optional);
        if (ownOptional) {
            either.add(plan.member(node).member());
        }
        Optional<List<String>> right = Optional.empty();
        for (String n : members.keySet()) {
            NodeObservation o = view.get(n);
            if (o != null && right.isPresent() && o.members().equals(right)) {
                continue;
            }
            if ((n.equals(node) && ownOptional) || unasked.contains(n) || (!n.equals(node) && excused(n))) {
                continue;
            }
            if (o == null) {
                if (n.equals(node)) {
                    add(Code.AGENT_SILENT, "the agent of " + n + " does not answer");
                }
                continue;
            }
            Optional<TreeSet<String>> listed = o.members().map(TreeSet::new);
            if (listed.isEmpty()) {
                add(Code.MEMBERS_DISAGREE, n + " does not list the members");
            } else if (!listed.get().equals(expected)
                    && !without(listed.get(), either).equals(without(expected, either))) {
                add(Code.MEMBERS_DISAGREE, n + " lists " + listed.get() + ", expected are " + expected);
            } else {
                right = o.members();
            }
        }
    }

    private SortedSet<String> names(Collection<String> nodes) {
        SortedSet<String> names = new TreeSet<>();
        nodes.forEach(n -> names.add(plan.member(n).member()));
        return names;
    }

    private static SortedSet<String> without(Set<String> names, Set<String> some) {
        SortedSet<String> others = new TreeSet<>(names);
        others.removeAll(some);
        return others;
    }

    /** Those of the nodes that did not leave the cluster. */
    private SortedSet<String> membersOf(Set<String> nodes) {
        SortedSet<String> members = new TreeSet<>(nodes);
        members.removeAll(state.facts().left());
        return members;
    }

    /**
     * Every member must hold the same. A node that does not serve but answers counts too: it may hold what no other has.
     *
     * @param gone the node has left already, what it holds is its own
     */
    private void replicasAlike(boolean gone) {
        if (!plan.replicasCompared()) {
            return;
        }
        Optional<Map.Entry<String, SortedMap<String, String>>> reference = Optional.empty();
        for (String n : members.keySet()) {
            NodeObservation o = view.get(n);
            boolean own = n.equals(node);
            boolean mute = o != null && !o.healthy() && o.replicas().isEmpty();
            boolean between = elsewhere.contains(n) && (back || !healthy(n));
            if (o == null || between || (own && (gone || mute))) {
                continue;
            }
            if (o.replicas().isEmpty()) {
                add(Code.REPLICAS_DIFFER, n + " does not say which replicas it holds");
            } else if (reference.isEmpty()) {
                reference = Optional.of(Map.entry(n, o.replicas().get()));
            } else {
                compare(
                        reference.get().getKey(),
                        reference.get().getValue(),
                        n,
                        o.replicas().get());
            }
        }
    }

    private void compare(String a, SortedMap<String, String> left, String b, SortedMap<String, String> right) {
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            String l = left.getOrDefault(name, "nothing");
            String r = right.getOrDefault(name, "nothing");
            if (!l.equals(r)) {
                add(Code.REPLICAS_DIFFER, name + ": " + a + " has " + l + ", " + b + " has " + r);
                return;
            }
        }
    }

    private void versionsKnown() {
        SortedMap<String, Version> strange = new TreeMap<>();
        view.values()
                .forEach(o -> o.version()
                        .filter(v -> !v.equals(hop.from()) && !v.equals(hop.to()))
                        .ifPresent(v -> strange.put(o.node(), v)));
        strange.forEach(
                (n, v) -> add(Code.VERSION_WRONG, n + " runs " + v + ", neither " + hop.from() + " nor " + hop.to()));
    }

    private boolean healthy(String n) {
        NodeObservation o = view.get(n);
        return o != null && o.healthy();
    }

    private void add(Code code, String sentence) {
        problems.add(new Problem(code, sentence));
    }

    private static String shortDigest(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }
}
