package dev.rota.bench.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.rota.contract.Phase;
import dev.rota.contract.Values;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.time.Instant;
import java.util.List;

/** A member of a healthy cluster that does every step at once: what its release is, the last start has said. */
public final class ObedientNode implements SimulatedNode {
    private final String name;
    private final String recipeDigest;
    /** Encoded once: what the agents of thirty hosts would do side by side happens here in turn. */
    private final List<ByteString> members;

    private String version;
    private String artifact = "";

    /** It runs {@code version}, from an artifact nobody knows. */
    public ObedientNode(String name, String recipeDigest, List<String> members, String version) {
        this.name = name;
        this.recipeDigest = recipeDigest;
        this.members = members.stream().map(ByteString::copyFromUtf8).toList();
        this.version = version;
    }

    @Override
    public String recipeDigest() {
        return recipeDigest;
    }

    @Override
    public Observation.Builder look() {
        Observation.Builder look = Observation.newBuilder()
                .setMember(name)
                .setRunningVersion(version)
                .setArtifactSha256(artifact)
                .setHealthy(true)
                .setMembersKnown(true)
                .setDiskFreeBytes(1L << 40);
        members.forEach(look::addMembersBytes);
        return look;
    }

    @Override
    public StepResult run(RunStep step) {
        if (step.getId().getPhase().equals(Phase.START.label())) {
            version = step.getValuesOrThrow(Values.RELEASE_VERSION);
            artifact = step.getArtifact().getSha256();
        }
        Timestamp now = now();
        return StepResult.newBuilder()
                .setId(step.getId())
                .setOutcome(StepOutcome.STEP_OUTCOME_DONE)
                .setStartedAt(now)
                .setFinishedAt(now)
                .build();
    }

    private static Timestamp now() {
        Instant now = Instant.now();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }
}
