package dev.rota.coordinator.grpc;

import com.google.protobuf.Timestamp;
import dev.rota.contract.Phase;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bounds of what an agent may send, as its wire contract states them. Lengths are in characters. */
final class AgentBounds {
    private static final int NAME = 255;
    private static final int WORD = 128;
    private static final int TITLE = 1000;
    private static final int VALUE = 4096;
    private static final int SENTENCE = 2000;
    // RFC 3339 years 0001 to 9999, as google.protobuf.Timestamp demands
    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private @Nullable String problem;

    private AgentBounds() {}

    /** What is wrong with the message, if anything is; the first problem only. */
    static Optional<String> check(AgentMessage message) {
        AgentBounds bounds = new AgentBounds();
        switch (message.getBodyCase()) {
            case HELLO -> bounds.hello(message.getHello());
            case OBSERVATION -> bounds.observation(message.getObservation());
            case PROGRESS -> bounds.progress(message.getProgress());
            case RESULT -> bounds.result(message.getResult());
            case BACKUPS -> bounds.backups(message.getBackups());
            case HEARTBEAT -> {
                // a number only
            }
            case BODY_NOT_SET -> bounds.refuse("the message is empty or of a kind this version does not know");
        }
        return Optional.ofNullable(bounds.problem);
    }

    private void hello(Hello hello) {
        text("hello.node", hello.getNode(), NAME);
        text("hello.agent_version", hello.getAgentVersion(), WORD);
        text("hello.recipe", hello.getRecipe(), WORD);
        text("hello.recipe_digest", hello.getRecipeDigest(), WORD);
        text("hello.boot_id", hello.getBootId(), WORD);
        text("hello.instance", hello.getInstance(), WORD);
        count("hello.open_steps", hello.getOpenStepsCount(), 64);
        hello.getOpenStepsList().forEach(id -> step("hello.open_steps", true, id));
    }

    private void observation(Observation o) {
        time("observation.at", o.getAt());
        text("observation.member", o.getMember(), NAME);
        text("observation.master", o.getMaster(), NAME);
        text("observation.running_version", o.getRunningVersion(), WORD);
        text("observation.artifact_sha256", o.getArtifactSha256(), WORD);
        text("observation.unhealthy_reason", o.getUnhealthyReason(), SENTENCE);
        texts("observation.members", o.getMembersList(), 256, NAME);
        entries("observation.replicas", o.getReplicasMap(), 1000);
        texts("observation.problems", o.getProblemsList(), 20, 500);
    }

    private void backups(BackupList list) {
        count("backups.backups", list.getBackupsCount(), 200);
        texts("backups.problems", list.getProblemsList(), 20, 500);
        list.getBackupsList().forEach(b -> {
            time("backups.at", b.getAt());
            texts("backups", List.of(b.getRollout(), b.getHop(), b.getVersion(), b.getSha256()), 4, WORD);
            text("backups.node", b.getNode(), NAME);
            text("backups.path", b.getPath(), VALUE);
            text("backups.problem", b.getProblem(), VALUE);
        });
    }

    private void progress(StepProgress p) {
        step("progress.id", p.hasId(), p.getId());
        text("progress.action", p.getAction(), TITLE);
        text("progress.output", p.getOutput(), 8192);
    }

    private void result(StepResult r) {
        step("result.id", r.hasId(), r.getId());
        boolean known =
                r.getOutcome() != StepOutcome.STEP_OUTCOME_UNSPECIFIED && r.getOutcome() != StepOutcome.UNRECOGNIZED;
        require(known, "result.outcome is missing or unknown");
        text("result.code", r.getCode(), WORD);
        text("result.message", r.getMessage(), SENTENCE);
        text("result.output_tail", r.getOutputTail(), 32_768);
        text("result.failed_action", r.getFailedAction(), TITLE);
        time("result.started_at", r.getStartedAt());
        time("result.finished_at", r.getFinishedAt());
        entries("result.facts", r.getFactsMap(), 64);
    }

    private void step(String field, boolean present, StepId id) {
        require(present && !id.getRolloutId().isEmpty(), field + " is missing");
        text(field + ".rollout_id", id.getRolloutId(), WORD);
        text(field + ".node", id.getNode(), NAME);
        require(Phase.of(id.getPhase()).isPresent(), field + ".phase is not a phase");
        require(id.getAttempt() > 0, field + ".attempt is not positive");
    }

    private void texts(String field, List<String> values, int maxCount, int maxLength) {
        count(field, values.size(), maxCount);
        values.forEach(value -> text(field, value, maxLength));
    }

    private void entries(String field, Map<String, String> values, int maxCount) {
        count(field, values.size(), maxCount);
        values.forEach((key, value) -> {
            text(field, key, NAME);
            text(field, value, VALUE);
        });
    }

    private void text(String field, String value, int max) {
        if (value.length() > max) {
            refuse(field + " has " + value.length() + " characters, at most " + max + " are allowed");
        }
    }

    private void count(String field, int count, int max) {
        if (count > max) {
            refuse(field + " has " + count + " entries, at most " + max + " are allowed");
        }
    }

    private void time(String field, Timestamp time) {
        boolean valid = time.getSeconds() >= MIN_SECONDS
                && time.getSeconds() <= MAX_SECONDS
                && time.getNanos() >= 0
                && time.getNanos() < NANOS_PER_SECOND;
        require(valid, field + " is not a time");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            refuse(otherwise);
        }
    }

    private void refuse(String why) {
        if (problem == null) {
            problem = why;
        }
    }
}
