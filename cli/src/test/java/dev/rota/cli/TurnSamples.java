package dev.rota.cli;

import com.google.protobuf.Timestamp;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.Limit;
import dev.rota.wire.operator.v1.Place;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.Stall;
import dev.rota.wire.operator.v1.Status;
import java.util.List;
import java.util.stream.IntStream;

/** Messages about how nodes take their turns, and about what does not move. */
public final class TurnSamples {
    private TurnSamples() {}

    /** An unready node, a canary and a pause, two side by side, the master; bounds in percent. */
    public static Plan turns() {
        Plan soft = PlanSamples.softPlan();
        List<String> phases = soft.getBatches(1).getLanes(0).getPhasesList();
        Plan.Builder b = soft.toBuilder()
                .clearBatches()
                .clearHops()
                .setMaxUnavailable(2)
                .setMaxUnavailableAsked("40%")
                .setMinServing(3)
                .setMinServingAsked("60%")
                .addBatches(batch("upgrade n5", phases, "n5"))
                .addBatches(batch("upgrade n2", phases, "n2"))
                .addBatches(batch("upgrade n3, n4", phases, "n3", "n4"))
                .addBatches(batch("upgrade n1", phases, "n1"))
                .addPausesBefore(2)
                .addOrder(place(0, "n5", "unready", "it does not serve: port 5222 is closed"))
                .addOrder(place(1, "n2", "canary", "canary 1 of 1"))
                .addOrder(place(2, "n3", "side-by-side", "side by side with n4 of zone b"))
                .addOrder(place(2, "n4", "side-by-side", "side by side with n3 of zone b"))
                .addOrder(place(3, "n1", "master", "it leads the others, so it goes last"))
                .addLimits(limit("health gate, stable", "30s", "built in", "it has passed"))
                .addLimits(limit("phase install", "2m", "recipe", "the rollout is held: STEP_TIMED_OUT"))
                .addLimits(limit("nodes out of service", "2 (40%)", "option", "no other node is taken out"));
        b.addHops(Hop.newBuilder()
                .setFrom(soft.getFrom())
                .setTo(soft.getTo())
                .setMode("soft")
                .setBatches(4)
                .addAllReasons(soft.getReasonsList()));
        return b.build();
    }

    private static Batch batch(String title, List<String> phases, String... nodes) {
        Batch.Builder b = Batch.newBuilder().setTitle(title);
        for (String n : nodes) {
            b.addLanes(Lane.newBuilder().setNode(n).addAllPhases(phases));
        }
        return b.build();
    }

    private static Place place(int batch, String node, String why, String sentence) {
        return Place.newBuilder()
                .setBatch(batch)
                .setNode(node)
                .setWhy(why)
                .setSentence(sentence)
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

    /** n2 should have answered, and two versions have run for too long. */
    public static Rollout stalled() {
        Timestamp since = Samples.running().getStartedAt();
        return Samples.running().toBuilder()
                .setMixedSince(since)
                .setMixedLimitMs(3_600_000)
                .setMixedTooLong(true)
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
