package dev.rota.coordinator.sim;

import dev.rota.contract.Recipe;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An own clock for every open gate. A change of result resets it and nothing else does, no change of leader either: a health gate
 * passes when it has held for as long as it must, and holds the rollout when it has failed for as long as it may.
 */
final class GateClock {
    private static final String RULE = "gate clock survives";

    private final SortedMap<String, Clock> clocks = new TreeMap<>();

    private record Clock(Gating gate, Instant since) {
        boolean same(Gating g) {
            return g.step() == gate.step() && g.purpose() == gate.purpose() && g.attempt() == gate.attempt();
        }
    }

    /** A transition is committed. */
    void committed(RolloutState before, RolloutState after, Instant at) {
        for (Map.Entry<String, NodeState> e : after.nodes().entrySet()) {
            String node = e.getKey();
            Optional<Clock> known = Optional.ofNullable(clocks.get(node));
            if (e.getValue() instanceof Gating g) {
                clocks.put(node, next(node, known.filter(c -> c.same(g)), g, at));
            } else if (known.isPresent()) {
                boolean failed = e.getValue() instanceof NodeState.Stuck
                        || (after.back().containsKey(node) && !before.back().containsKey(node));
                ended(before, node, known.get(), failed, at);
                clocks.remove(node);
            }
        }
    }

    private static Clock next(String node, Optional<Clock> known, Gating g, Instant at) {
        boolean flipped = known.isEmpty()
                || known.get().gate().passingSince().isPresent()
                        != g.passingSince().isPresent();
        Clock c = new Clock(g, flipped ? at : known.get().since());
        Instant shown = g.passingSince().orElse(g.failingSince());
        if (!shown.equals(c.since())) {
            throw new Breach(
                    RULE,
                    node + " has been " + (g.passingSince().isPresent() ? "passing" : "failing") + " its gate since "
                            + c.since() + ", the state says " + shown);
        }
        return c;
    }

    private static void ended(RolloutState before, String node, Clock c, boolean stuck, Instant at) {
        if (c.gate().purpose() != GatePurpose.VERIFY) {
            return;
        }
        Recipe.GateSettings settings = before.plan().gate();
        boolean passing = c.gate().passingSince().isPresent();
        Duration took = Duration.between(c.since(), at);
        if (!stuck && took.compareTo(passing ? settings.stable() : Duration.ZERO) < 0) {
            throw new Breach(RULE, node + " has passed its gate after " + took);
        }
        if (!stuck && !passing && !settings.stable().isZero()) {
            throw new Breach(RULE, node + " has passed its gate while it failed");
        }
        if (stuck && !passing && took.compareTo(settings.retry()) < 0) {
            throw new Breach(RULE, node + " was held after " + took);
        }
    }
}
