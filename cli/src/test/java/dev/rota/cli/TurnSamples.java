package dev.rota.cli;

import com.google.protobuf.Timestamp;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Hold;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.Place;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Rollout;
import java.util.List;

/** Messages about how nodes take their turns. */
public final class TurnSamples {
    private TurnSamples() {}

    /** An unready node, a canary and a pause, two side by side, the master; bounds in percent. */
    public static Plan turns() {
        Plan soft = PlanSamples.softPlan();
        List<String> phases = soft.getBatches(1).getLanes(0).getPhasesList();
        return soft.toBuilder()
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
                .addHops(Hop.newBuilder()
                        .setFrom(soft.getFrom())
                        .setTo(soft.getTo())
                        .setMode("soft")
                        .setBatches(4)
                        .addAllReasons(soft.getReasonsList()))
                .build();
    }

    /** The plan's pause after its canary. */
    public static Rollout paused() {
        Timestamp since = Samples.running().getStartedAt();
        return Samples.running().toBuilder()
                .setState("paused")
                .setHold(Hold.newBuilder()
                        .setCode("PAUSED_AFTER_CANARY")
                        .setSince(since)
                        .setSentence("the canary n2 has had its turn, and the plan pauses here")
                        .addEvidence("n2 runs 24.02 and has been healthy since 2026-03-01T12:01:00Z")
                        .addEvidence("next: n3, n1")
                        .addAnswers(Answer.newBuilder()
                                .setName("resume")
                                .setEffect("go on with the next batch")
                                .setCommand("rota rollouts resume chat-7")))
                .build();
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
}
