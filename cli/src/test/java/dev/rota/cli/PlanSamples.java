package dev.rota.cli;

import static dev.rota.cli.Samples.PLAN_ID;
import static dev.rota.cli.Samples.at;
import static dev.rota.cli.Samples.reason;

import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Citation;
import dev.rota.wire.operator.v1.Gate;
import dev.rota.wire.operator.v1.Hop;
import dev.rota.wire.operator.v1.Lane;
import dev.rota.wire.operator.v1.ManualStep;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Undo;
import java.util.List;

/** Plans a coordinator may have made. */
public final class PlanSamples {
    private static final String SHA = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private PlanSamples() {}

    public static Plan softPlan() {
        return Plan.newBuilder()
                .setId(PLAN_ID)
                .setCluster("chat")
                .setProduct("ejabberd")
                .setFrom("23.10")
                .setTo("24.02")
                .setMode("soft")
                .addReasons(reason("OPERATOR_CHOICE", "No mode was asked for.", false))
                .addReasons(reason("NOT_CLUSTERED", "3 nodes of a clustered product serve.", false))
                .addReasons(reason(
                        "NOTES_BAN", "No note between 23.10 and 24.02 forbids two versions side by side.", false))
                .addReasons(reason(
                        "PROCEDURE_DEFAULT",
                        "The procedure of ejabberd upgrades consecutive releases node by node when the notes are silent.",
                        true))
                .addPath("23.10")
                .addPath("24.02")
                .addBatches(Batch.newBuilder()
                        .setTitle("prepare")
                        .addLanes(lane("n1", "stage", "check"))
                        .addLanes(lane("n2", "stage", "check"))
                        .addLanes(lane("n3", "stage", "check")))
                .addBatches(turn("n2"))
                .addBatches(turn("n3"))
                .addBatches(turn("n1"))
                .setGate(Gate.newBuilder()
                        .setStableMs(30_000)
                        .setRetryMs(600_000)
                        .setEveryMs(2_000))
                .setMaxUnavailable(1)
                .setMinServing(2)
                .setCreatedAt(at(-60_000))
                .setCreatedBy("operator")
                .setArtifactSha256(SHA)
                .setRecipeDigest("b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")
                .build();
    }

    public static Plan fullStopPlan() {
        return softPlan().toBuilder()
                .setMode("full-stop")
                .setStrategy("shrink")
                .setFrom("23.01")
                .clearPath()
                .addAllPath(List.of("23.01", "23.04", "23.10", "24.02"))
                .clearReasons()
                .addReasons(reason("OPERATOR_CHOICE", "No mode was asked for.", false))
                .addReasons(reason(
                        "PATH_SKIPS",
                        "The path jumps over 23.04 and 23.10, and soft upgrades take consecutive releases only.",
                        true))
                .clearBatches()
                .addBatches(Batch.newBuilder()
                        .setTitle("shrink to n1")
                        .addLanes(lane("n2", "leave", "stop"))
                        .addLanes(lane("n3", "leave", "stop")))
                .addBatches(Batch.newBuilder()
                        .setTitle("upgrade n1")
                        .addLanes(lane("n1", "backup", "stop", "install", "migrate", "start", "verify")))
                .addBatches(Batch.newBuilder()
                        .setTitle("grow")
                        .addLanes(lane("n2", "install", "start", "join", "verify"))
                        .addLanes(lane("n3", "install", "start", "join", "verify")))
                .build();
    }

    /** A plan that rests on release notes. */
    public static Plan notesPlan() {
        Citation ban = Citation.newBuilder()
                .setKind("conditional-ban")
                .setFile("notes/24.02.md")
                .setFirstLine(12)
                .setLastLine(13)
                .setQuote("If you use SQL storage, stop all nodes before you upgrade.")
                .build();
        Citation change = Citation.newBuilder()
                .setKind("database-change")
                .setFile("notes/24.02.md")
                .setFirstLine(20)
                .setLastLine(22)
                .setQuote("ALTER TABLE users ADD COLUMN nick text;")
                .build();
        return fullStopPlan().toBuilder()
                .clearReasons()
                .addReasons(reason("NOTES_BAN", "no release on the way forbids a soft upgrade", false))
                .addReasons(
                        reason(
                                        "NOTES_UNCLEAR",
                                        "a ban that depends on something unknown: 'if you use SQL storage'",
                                        true)
                                .toBuilder()
                                .setCited(ban))
                .addFindings(ban)
                .addFindings(change)
                .addManual(ManualStep.newBuilder()
                        .setId("m1")
                        .setWhen("before-start")
                        .setTitle("run 1 SQL statement (mysql)")
                        .addLines("ALTER TABLE users ADD COLUMN nick text;")
                        .setCited(change))
                .addManual(ManualStep.newBuilder()
                        .setId("m2")
                        .setWhen("after")
                        .setTitle("check the proxy: websockets are served under another path")
                        .setCited(ban))
                .putAssumed("storage", "mysql")
                .build();
    }

    /** A plan of two hops, the second a full stop. */
    public static Plan hopsPlan() {
        Plan soft = softPlan();
        Citation oneWay = Citation.newBuilder()
                .setKind("one-way")
                .setFile("notes/24.06.md")
                .setFirstLine(7)
                .setLastLine(7)
                .setQuote("The conversion of the archive cannot be reverted.")
                .build();
        Hop first = Hop.newBuilder()
                .setFrom("23.10")
                .setTo("24.02")
                .setMode("soft")
                .addAllReasons(soft.getReasonsList())
                .setArtifactSha256(SHA)
                .setFirstBatch(0)
                .setBatches(4)
                .setEstimateMs(75_400)
                .addUndo(Undo.newBuilder()
                        .setPossible(true)
                        .setSentence("everything, until 'upgrade n2' begins: an abort before leaves all as it was"))
                .addUndo(Undo.newBuilder().setSentence("the release: ejabberd does not run on data of a newer one"))
                .build();
        Hop second = Hop.newBuilder()
                .setFrom("24.02")
                .setTo("24.06")
                .setMode("full-stop")
                .setStrategy("shrink")
                .addReasons(reason("NOTES_BAN", "the note forbids a soft upgrade", true).toBuilder()
                        .setCited(oneWay))
                .setArtifactSha256(SHA)
                .addMigrations("convert.sh")
                .setFirstBatch(4)
                .setBatches(1)
                .addUndo(Undo.newBuilder()
                        .setSentence("what the notes call final")
                        .setCited(oneWay))
                .build();
        return soft.toBuilder()
                .setMode("full-stop")
                .setStrategy("shrink")
                .setTo("24.06")
                .addPath("24.06")
                .clearReasons()
                .addAllReasons(second.getReasonsList())
                .addBatches(Batch.newBuilder()
                        .setTitle("upgrade n1")
                        .addLanes(lane("n1", "stop", "install", "migrate", "start", "verify")))
                .addHops(first)
                .addHops(second)
                .addManual(ManualStep.newBuilder()
                        .setId("m1")
                        .setWhen("after")
                        .setRelease("24.02")
                        .setTitle("check the configuration: the option is called use_acl now"))
                .putBasis("the release notes of ejabberd", SHA)
                .putBasis("the catalogue's releases from 23.10 to 24.06", SHA)
                .build();
    }

    private static Batch.Builder turn(String node) {
        return Batch.newBuilder()
                .setTitle("turn of " + node)
                .addLanes(lane(
                        node, "backup", "drain", "leave", "stop", "install", "migrate", "restore", "start", "join",
                        "verify", "undrain"));
    }

    private static Lane lane(String node, String... phases) {
        return Lane.newBuilder().setNode(node).addAllPhases(List.of(phases)).build();
    }
}
