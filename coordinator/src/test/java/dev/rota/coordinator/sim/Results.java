package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;

/** How agents say that a step has ended. */
final class Results {
    private Results() {}

    /** Done, or failed with this error. */
    static StepResult ended(StepKey key, String error) {
        return error.isEmpty()
                ? of(key, StepOutcome.STEP_OUTCOME_DONE, "")
                : of(key, StepOutcome.STEP_OUTCOME_FAILED, error);
    }

    static StepResult of(StepKey key, StepOutcome outcome, String message) {
        StepResult.Builder b = StepResult.newBuilder()
                .setId(StepCodec.id(key))
                .setOutcome(outcome)
                .setMessage(message)
                .setCommandMs(50)
                .setWaitMs(10);
        if (outcome == StepOutcome.STEP_OUTCOME_DONE && key.phase() == Phase.BACKUP) {
            b.putFacts("backup.sha256", "b".repeat(64));
        } else if (outcome == StepOutcome.STEP_OUTCOME_FAILED) {
            b.setCode("EXIT_STATUS");
        }
        return b.build();
    }
}
