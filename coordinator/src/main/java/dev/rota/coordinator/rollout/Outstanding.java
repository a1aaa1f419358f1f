package dev.rota.coordinator.rollout;

import dev.rota.contract.Recipe.On;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import java.time.Duration;
import java.util.ArrayList;
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
        List<Effect> effects = new ArrayList<>();
        state.nodes().forEach((node, s) -> {
            if (s instanceof NodeState.Working w) {
                effects.add(step(state, node, w));
            } else if (s instanceof NodeState.Gating g) {
                effects.add(look(state, node, g));
            }
        });
        return List.copyOf(effects);
    }

    private static Effect step(RolloutState state, String node, NodeState.Working w) {
        StepKey key = new StepKey(state.id(), node, w.phase(), w.attempt());
        return new Effect.RunStep(key, w.executor(), w.peer(), within(state, node, w.step()));
    }

    private static Effect look(RolloutState state, String node, NodeState.Gating g) {
        Duration initial =
                g.purpose() == GatePurpose.VERIFY ? state.plan().gate().initial() : Duration.ZERO;
        boolean takesOut = g.purpose() == GatePurpose.TAKE_OUT || g.purpose() == GatePurpose.LEAVE;
        boolean replicas = takesOut && state.plan().replicasCompared();
        return new Effect.Look(
                state.id(), node, g.purpose(), g.attempt(), replicas, g.since().plus(initial));
    }

    private static Duration within(RolloutState state, String node, int step) {
        return step(state, node, step).map(Plan.PlannedStep::within).orElse(Duration.ZERO);
    }

    /** The planned step of a node's lane in the current batch. */
    static Optional<Plan.PlannedStep> step(RolloutState state, String node, int step) {
        return state.currentBatch()
                .flatMap(b -> b.lane(node))
                .filter(l -> step < l.steps().size())
                .map(l -> l.steps().get(step));
    }

    /** Whether a peer's agent carries the step out. */
    static boolean onPeer(Plan.PlannedStep step) {
        return step.on() == On.PEER;
    }
}
