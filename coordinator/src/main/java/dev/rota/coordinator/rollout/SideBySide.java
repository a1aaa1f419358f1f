package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lanes that run side by side in soft mode. Whatever changes who is a member goes one after the other: a node goes out or comes back only
 * while no other one is about to do so, and goes out only while every node that came back has proved itself. A failure keeps in what is
 * in, and lets what is out come back.
 */
final class SideBySide {
    private static final Set<Phase> GOES_OUT = EnumSet.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP);
    private static final Set<Phase> GONE = EnumSet.of(Phase.LEAVE, Phase.STOP);
    private static final Set<Phase> MEMBERSHIP = EnumSet.of(Phase.LEAVE, Phase.JOIN);

    private SideBySide() {}

    /**
     * Whether the node may begin its next step now. While the rollout is held, only what is needed for a node that has left or was stopped
     * to serve again.
     */
    static boolean mayStart(RolloutState s, String node, Ready ready) {
        if (s.status() instanceof RolloutStatus.Held h) {
            boolean rule = h.code().equals("SAFETY_RULE");
            return !rule
                    && several(s)
                    && isGone(s, node)
                    && blocker(s, node, ready).isEmpty();
        }
        return blocker(s, node, ready).isEmpty();
    }

    /** The node that this one waits for before it may begin its next step. */
    static Optional<String> blocker(RolloutState s, String node, Ready ready) {
        List<PlannedStep> lane = s.lane(node);
        if (!several(s) || ready.step() >= lane.size()) {
            return Optional.empty();
        }
        PlannedStep step = lane.get(ready.step());
        boolean goesOut = GOES_OUT.contains(step.phase()) && !out(s, node);
        if (!goesOut && !MEMBERSHIP.contains(step.phase())) {
            return Optional.empty();
        }
        boolean onward = !step.back() && (goesOut || step.phase() == Phase.LEAVE);
        return s.nodes().keySet().stream()
                .filter(n -> !n.equals(node))
                .filter(n -> changesMembers(s.node(n))
                        || (unsure(s, n) && !goesBefore(s, node, n))
                        || (onward && unproven(s, n))
                        || (goesOut && helps(s.node(n), node)))
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

    /** What lanes wait for each other, one line each; while the rollout is held, what becomes of those beside it. */
    static List<String> explained(RolloutState s) {
        if (!several(s) || s.status().ended()) {
            return List.of();
        }
        boolean held = s.status() instanceof RolloutStatus.Held;
        List<String> lines = new ArrayList<>();
        for (String node : lanes(s).toList()) {
            NodeState now = s.node(node);
            boolean stuck = now instanceof NodeState.Stuck || now instanceof NodeState.Waiting;
            Optional<String> other = now instanceof Ready r ? blocker(s, node, r) : Optional.empty();
            if (held && !stuck) {
                lines.add(
                        isGone(s, node)
                                ? node + " goes on until it serves again"
                                : node + (out(s, node) ? " waits, drained" : " waits, in service"));
            }
            other.ifPresent(o -> lines.add(node + " waits for " + o
                    + ": one at a time goes out, leaves or joins, and only while those that came back are healthy"));
        }
        return lines;
    }

    /** Whether the node is about to go out of service, so that nobody should count on its help. */
    static boolean isLeaving(NodeState state) {
        return state instanceof Gating g && (g.purpose() == GatePurpose.TAKE_OUT || g.purpose() == GatePurpose.LEAVE);
    }

    /**
     * What a failure makes of the lanes beside it. Held: whoever is about to go out stays in. Once nodes go back: a lane that has changed
     * nothing ends; a node that is only drained goes back as well, and so does one that is gone, if all are to; else it goes on until it
     * serves.
     */
    static RolloutState afterFailure(RolloutState state, Instant now) {
        boolean held = state.status() instanceof RolloutStatus.Held;
        if (!several(state) || (!held && state.back().isEmpty())) {
            return state;
        }
        RolloutState s = state;
        for (String node :
                lanes(state).filter(n -> !state.back().containsKey(n)).toList()) {
            if (s.node(node) instanceof Gating g && isLeaving(g) && !isGone(s, node)) {
                s = s.with(node, g.stay());
            }
            if (!held && s.node(node) instanceof Ready r) {
                s = besideWayBack(s, node, r, now);
            }
        }
        return s;
    }

    private static RolloutState besideWayBack(RolloutState s, String node, Ready r, Instant now) {
        if (!WayBackFrom.tookEffect(s, node)) {
            return s.with(node, r.laneDone());
        }
        boolean all = s.back().values().stream().anyMatch(Turnback::all);
        boolean over = !out(s, node);
        if (over || (isGone(s, node) && !all) || WayBackFrom.obstacle(s, node).isPresent()) {
            return s;
        }
        Turnback first = s.back().values().iterator().next();
        Turnback turnback = new Turnback(first.by(), now, first.why(), all, WayBackFrom.steps(s, node));
        return s.turned(node, turnback).with(s.facts().turnedBack(node)).with(node, r.turnBack());
    }

    /** Whether nodes take their turns side by side now; what they do before and after that is not about anybody's place. */
    private static boolean several(RolloutState s) {
        return s.hop().mode() == Mode.SOFT
                && s.currentBatch()
                        .filter(b -> b.lanes().size() > 1)
                        .filter(b -> b.lanes().get(0).steps().stream().anyMatch(p -> GOES_OUT.contains(p.phase())))
                        .isPresent();
    }

    private static Stream<String> lanes(RolloutState s) {
        return s.currentBatch().stream().flatMap(b -> b.lanes().stream()).map(Plan.Lane::node);
    }

    private static boolean out(RolloutState s, String node) {
        return s.facts().outOfService().contains(node);
    }

    /** Out of service, and told to leave or to stop: it must be brought back, or it stays out. */
    private static boolean isGone(RolloutState s, String node) {
        int first = s.hop().firstBatch();
        return out(s, node) && GONE.stream().anyMatch(p -> s.attempts(node, p) > s.attemptsBefore(first, node, p));
    }

    private static boolean changesMembers(NodeState state) {
        return (state instanceof Gating g && g.purpose() != GatePurpose.VERIFY)
                || (state instanceof Working w && MEMBERSHIP.contains(w.phase()));
    }

    /** Whether it is a member is not known: it was told to leave or to join, is to be so again, and that has not come to a good end. */
    private static boolean unsure(RolloutState s, String node) {
        return next(s, node).filter(MEMBERSHIP::contains).isPresent()
                && MEMBERSHIP.stream().anyMatch(p -> s.attempts(node, p) > lastDone(s, node, p));
    }

    /** Of two nodes of which that is not known, and that could go on, one must be the first. */
    private static boolean goesBefore(RolloutState s, String node, String other) {
        return unsure(s, node) && s.node(other) instanceof Ready && node.compareTo(other) < 0;
    }

    private static Optional<Phase> next(RolloutState s, String node) {
        int step = s.node(node).step();
        List<PlannedStep> lane = s.lane(node);
        return step < lane.size() ? Optional.of(lane.get(step).phase()) : Optional.empty();
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

    /** Was gone and is a member again, but has not passed its health gate. */
    private static boolean unproven(RolloutState s, String node) {
        return isGone(s, node)
                && !s.facts().verified().contains(node)
                && s.facts().member(node)
                && next(s, node).filter(GONE::contains).isEmpty();
    }

    private static boolean helps(NodeState state, String helper) {
        return state instanceof Working w
                && (w.executor().equals(helper) || w.peer().equals(Optional.of(helper)));
    }
}
