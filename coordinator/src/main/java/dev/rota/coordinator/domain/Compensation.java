package dev.rota.coordinator.domain;

import dev.rota.contract.Phase;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * A side effect that must be undone. It is recorded before the step that causes it is dispatched, and stays on record until the step that
 * undoes it is done, or the health gate has proven that it is undone.
 *
 * @param rollout the rollout that caused it
 * @param phase the phase that caused it
 */
public record Compensation(String rollout, String node, Phase phase, Instant since) {
    /** Phases whose effect keeps a node from serving; another phase undoes each. */
    public static final Set<Phase> TAKES_OUT =
            java.util.Collections.unmodifiableSet(EnumSet.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP));

    /** What names it on the command line. */
    public String id() {
        return rollout + "/" + node + "/" + phase.label();
    }

    /** What is still so, for an operator. */
    public String sentence() {
        return switch (phase) {
            case DRAIN -> node + " was drained and not put back into service";
            case LEAVE -> node + " left the cluster, and nobody has proven that it is back";
            case STOP -> node + " was stopped, and nobody has proven that it serves again";
            default -> "what " + phase.label() + " did on " + node + " was not taken back";
        };
    }

    /** The step that discharges it. */
    public String undoneBy() {
        return switch (phase) {
            case DRAIN -> Phase.UNDRAIN.label();
            case LEAVE, STOP -> Phase.VERIFY.label();
            default -> "undo of " + phase.label();
        };
    }
}
