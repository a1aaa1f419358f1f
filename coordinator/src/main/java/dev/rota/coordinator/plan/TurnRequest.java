package dev.rota.coordinator.plan;

import java.util.List;

/**
 * How an operator wants the turns to be taken.
 *
 * @param maxUnavailablePercent of the cluster's nodes, instead of the number; 0: the number counts
 * @param minServingPercent likewise
 * @param canaryCount how many nodes go ahead of the rest; 0: those that are named
 * @param canaries the nodes that go ahead of the rest, in this order
 * @param pauseAfterCanary the rollout waits for a person once they are done
 */
public record TurnRequest(
        int maxUnavailablePercent,
        int minServingPercent,
        int canaryCount,
        List<String> canaries,
        boolean pauseAfterCanary) {
    /** Copies the canaries. */
    public TurnRequest {
        canaries = List.copyOf(canaries);
    }

    /** Nothing special. */
    public static TurnRequest plain() {
        return new TurnRequest(0, 0, 0, List.of(), false);
    }

    boolean hasCanaries() {
        return canaryCount > 0 || !canaries.isEmpty();
    }
}
