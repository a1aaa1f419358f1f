package dev.rota.agent.job;

import com.google.protobuf.Timestamp;
import dev.rota.agent.step.Code;
import dev.rota.agent.step.JobState;
import dev.rota.agent.step.Ledger;
import dev.rota.agent.step.Outcome;
import dev.rota.agent.step.Verdict;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.time.Instant;

/** Turns the end of a step into the message that reports it. */
final class Results {
    private Results() {}

    /** The report of a step that has run. */
    static StepResult of(StepId id, JobState.Finished end, Instant now) {
        Ledger ledger = end.ledger();
        return verdict(id, end.verdict())
                .setStartedAt(timestamp(ledger.startedAt()))
                .setFinishedAt(timestamp(now))
                .setCommandMs(bounded(ledger.commandMs()))
                .setWaitMs(bounded(ledger.waitMs()))
                .putAllFacts(ledger.facts())
                .build();
    }

    /** The report of a step that was not started. */
    static StepResult refused(StepId id, Verdict verdict, Instant now) {
        return verdict(id, verdict)
                .setStartedAt(timestamp(now))
                .setFinishedAt(timestamp(now))
                .build();
    }

    private static StepResult.Builder verdict(StepId id, Verdict verdict) {
        return StepResult.newBuilder()
                .setId(id)
                .setOutcome(outcome(verdict.outcome()))
                .setCode(verdict.code() == Code.OK ? "" : verdict.code().name())
                .setMessage(verdict.message())
                .setFailedAction(verdict.failedAction())
                .setOutputTail(verdict.output());
    }

    private static StepOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case DONE -> StepOutcome.STEP_OUTCOME_DONE;
            case FAILED -> StepOutcome.STEP_OUTCOME_FAILED;
            case TIMED_OUT -> StepOutcome.STEP_OUTCOME_TIMED_OUT;
            case REFUSED -> StepOutcome.STEP_OUTCOME_REFUSED;
        };
    }

    private static int bounded(long ms) {
        return (int) Math.min(ms, Integer.MAX_VALUE);
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
