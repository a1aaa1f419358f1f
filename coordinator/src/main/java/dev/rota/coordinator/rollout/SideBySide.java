package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Plan.Lane;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lanes that run side by side in soft mode. Whatever changes who is a member goes one after the other: a node goes out or comes back only
 * while no other lane is about to do so, and goes out only while every node that came back has proved itself.
 */
final class SideBySide {
    private static final Set<Phase> GOES_OUT = Set.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP);
    private static final Set<Phase> GONE = Set.of(Phase.LEAVE, Phase.STOP);
    private static final List<Phase> MEMBERSHIP = List.of(Phase.LEAVE, Phase.JOIN);

    private SideBySide() {}

    /**
     * Whether the node's lane may begin its next step now. While the rollout is held, only what is needed for a node that has left or was
     * stopped to serve again.
     */
    static boolean mayStart(RolloutState s, Batch batch, Lane lane, Ready ready) {
        boolean held = s.status() instanceof RolloutStatus.Held;
        if (s.hop().mode() != Mode.SOFT || batch.lanes().size() == 1) {
            return !held;
        }
        if (held && !passed(lane, ready.step(), GONE)) {
            return false;
        }
        return blocker(s, batch, lane, ready).isEmpty();
    }

    /** The node another lane waits for before it may begin its next step. */
    static Optional<String> blocker(RolloutState s, Batch batch, Lane lane, Ready ready) {
        if (s.hop().mode() != Mode.SOFT || ready.step() >= lane.steps().size()) {
            return Optional.empty();
        }
        String node = lane.node();
        Phase phase = lane.steps().get(ready.step()).phase();
        boolean out = s.facts().outOfService().contains(node);
        boolean goesOut = phase == Phase.LEAVE || (GOES_OUT.contains(phase) && !out);
        if (!goesOut && phase != Phase.JOIN) {
            return Optional.empty();
        }
        return batch.lanes().stream()
                .filter(l -> !l.node().equals(node))
                .filter(l -> changesMembers(s.node(l.node())) || unsure(s, l.node()) || (goesOut && unproven(s, l)))
                .map(Lane::node)
                .findFirst();
    }

    /** The nodes other than this one that are out of service in soft mode, and so may be anything between up and down. */
    static SortedSet<String> elsewhere(RolloutState s, String node) {
        SortedSet<String> out = new TreeSet<>();
        if (s.hop().mode() == Mode.SOFT) {
            out.addAll(s.facts().outOfService());
            out.remove(node);
        }
        return out;
    }

    private static boolean changesMembers(NodeState state) {
        return (state instanceof Gating g && g.purpose() != GatePurpose.VERIFY)
                || (state instanceof Working w && MEMBERSHIP.contains(w.phase()))
                || (state instanceof Stuck st && MEMBERSHIP.contains(st.phase()));
    }

    /** Whether it is a member is not known: it was told to leave or to join, and that has not come to a good end. */
    private static boolean unsure(RolloutState s, String node) {
        return MEMBERSHIP.stream().anyMatch(phase -> s.attempts(node, phase) > lastDone(s, node, phase));
    }

    private static int lastDone(RolloutState s, String node, Phase phase) {
        return s.history().stream()
                .filter(r ->
                        r.node().equals(node) && r.phase() == phase && r.gate().isEmpty())
                .filter(r -> r.outcome() == StepReport.Outcome.DONE)
                .mapToInt(StepRecord::attempt)
                .max()
                .orElse(0);
    }

    /** Runs again as a member, but has not passed its health gate. */
    private static boolean unproven(RolloutState s, Lane lane) {
        String node = lane.node();
        Facts f = s.facts();
        return f.outOfService().contains(node)
                && f.member(node)
                && !f.verified().contains(node)
                && passed(lane, step(s.node(node)), GONE);
    }

    private static boolean passed(Lane lane, int step, Set<Phase> phases) {
        List<Phase> done = lane.steps().subList(0, Math.min(step, lane.steps().size())).stream()
                .map(p -> p.phase())
                .toList();
        return done.stream().anyMatch(phases::contains);
    }

    private static int step(NodeState state) {
        return state.match(new NodeState.Cases<>() {
            @Override
            public Integer waiting(NodeState.Waiting w) {
                return Integer.MAX_VALUE;
            }

            @Override
            public Integer ready(Ready r) {
                return r.step();
            }

            @Override
            public Integer working(Working w) {
                return w.step();
            }

            @Override
            public Integer gating(Gating g) {
                return g.step();
            }

            @Override
            public Integer stuck(Stuck st) {
                return st.step();
            }
        });
    }
}
