package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.wire.agent.v1.Artifact;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepResult;
import dev.rota.wire.journal.v1.StepReportedRecord;
import java.util.Arrays;

/** Steps and their results from and to the wire, and to and from the journal. */
public final class StepCodec {
    private StepCodec() {}

    /**
     * The step a wire identity names.
     *
     * @throws IllegalArgumentException for an unknown phase
     */
    public static StepKey key(StepId id) {
        return new StepKey(id.getRolloutId(), id.getNode(), PlanCodec.phase(id.getPhase()), id.getAttempt());
    }

    /** The wire identity of a step. */
    public static StepId id(StepKey key) {
        return StepId.newBuilder()
                .setRolloutId(key.rolloutId())
                .setNode(key.node())
                .setPhase(key.phase().label())
                .setAttempt(key.attempt())
                .build();
    }

    /** A release's artifact. */
    public static Artifact artifact(Release.ArtifactRef ref) {
        return Artifact.newBuilder()
                .setSha256(ref.sha256())
                .setSizeBytes(ref.sizeBytes())
                .setFileName(ref.fileName())
                .build();
    }

    /** An agent's result. */
    public static StepReport fromWire(StepResult r) {
        Outcome outcome = switch (r.getOutcome()) {
            case STEP_OUTCOME_DONE -> Outcome.DONE;
            case STEP_OUTCOME_TIMED_OUT -> Outcome.TIMED_OUT;
            case STEP_OUTCOME_REFUSED -> Outcome.REFUSED;
            default -> Outcome.FAILED;
        };
        long took = (r.getFinishedAt().getSeconds() - r.getStartedAt().getSeconds()) * 1000
                + (r.getFinishedAt().getNanos() - r.getStartedAt().getNanos()) / 1_000_000;
        return new StepReport(
                outcome,
                r.getCode(),
                r.getMessage(),
                r.getFailedAction(),
                r.getOutputTail(),
                Math.max(0, took),
                r.getCommandMs(),
                r.getWaitMs(),
                ObservationCodec.sorted(r.getFactsMap()));
    }

    static StepReportedRecord encode(StepKey key, StepReport r) {
        return StepReportedRecord.newBuilder()
                .setNode(key.node())
                .setPhase(key.phase().label())
                .setAttempt(key.attempt())
                .setOutcome(r.outcome().label())
                .setCode(r.code())
                .setMessage(r.message())
                .setFailedAction(r.failedAction())
                .setOutputTail(r.outputTail())
                .setTookMs(r.tookMs())
                .setCommandMs(r.commandMs())
                .setWaitMs(r.waitMs())
                .putAllFacts(r.facts())
                .build();
    }

    static StepReport decode(StepReportedRecord r) {
        return new StepReport(
                outcome(r.getOutcome()),
                r.getCode(),
                r.getMessage(),
                r.getFailedAction(),
                r.getOutputTail(),
                r.getTookMs(),
                r.getCommandMs(),
                r.getWaitMs(),
                ObservationCodec.sorted(r.getFactsMap()));
    }

    static Outcome outcome(String label) {
        return Arrays.stream(Outcome.values())
                .filter(o -> o.label().equals(label))
                .findFirst()
                .orElseThrow(() -> PlanCodec.unknown("outcome", label));
    }
}
