package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts whatever may start now: the next steps of the lanes, the next batch, the end. */
final class Advance {
    private static final Set<Phase> TAKES_OUT = Set.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP);

    private Advance() {}

    static RolloutState advance(RolloutState state, Instant now) {
        RolloutState s = SideBySide.afterFailure(state, now);
        if (s.status() instanceof RolloutStatus.Held) {
            return held(s, now);
        }
        while (mayStart(s.status())) {
            List<String> open = s.unconfirmed().stream().map(ManualStep::id).toList();
            if (!open.isEmpty() && !undoing(s)) {
                return s.with(new RolloutStatus.Unconfirmed(open, now));
            }
            Optional<Batch> batch = s.currentBatch();
            if (batch.isEmpty()) {
                return s.with(new RolloutStatus.Succeeded(now));
            }
            s = startReady(s, batch.get(), now);
            if (s.status() instanceof RolloutStatus.Held) {
                return held(SideBySide.afterFailure(s, now), now);
            }
            if (!mayStart(s.status()) || !finished(s, batch.get())) {
                return s;
            }
            if (s.back().isEmpty()) {
                s = openNext(s, now);
                continue;
            }
            boolean last = Compensations.undoes(batch.get());
            Optional<String> next = last ? Optional.empty() : WayBackFrom.next(s);
            if (next.isPresent() && s.status() instanceof RolloutStatus.Running) {
                s = turnBackAsWell(s, next.get(), now);
            } else if (next.isPresent() && s.status() instanceof RolloutStatus.Stopping st && !st.abort()) {
                return s.with(new RolloutStatus.Paused(st.by(), now));
            } else if (last || Compensations.noneOpen(s)) {
                return s.with(rolledBack(s, now));
            } else {
                s = undo(s);
            }
        }
        return s;
    }

    /** Nothing new starts; what has begun comes to where it serves. */
    private static RolloutState held(RolloutState s, Instant now) {
        return Budgets.spent(s) ? finish(s, now) : comeBack(s, now);
    }

    /** Takes to its safe point what goes on although the rollout is held. */
    private static RolloutState finish(RolloutState state, Instant now) {
        RolloutState s = state;
        for (Optional<Batch> batch = s.currentBatch(); batch.isPresent(); batch = s.currentBatch()) {
            for (String node : busy(s, batch.get()).toList()) {
                if (s.node(node) instanceof NodeState.Ready r
                        && (r.step() >= s.lane(node).size() || Budgets.goesOn(s, node))
                        && SideBySide.blocker(s, node, r).isEmpty()) {
                    s = startNext(s, node, r, now);
                }
            }
            if (!finished(s, batch.get()) || !Budgets.nextGoesOn(s)) {
                return s;
            }
            s = open(s.withBatch(s.batch() + 1));
        }
        return s;
    }

    /** It ends early, and all that is left to do is to undo something. */
    static boolean undoing(RolloutState s) {
        boolean early = !s.back().isEmpty() || (s.status() instanceof RolloutStatus.Stopping st && st.abort());
        return early && s.currentBatch().filter(Compensations::undoes).isPresent();
    }

    /** Nothing new starts; but what was taken out beside the node that is stuck, and is gone, goes on until it serves again. */
    private static RolloutState comeBack(RolloutState s, Instant now) {
        return s.currentBatch().map(b -> startReady(s, b, now)).orElse(s);
    }

    /** Begins the lanes of the current batch; once nodes go back, no other lane begins. */
    static RolloutState open(RolloutState state) {
        if (!state.back().isEmpty()) {
            return state;
        }
        RolloutState s = state;
        for (Plan.Lane lane : s.currentBatch().map(Batch::lanes).orElse(List.of())) {
            if (s.node(lane.node()) instanceof NodeState.Waiting w) {
                s = s.with(lane.node(), w.begin());
            }
        }
        return s;
    }

    private static RolloutState openNext(RolloutState state, Instant now) {
        if (state.status() instanceof RolloutStatus.Stopping st && undoing(state)) {
            return state.with(new RolloutStatus.Aborted(st.by(), now));
        }
        RolloutState s = state.withBatch(state.batch() + 1);
        if (s.plan().beginsHop(s.batch())) {
            s = s.with(s.facts().nextHop()).withMixedSince(Optional.empty());
        }
        boolean safe = s.currentBatch().map(Batch::safePoint).orElse(false);
        if (safe && s.status() instanceof RolloutStatus.Stopping stopping) {
            return stopping.abort()
                    ? abort(s, stopping.by(), now)
                    : s.with(new RolloutStatus.Paused(stopping.by(), now));
        }
        if (s.status() instanceof RolloutStatus.Running
                && s.plan().policy().turns().pausesBefore().contains(s.batch())) {
            return s.with(new RolloutStatus.Paused(RolloutStatus.Paused.BY_PLAN, now));
        }
        return open(s);
    }

    /** A node that is upgraded and in service goes back, too. */
    private static RolloutState turnBackAsWell(RolloutState s, String node, Instant now) {
        Turnback first =
                s.back().values().stream().filter(Turnback::all).findFirst().orElseThrow();
        Turnback turnback = new Turnback(first.by(), now, first.why(), true, WayBackFrom.steps(s, node));
        NodeState begun = s.node(node) instanceof NodeState.Waiting w ? w.begin() : s.node(node);
        return s.turned(node, turnback).with(s.facts().turnedBack(node)).with(node, begun);
    }

    private static RolloutStatus rolledBack(RolloutState s, Instant now) {
        Turnback first = s.back().values().iterator().next();
        boolean all = s.back().values().stream().anyMatch(Turnback::all);
        boolean done = s.back().keySet().stream().allMatch(s.facts()::serving)
                && WayBackFrom.next(s).isEmpty();
        if (!done && s.status() instanceof RolloutStatus.Stopping st && st.abort()) {
            return new RolloutStatus.Aborted(st.by(), now);
        }
        return new RolloutStatus.RolledBack(first.by(), now, all);
    }

    private static boolean mayStart(RolloutStatus status) {
        return status instanceof RolloutStatus.Running || status instanceof RolloutStatus.Stopping;
    }

    private static boolean finished(RolloutState s, Batch batch) {
        return busy(s, batch).allMatch(n -> s.node(n) instanceof NodeState.Waiting);
    }

    /** The nodes of the batch, and those of earlier ones that go back. */
    private static Stream<String> busy(RolloutState s, Batch batch) {
        return Stream.concat(batch.lanes().stream().map(Plan.Lane::node), s.back().keySet().stream())
                .distinct();
    }

    private static RolloutState startReady(RolloutState state, Batch batch, Instant now) {
        RolloutState s = state;
        for (String node : busy(state, batch).toList()) {
            boolean goesOn = mayStart(s.status()) || s.status() instanceof RolloutStatus.Held;
            if (goesOn && s.node(node) instanceof NodeState.Ready r && SideBySide.mayStart(s, node, r)) {
                s = startNext(s, node, r, now);
            }
        }
        return s;
    }

    /** What has nothing to undo is passed over. */
    private static RolloutState startNext(RolloutState s, String node, NodeState.Ready ready, Instant now) {
        List<PlannedStep> steps = s.lane(node);
        NodeState.Ready r = ready;
        while (r.step() < steps.size() && nothingToUndo(s, node, steps.get(r.step()))) {
            r = r.skip();
        }
        return r.step() >= steps.size() ? s.with(node, r.laneDone()) : start(s, node, r, steps.get(r.step()), now);
    }

    private static boolean nothingToUndo(RolloutState s, String node, PlannedStep step) {
        return step.undo() && !Compensations.open(s, node, step.phase());
    }

    /** Ends the rollout before its last batch, once what can be undone at any time is undone. */
    static RolloutState abort(RolloutState s, String by, Instant now) {
        boolean tried = s.currentBatch().filter(Compensations::undoes).isPresent()
                && s.nodes().values().stream().anyMatch(NodeState.Stuck.class::isInstance);
        return tried || Compensations.noneOpen(s)
                ? s.with(new RolloutStatus.Aborted(by, now))
                : undo(s).with(new RolloutStatus.Stopping(true, by, now));
    }

    /** Goes on with what undoes something, but not on nodes whose agents are still at work: there it stays on record. */
    private static RolloutState undo(RolloutState s) {
        int last = Compensations.undoBatch(s);
        RolloutState t = s.withBatch(last);
        for (String node : s.nodes().keySet()) {
            t = t.with(node, new NodeState.Waiting());
        }
        for (Plan.Lane lane : s.plan().batches().get(last).lanes()) {
            boolean busy = s.nodes().values().stream()
                    .anyMatch(n ->
                            n instanceof NodeState.Working w && w.executor().equals(lane.node()));
            t = busy ? t : t.with(lane.node(), new NodeState.Ready(0));
        }
        return t;
    }

    private static RolloutState start(RolloutState s, String node, NodeState.Ready r, PlannedStep step, Instant now) {
        Optional<GatePurpose> gate = gateBefore(s, node, step);
        if (gate.isPresent()) {
            int attempt = s.attempts(node, step.phase()) + 1;
            return s.with(node, r.gate(step.phase(), gate.get(), attempt, now));
        }
        RolloutState t =
                TAKES_OUT.contains(step.phase()) && !s.facts().outOfService().contains(node)
                        ? s.with(s.facts().takenOut(node))
                        : s;
        return work(t, node, r.step(), step, now);
    }

    private static Optional<GatePurpose> gateBefore(RolloutState s, String node, PlannedStep step) {
        boolean soft = s.hop().mode() == Mode.SOFT;
        if (soft
                && TAKES_OUT.contains(step.phase())
                && !s.facts().outOfService().contains(node)) {
            return Optional.of(GatePurpose.TAKE_OUT);
        }
        return switch (step.phase()) {
            case LEAVE -> Optional.of(GatePurpose.LEAVE);
            case JOIN -> Optional.of(GatePurpose.JOIN);
            case VERIFY -> step.acts() ? Optional.empty() : Optional.of(GatePurpose.VERIFY);
            default -> Optional.empty();
        };
    }

    /** Has the agent begin the step; holds when there is nobody to help. */
    static RolloutState work(RolloutState s, String node, int index, PlannedStep step, Instant now) {
        RolloutState t = s.withAttempt(node, step.phase());
        int attempt = t.attempts(node, step.phase());
        boolean needsPeer = Outstanding.onPeer(step) || step.phase() == Phase.JOIN;
        Optional<String> peer = needsPeer ? Peers.choose(t, node, step, attempt) : Optional.empty();
        if (needsPeer && peer.isEmpty()) {
            String sentence = step.phase().label() + " of " + node + " needs a serving peer, and there is none";
            return t.with(node, new NodeState.Stuck(index, step.phase(), attempt, Optional.empty()))
                    .with(new RolloutStatus.Held(
                            Problem.Code.NO_PEER.name(), node, step.phase(), sentence, List.of(), now));
        }
        String executor = Outstanding.onPeer(step) ? peer.orElseThrow() : node;
        Instant deadline = now.plus(step.within()).plus(Engine.ANSWER_GRACE);
        return Compensations.dispatched(t, node, step, now)
                .with(node, new NodeState.Working(index, step.phase(), attempt, executor, peer, now, deadline));
    }
}
