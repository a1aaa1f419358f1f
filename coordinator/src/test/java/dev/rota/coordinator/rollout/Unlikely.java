package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Holds that are there in case something else is wrong: no course of events that is allowed leads to them. */
public final class Unlikely {
    private Unlikely() {}

    /** The node is held where it works now. */
    public static RolloutState held(RolloutState s, String node, String code, String sentence, Instant now) {
        Working w = (Working) s.node(node);
        Phase phase = w.phase();
        return s.with(node, new NodeState.Stuck(w.step(), phase, w.attempt(), Optional.empty()))
                .with(new RolloutStatus.Held(code, node, phase, sentence, List.of(), now));
    }
}
