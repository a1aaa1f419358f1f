package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.Facts;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The planted mistakes. */
final class Tamper {
    private Tamper() {}

    /** What a blind gate sees. */
    static SortedMap<String, NodeObservation> view(
            World world, RolloutState rollout, Effect.Look look, SortedMap<String, NodeObservation> truth) {
        boolean verify = look.purpose() == GatePurpose.VERIFY && world.planted(Plant.BLIND_HEALTH_GATE);
        boolean leave = look.replicas() && world.planted(Plant.BLIND_TO_REPLICAS);
        if (!verify && !leave) {
            return truth;
        }
        Plan plan = rollout.plan();
        PlannedHop hop = rollout.hop();
        List<String> members = plan.members().stream()
                .filter(m -> rollout.facts().member(m.node()))
                .map(Plan.Member::member)
                .toList();
        SortedMap<String, NodeObservation> hoped = new TreeMap<>();
        truth.forEach((n, o) -> hoped.put(
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
        return hoped;
    }

    /** A hold for a node that is out of service gives its slot back, and its turn is over. */
    static CoordinatorState freeSlots(CoordinatorState s, String id) {
        RolloutState r = s.rollouts().get(id);
        if (r == null
                || !(r.status() instanceof RolloutStatus.Held h)
                || !r.facts().outOfService().contains(h.node())) {
            return s;
        }
        SortedMap<String, NodeState> nodes = new TreeMap<>(r.nodes());
        nodes.put(h.node(), new NodeState.Waiting());
        SortedMap<String, RolloutState> rollouts = new TreeMap<>(s.rollouts());
        Facts f = r.facts();
        rollouts.put(
                id,
                new RolloutState(
                        r.id(),
                        r.plan(),
                        r.startedBy(),
                        r.startedAt(),
                        r.revision(),
                        r.status(),
                        r.batch(),
                        nodes,
                        new Facts(
                                new TreeSet<>(),
                                f.left(),
                                f.down(),
                                f.backedUp(),
                                f.verified(),
                                f.upgraded(),
                                f.confirmed()),
                        r.attempts(),
                        r.history(),
                        r.mixedSince(),
                        r.waited(),
                        r.added()));
        return s.withRollouts(rollouts, s.rolloutOrder());
    }
}
