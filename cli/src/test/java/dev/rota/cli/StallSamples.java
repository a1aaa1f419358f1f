package dev.rota.cli;

import com.google.protobuf.Timestamp;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Limit;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.Stall;
import dev.rota.wire.operator.v1.Status;
import java.util.stream.IntStream;

/** Messages about what does not move, and about what limits it. */
public final class StallSamples {
    private StallSamples() {}

    /** A plan with some of its limits. */
    public static Plan limits() {
        return PlanSamples.softPlan().toBuilder()
                .addLimits(limit("health gate, stable", "30s", "built in", "it has passed"))
                .addLimits(limit("phase install", "2m", "recipe", "the rollout is held: STEP_TIMED_OUT"))
                .addLimits(limit("nodes out of service", "2", "option", "no other node is taken out"))
                .build();
    }

    private static Limit limit(String name, String value, String source, String then) {
        return Limit.newBuilder()
                .setName(name)
                .setValue(value)
                .setSource(source)
                .setThen(then)
                .build();
    }

    /** n2 should have answered. */
    public static Rollout stalled() {
        Timestamp since = Samples.running().getStartedAt();
        return Samples.running().toBuilder()
                .setStalled(Stall.newBuilder()
                        .setSince(since)
                        .setNode("n2")
                        .setPhase("leave")
                        .setSubject("leave of n2, which the agent of n1 carries out")
                        .setCause("silent agents: n1; 'rota-agent check' on the node says what is wrong"))
                .build();
    }

    /** A cluster whose rollout does not move. */
    public static Status alarm() {
        Status status = Samples.status();
        return status.toBuilder()
                .setClusters(
                        0,
                        status.getClusters(0).toBuilder()
                                .addAlarms(
                                        "STALLED: leave of n2, which the agent of n1 carries out should have ended by"
                                                + " 2026-03-01T12:00:51Z; likely cause: silent agents: n1"))
                .build();
    }

    /** Evidence of more than a screen. */
    public static Explanation lengthy() {
        return Samples.explanation().toBuilder()
                .addAllEvidence(IntStream.rangeClosed(1, 60)
                        .mapToObj(i -> "output: line " + i + " of what the product said before it gave up")
                        .toList())
                .build();
    }
}
