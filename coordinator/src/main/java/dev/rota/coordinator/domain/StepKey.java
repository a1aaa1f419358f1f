package dev.rota.coordinator.domain;

import dev.rota.contract.Phase;

/**
 * Identity of a step: one phase on one node in one rollout, by attempt.
 *
 * @param node whose turn it is, also when a peer's agent carries the step out
 * @param attempt from 1
 */
public record StepKey(String rolloutId, String node, Phase phase, int attempt) {
    @Override
    public String toString() {
        return rolloutId + "/" + node + "." + phase.label() + "." + attempt;
    }
}
