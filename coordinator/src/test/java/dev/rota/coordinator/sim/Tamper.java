package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Facts;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Turnback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The planted mistakes in what makes entries of the journal states: the same on every member. */
final class Tamper implements BiFunction<CoordinatorState, Entry, Outcome> {
    private static final Set<String> TIMED_OUT = Set.of("STEP_TIMED_OUT", "AGENT_SILENT");

    private final World world;

    Tamper(World world) {
        this.world = world;
    }

    @Override
    public Outcome apply(CoordinatorState s, Entry entry) {
        if (!(entry instanceof Entry.RolloutChanged c) || !s.rollouts().containsKey(c.rolloutId())) {
            return Ledger.apply(s, entry);
        }
        RolloutState r = s.rollouts().get(c.rolloutId());
        CoordinatorState from =
                world.planted(Plant.GATE_CLOCK_LOST) && world.cluster().firstOfTerm()
                        ? with(s, clocksReset(r, c.event().at()))
                        : s;
        Event event = c.event() instanceof Event.Looked l ? hoped(r, l) : c.event();
        Outcome outcome =
                Ledger.apply(from, new Entry.RolloutChanged(c.requestId(), r.id(), c.expectedRevision(), event));
        if (!(outcome instanceof Outcome.Accepted a)) {
            return outcome;
        }
        CoordinatorState after = wayBackPlanted() ? wayBack(a.state(), r.id()) : a.state();
        after = world.planted(Plant.TIME_OUT_FREES_SLOT) ? freeSlot(after, r.id()) : after;
        return new Outcome.Accepted(TamperedRecord.of(world, r, after), a.subject());
    }

    private boolean wayBackPlanted() {
        return world.planted(Plant.FORGETS_THE_HALF_JOINED) || world.planted(Plant.UNDRAINS_TOO_EARLY);
    }

    /** The mistakes in the ways back that have been decided. */
    private CoordinatorState wayBack(CoordinatorState s, String id) {
        RolloutState r = Objects.requireNonNull(s.rollouts().get(id));
        SortedMap<String, NodeState> nodes = new TreeMap<>(r.nodes());
        SortedMap<String, Turnback> back = new TreeMap<>(r.back());
        Facts f = r.facts();
        SortedSet<String> verified = new TreeSet<>(f.verified());
        back.replaceAll((node, t) -> {
            List<Plan.PlannedStep> steps = new ArrayList<>(t.steps());
            if (world.planted(Plant.FORGETS_THE_HALF_JOINED) && steps.removeIf(step -> step.phase() == Phase.LEAVE)) {
                nodes.put(node, new NodeState.Ready(0));
            } else if (world.planted(Plant.UNDRAINS_TOO_EARLY)) {
                verified.add(node);
                steps.stream()
                        .filter(step -> step.phase() == Phase.UNDRAIN)
                        .findFirst()
                        .ifPresent(undrain -> {
                            steps.remove(undrain);
                            steps.add(Math.max(0, steps.size() - 2), undrain);
                        });
            }
            return new Turnback(t.by(), t.at(), t.why(), t.all(), steps);
        });
        Facts facts =
                new Facts(f.outOfService(), f.left(), f.down(), f.backedUp(), verified, f.upgraded(), f.confirmed());
        return with(s, with(r, nodes, facts, back));
    }

    private static RolloutState clocksReset(RolloutState r, Instant now) {
        SortedMap<String, NodeState> nodes = new TreeMap<>(r.nodes());
        nodes.replaceAll((n, s) -> s instanceof NodeState.Gating g
                ? new NodeState.Gating(
                        g.step(),
                        g.phase(),
                        g.purpose(),
                        g.attempt(),
                        g.since(),
                        g.passingSince().map(x -> now),
                        now,
                        g.evidence(),
                        g.trace())
                : s);
        return with(r, nodes, r.facts());
    }

    /** What a blind gate sees. */
    private Event hoped(RolloutState rollout, Event.Looked look) {
        boolean verify = look.purpose() == GatePurpose.VERIFY && world.planted(Plant.BLIND_HEALTH_GATE);
        boolean leave = look.purpose() != GatePurpose.VERIFY && world.planted(Plant.BLIND_TO_REPLICAS);
        if (!verify && !leave) {
            return look;
        }
        PlannedHop hop = rollout.hop();
        List<String> members = rollout.plan().members().stream()
                .filter(m -> rollout.facts().member(m.node()))
                .map(Plan.Member::member)
                .toList();
        SortedMap<String, NodeObservation> hoped = new TreeMap<>();
        look.view()
                .forEach((n, o) -> hoped.put(
                        n,
                        new NodeObservation(
                                n,
                                o.at(),
                                o.member(),
                                verify && n.equals(look.node()) ? Optional.of(hop.to()) : o.version(),
                                verify ? hop.artifact().sha256() : o.artifactSha256(),
                                o.healthy() || (verify && n.equals(look.node())),
                                "",
                                verify ? Optional.of(members) : o.members(),
                                Optional.of(new TreeMap<>(Map.of("writes", "1"))),
                                o.diskFreeBytes(),
                                o.problems(),
                                o.productMs())));
        return new Event.Looked(look.node(), look.purpose(), look.attempt(), hoped, look.sight(), look.at());
    }

    /** A time-out of a node that is out of service gives its slot back, and its turn is over. */
    private static CoordinatorState freeSlot(CoordinatorState s, String id) {
        RolloutState r = s.rollouts().get(id);
        if (r == null
                || !(r.status() instanceof RolloutStatus.Held h)
                || !TIMED_OUT.contains(h.code())
                || !r.facts().outOfService().contains(h.node())) {
            return s;
        }
        SortedMap<String, NodeState> nodes = new TreeMap<>(r.nodes());
        nodes.put(h.node(), new NodeState.Waiting());
        Facts f = r.facts();
        return with(
                s,
                with(
                        r,
                        nodes,
                        new Facts(
                                new TreeSet<>(),
                                f.left(),
                                f.down(),
                                f.backedUp(),
                                f.verified(),
                                f.upgraded(),
                                f.confirmed())));
    }

    private static RolloutState with(RolloutState r, SortedMap<String, NodeState> nodes, Facts facts) {
        return with(r, nodes, facts, r.back());
    }

    private static RolloutState with(
            RolloutState r, SortedMap<String, NodeState> nodes, Facts facts, SortedMap<String, Turnback> back) {
        return new RolloutState(
                r.id(),
                r.plan(),
                r.startedBy(),
                r.startedAt(),
                r.revision(),
                r.status(),
                r.batch(),
                nodes,
                facts,
                r.attempts(),
                r.history(),
                r.mixedSince(),
                r.waited(),
                r.added(),
                back,
                r.skipped(),
                r.compensations(),
                r.overseen());
    }

    private static CoordinatorState with(CoordinatorState s, RolloutState r) {
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        rollouts.put(r.id(), r);
        return s.withRollouts(rollouts, s.rolloutOrder());
    }
}
