package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Turns;
import java.util.ArrayList;
import java.util.List;

/** Notes, hop by hop, where each node stands and why, and where the rollout pauses by itself. */
final class Places {
    private final List<Turns.Place> order = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();

    /**
     * The turns of a hop.
     *
     * @param first index of the hop's first batch in the plan
     * @param pause the rollout pauses after the last canary
     */
    void add(List<TurnOrder.Turn> turns, int first, List<Plan.Batch> own, boolean pause) {
        int afterCanaries = -1;
        for (TurnOrder.Turn turn : turns) {
            int batch = first + turnOf(turn.nodes().get(0), own);
            turn.nodes()
                    .forEach(n -> order.add(new Turns.Place(
                            batch, n, turn.why(), turn.sentences().getOrDefault(n, ""))));
            if (turn.canary()) {
                afterCanaries = Math.max(afterCanaries, batch + 1);
            }
        }
        if (pause && afterCanaries >= 0) {
            pauses.add(afterCanaries);
        }
    }

    /** The batch that takes the node out of service, or the first that changes it. */
    private static int turnOf(String node, List<Plan.Batch> own) {
        for (int i = 0; i < own.size(); i++) {
            boolean changes = own.get(i).lane(node).stream()
                    .flatMap(l -> l.steps().stream())
                    .anyMatch(s -> s.phase() == Phase.STOP || s.phase() == Phase.INSTALL);
            if (changes) {
                return i;
            }
        }
        return 0;
    }

    /** The configuration's order and bounds in numbers need no explanation. */
    Turns turns(Bounds bounds) {
        boolean explained = order.stream().anyMatch(p -> p.why() != Turns.Why.CONFIGURATION);
        return new Turns(explained ? order : List.of(), pauses, bounds.maxAsked(), bounds.minAsked());
    }
}
