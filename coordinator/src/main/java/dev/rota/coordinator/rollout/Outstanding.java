package dev.rota.coordinator.rollout;

import dev.rota.contract.Recipe.On;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a committed state asks to be done: the same after a restart, a change of leader, or a lost message. */
public final class Outstanding {
    private Outstanding() {}

    /** All effects the state asks for. */
    public static List<Effect> of(RolloutState state) {
        if (state.status().ended()) {
            return List.of();
        }
        return state.nodes().entrySet().stream()
                .flatMap(e -> effect(state, e.getKey(), e.getValue()).stream())
                .toList();
    }

    private static Optional<Effect> effect(RolloutState state, String node, NodeState s) {
        return s.match(new NodeState.Cases<>() {
            @Override
            public Optional<Effect> waiting(NodeState.Waiting w) {
                return Optional.empty();
            }

            @Override
            public Optional<Effect> ready(NodeState.Ready r) {
                return Optional.empty();
            }

            @Override
            public Optional<Effect> working(NodeState.Working w) {
                StepKey key = new StepKey(state.id(), node, w.phase(), w.attempt());
                Optional<Plan.PlannedStep> step = step(state, node, w.step());
                return Optional.of(new Effect.RunStep(
                        key,
                        w.executor(),
                        w.peer(),
                        step.map(Plan.PlannedStep::within).orElse(Duration.ZERO),
                        step.filter(Plan.PlannedStep::back).isPresent(),
                        step.filter(Plan.PlannedStep::undo).isPresent()));
            }

            @Override
            public Optional<Effect> gating(NodeState.Gating g) {
                Duration initial =
                        g.purpose() == GatePurpose.VERIFY ? state.plan().gate().initial() : Duration.ZERO;
                Instant notBefore = g.since().plus(initial);
                boolean takesOut = g.purpose() == GatePurpose.TAKE_OUT || g.purpose() == GatePurpose.LEAVE;
                boolean replicas = takesOut && state.plan().replicasCompared();
                return Optional.of(new Effect.Look(state.id(), node, g.purpose(), g.attempt(), replicas, notBefore));
            }

            @Override
            public Optional<Effect> retrying(NodeState.Retrying r) {
                return Optional.empty();
            }

            @Override
            public Optional<Effect> stuck(NodeState.Stuck st) {
                return Optional.empty();
            }
        });
    }

    /** The step of what a node does in the current batch. */
    static Optional<Plan.PlannedStep> step(RolloutState state, String node, int step) {
        List<Plan.PlannedStep> lane = state.lane(node);
        return step < lane.size() ? Optional.of(lane.get(step)) : Optional.empty();
    }

    /** Whether the step goes back to the release the hop comes from. */
    static boolean goesBack(RolloutState state, String node, int step) {
        return step(state, node, step).filter(Plan.PlannedStep::back).isPresent();
    }

    /** What the step a node works on is called. */
    public static String title(RolloutState state, String node, NodeState.Working w) {
        return step(state, node, w.step())
                .map(Plan.PlannedStep::title)
                .orElse(w.phase().label());
    }

    /** Whether a peer's agent carries the step out. */
    static boolean onPeer(Plan.PlannedStep step) {
        return step.on() == On.PEER;
    }
}
