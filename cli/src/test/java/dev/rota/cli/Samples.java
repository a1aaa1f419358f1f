package dev.rota.cli;

import com.google.protobuf.Timestamp;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.BackupList;
import dev.rota.wire.operator.v1.Cluster;
import dev.rota.wire.operator.v1.Coordinator;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Hold;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.Node;
import dev.rota.wire.operator.v1.NodeBackup;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NoteHop;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.ProductNotes;
import dev.rota.wire.operator.v1.Reason;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RemovedRelease;
import dev.rota.wire.operator.v1.Rollback;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.RolloutList;
import dev.rota.wire.operator.v1.Status;
import dev.rota.wire.operator.v1.StepRecord;
import dev.rota.wire.operator.v1.Withdrawal;
import java.time.Instant;
import java.util.List;

/** Answers of a coordinator in the middle of things. */
public final class Samples {
    /** Start of all that happens. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    public static final String PLAN_ID = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    public static final String ROLLOUT_ID = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
    private static final String SHA = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private Samples() {}

    /** So many milliseconds after noon. */
    public static Timestamp at(long ms) {
        Instant time = NOON.plusMillis(ms);
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    public static Status status() {
        return Status.newBuilder()
                .setCoordinator("c1")
                .setVersion("0.1.0")
                .setLeader(true)
                .setLeaderName("c1")
                .setTerm(7)
                .setCommittedIndex(4711)
                .addClusters(Cluster.newBuilder()
                        .setName("chat")
                        .setRecipe("ejabberd")
                        .setNodes(3)
                        .setServing(2)
                        .setConnected(3)
                        .addVersions("23.10")
                        .addVersions("24.02")
                        .setActiveRollout(ROLLOUT_ID)
                        .setActiveRolloutState("running"))
                .addClusters(Cluster.newBuilder()
                        .setName("files")
                        .setRecipe("seafile")
                        .setNodes(1)
                        .setServing(1)
                        .setConnected(1)
                        .addVersions("11.0.13"))
                .build();
    }

    public static CoordinatorList coordinators() {
        return CoordinatorList.newBuilder()
                .setCoordinator("c1")
                .setLeaderName("c1")
                .setTerm(7)
                .setCommittedIndex(4711)
                .addCoordinators(coordinator("c1", "leader", true).setClustersAgree(true))
                .addCoordinators(
                        coordinator("c2", "follower", true).setBehind(12).setClustersAgree(false))
                .addCoordinators(coordinator("c3", "follower", false))
                .addCoordinators(coordinator("c4", "learner", true).setBehind(3).setAddress(""))
                .build();
    }

    private static Coordinator.Builder coordinator(String name, String role, boolean connected) {
        return Coordinator.newBuilder()
                .setName(name)
                .setRole(role)
                .setConnected(connected)
                .setAddress(name + ".example.org:7443");
    }

    public static NodeList nodes() {
        return NodeList.newBuilder()
                .addNodes(Node.newBuilder()
                        .setCluster("chat")
                        .setName("n1")
                        .setZone("Zürich")
                        .setConnected(true)
                        .setAgentVersion("0.1.0")
                        .setVersion("24.02")
                        .setServing(true)
                        .addAllMembers(List.of("ejabberd@n1", "ejabberd@n3"))
                        .setDiskFreeBytes(48L << 30)
                        .setPhase("done"))
                .addNodes(Node.newBuilder()
                        .setCluster("chat")
                        .setName("n2")
                        .setZone("東京")
                        .setConnected(true)
                        .setAgentVersion("0.1.0")
                        .setVersion("23.10")
                        .setDiskFreeBytes(3_221_225_472L)
                        .setPhase("leave")
                        .setUnhealthyReason("left the cluster in this rollout")
                        .addProblems("less than 4 GiB free on the volume that takes the backups"))
                .addNodes(Node.newBuilder()
                        .setCluster("files")
                        .setName("files-a")
                        .setVersion("11.0.13")
                        .setLastSeen(at(-185_000))
                        .addProblems("no agent is connected"))
                .build();
    }

    public static Release release() {
        return Release.newBuilder()
                .setProduct("ejabberd")
                .setVersion("24.02")
                .setFileName("ejabberd-24.02.tar.gz")
                .setSizeBytes(52_428_813)
                .setSha256(SHA)
                .setSoft(true)
                .setReason("the notes allow it")
                .setFollows("23.10")
                .setAddedAt(at(-86_400_000))
                .setAddedBy("operator")
                .build();
    }

    /** A release with a date, notes and hops, which was withdrawn. */
    public static Release withdrawnRelease() {
        return release().toBuilder()
                .setReleased("2024-02-27")
                .setNoteCount(1)
                .setHopCount(2)
                .addNotes(NoteFile.newBuilder()
                        .setPath("24.02/upgrade.md")
                        .setSizeBytes(2_417)
                        .setSha256(SHA))
                .addHops(hop("23.10", "24.02", "24.02/upgrade.md", 1, 57))
                .addHops(hop("", "24.02 - 24.06", "24.02/upgrade.md", 60, 61))
                .setWithdrawn(Withdrawal.newBuilder()
                        .setReason("loses offline messages")
                        .setBy("ada")
                        .setAt(at(-3_600_000)))
                .build();
    }

    public static RemovedRelease removedRelease() {
        return RemovedRelease.newBuilder()
                .setProduct("ejabberd")
                .setVersion("24.02")
                .setSha256(SHA)
                .setBytesRemoved(true)
                .build();
    }

    public static NotesImport notesImport() {
        return NotesImport.newBuilder()
                .setProduct("ejabberd")
                .addAdded("23.04/upgrade.md")
                .addAdded("24.02/upgrade.md")
                .addReplaced("index.rst")
                .addRemoved("old/from_16.01_to_16.02.md")
                .setUnchanged(1)
                .setNoteCount(4)
                .setSizeBytes(20_480)
                .setHopCount(4)
                .addHops(hop("", "23.01", "index.rst", 3, 4))
                .addHops(hop("23.01", "23.04", "23.04/upgrade.md", 1, 31))
                .addHops(hop("23.10", "24.02", "24.02/upgrade.md", 1, 57))
                .addProblems("broken.md is not in the store of this coordinator; import it again")
                .build();
    }

    private static NoteHop hop(String from, String to, String file, int first, int last) {
        return NoteHop.newBuilder()
                .setFrom(from)
                .setTo(to)
                .setFile(file)
                .setFirstLine(first)
                .setLastLine(last)
                .build();
    }

    public static ReleaseList releases() {
        Release sample = Release.newBuilder()
                .setProduct("sample")
                .setVersion("1.1.0")
                .setFileName("sample-1.1.0.tar")
                .setSizeBytes(1536)
                .setSha256(SHA)
                .build();
        return ReleaseList.newBuilder()
                .addReleases(release())
                .addReleases(sample)
                .addReleases(sample.toBuilder()
                        .setVersion("1.2.0")
                        .setReleased("2026-02-01")
                        .setNoteCount(1)
                        .setHopCount(2)
                        .setWithdrawn(Withdrawal.newBuilder().setReason("starts twice")))
                .addNotes(ProductNotes.newBuilder()
                        .setProduct("sample")
                        .setNoteCount(1)
                        .setSizeBytes(2_417)
                        .setHopCount(3))
                .build();
    }

    /** A rollout that has just been applied. */
    public static Rollout started() {
        return Rollout.newBuilder()
                .setId(ROLLOUT_ID)
                .setPlanId(PLAN_ID)
                .setCluster("chat")
                .setProduct("ejabberd")
                .setFrom("23.10")
                .setTo("24.02")
                .setMode("soft")
                .setReason(reason(
                        "PROCEDURE_DEFAULT",
                        "The procedure of ejabberd upgrades consecutive releases node by node.",
                        true))
                .setState("running")
                .setStartedAt(at(0))
                .setStartedBy("operator")
                .setStepsTotal(18)
                .setRevision(1)
                .addNodes(progress("n1", "waiting", 0))
                .addNodes(progress("n2", "waiting", 0))
                .addNodes(progress("n3", "waiting", 0))
                .build();
    }

    /** n2 is leaving, its first attempt timed out. */
    public static Rollout running() {
        return started().toBuilder()
                .setRevision(12)
                .setStepsDone(5)
                .setProductMs(9_870)
                .setOverheadMs(41)
                .setMixedSince(at(9_000))
                .setNodes(0, progress("n1", "waiting", 0).toBuilder().addSteps(step("check", 1, "done", 100, 240)))
                .setNodes(
                        1,
                        progress("n2", "leave", 12_000).toBuilder()
                                .setAttempt(2)
                                .setOutOfService(true)
                                .setDetail("n1 still lists ejabberd@n2")
                                .addSteps(step("check", 1, "done", 120, 250))
                                .addSteps(step("backup", 1, "done", 300, 2_490))
                                .addSteps(step("leave", 1, "timed-out", 2_500, 11_000).toBuilder()
                                        .setMessage("n1 still listed ejabberd@n2 after 8.5s"))
                                .addSteps(running("leave", 2, 12_000)))
                .build();
    }

    /** n2 is upgraded, serves and must go on serving for a while. */
    public static Rollout gating() {
        return running().toBuilder()
                .setRevision(14)
                .setNodes(
                        1,
                        progress("n2", "gate", 30_000).toBuilder()
                                .setDetail("verify gate: serving for 4s of 30s")
                                .addAllSteps(
                                        running().getNodes(1).getStepsList().subList(0, 3))
                                .addSteps(step("leave", 2, "done", 12_000, 14_000)))
                .build();
    }

    /** n2 stays in the cluster whatever is tried. */
    public static Rollout held() {
        return running().toBuilder()
                .setRevision(13)
                .setState("held")
                .setNodes(
                        1,
                        running().getNodes(1).toBuilder()
                                .setState("held")
                                .setSince(at(21_000))
                                .setSteps(3, step("leave", 2, "timed-out", 12_000, 21_000)))
                .setHold(hold())
                .build();
    }

    public static Hold hold() {
        return Hold.newBuilder()
                .setCode("STEP_TIMED_OUT")
                .setNode("n2")
                .setPhase("leave")
                .setSentence(
                        "After 2 attempts n1 and n3 still list ejabberd@n2 as a member, so that it cannot be stopped safely.")
                .addEvidence("leave_cluster: exit 0\nNode ejabberd@n2 removed")
                .addEvidence("members seen by n1: ejabberd@n1 ejabberd@n2 ejabberd@n3")
                .addEvidence("members seen by n3: \u001b[31mejabberd@n1 ejabberd@n2 ejabberd@n3")
                .setSince(at(21_000))
                .addAnswers(Answer.newBuilder()
                        .setName("retry")
                        .setEffect("n2 is asked to leave once more")
                        .setCommand("rota rollouts retry " + ROLLOUT_ID.substring(0, 12)))
                .addAnswers(Answer.newBuilder()
                        .setName("rollback")
                        .setEffect("take n2 back to 23.10 (leave, stop, start, join, verify); then end the rollout")
                        .setCommand("rota rollouts rollback " + ROLLOUT_ID.substring(0, 12)))
                .addAnswers(Answer.newBuilder()
                        .setName("abort")
                        .setEffect(
                                "the rollout ends here; n2 stays in the cluster on 23.10, n1 and n3 were not touched")
                        .setCommand("rota rollouts abort " + ROLLOUT_ID.substring(0, 12)))
                .build();
    }

    /** n2 did not start, and goes back. */
    public static Rollout goingBack() {
        return running().toBuilder()
                .setRevision(15)
                .setRollback(rollback())
                .setNodes(
                        1,
                        running().getNodes(1).toBuilder()
                                .setState("rolling back")
                                .setSince(at(24_000))
                                .setDetail("join")
                                .setSteps(3, step("leave", 1, "done", 2_500, 5_000))
                                .addSteps(step("start", 1, "failed", 5_100, 21_000).toBuilder()
                                        .setMessage("port 5222 in use"))
                                .addSteps(back("stop", 1, "done", 21_010, 21_500))
                                .addSteps(back("start", 2, "done", 21_600, 23_900)))
                .build();
    }

    /** n2 went back, the others never had their turn. */
    public static Rollout rolledBack() {
        NodeProgress n2 = goingBack().getNodes(1);
        return goingBack().toBuilder()
                .setRevision(21)
                .setState("rolled-back")
                .setEndedAt(at(60_000))
                .setNodes(
                        1,
                        n2.toBuilder()
                                .setState("rolled back")
                                .setOutOfService(false)
                                .clearDetail()
                                .addSteps(back("join", 1, "done", 24_000, 26_000)))
                .build();
    }

    private static StepRecord back(String phase, int attempt, String outcome, long from, long to) {
        return step(phase, attempt, outcome, from, to).toBuilder().setBack(true).build();
    }

    private static Rollback rollback() {
        return Rollback.newBuilder()
                .setBy("policy")
                .setAt(at(21_000))
                .setWhy("start of n2 failed: port 5222 in use")
                .setTo("23.10")
                .addNodes("n2")
                .build();
    }

    /** All three nodes are done, n2 first. */
    public static Rollout succeeded() {
        List<StepRecord> begun = running().getNodes(1).getStepsList().subList(0, 3);
        return started().toBuilder()
                .setRevision(40)
                .setState("succeeded")
                .setEndedAt(at(169_250))
                .setStepsDone(18)
                .setProductMs(168_770)
                .setOverheadMs(480)
                .setNodes(0, done("n1", 130_000, running().getNodes(0).getStepsList()))
                .setNodes(1, done("n2", 14_000, begun))
                .setNodes(2, done("n3", 70_000, List.of(step("check", 1, "done", 110, 240))))
                .build();
    }

    private static NodeProgress done(String node, long leave, List<StepRecord> begun) {
        NodeProgress.Builder progress =
                progress(node, "done", leave + 39_100).toBuilder().addAllSteps(begun);
        if (node.equals("n2")) {
            progress.addSteps(step("leave", 2, "done", 12_000, leave));
        } else {
            progress.addSteps(step("backup", 1, "done", leave - 4_100, leave - 1_910))
                    .addSteps(step("leave", 1, "done", leave - 1_900, leave));
        }
        return progress.addSteps(step("stop", 1, "done", leave + 10, leave + 4_900))
                .addSteps(step("start", 1, "failed", leave + 4_910, leave + 5_800).toBuilder()
                        .setMessage("port 5222 in use"))
                .addSteps(step("start", 2, "done", leave + 6_000, leave + 8_500))
                .addSteps(step("verify", 1, "done", leave + 8_510, leave + 9_000))
                .addGates(step("verify", 1, "done", leave + 9_010, leave + 39_050).toBuilder()
                        .setMessage("verify"))
                .build();
    }

    public static RolloutList rollouts() {
        return RolloutList.newBuilder()
                .addRollouts(running())
                .addRollouts(succeeded().toBuilder().setId("r-17").setCluster("files"))
                .addRollouts(
                        started().toBuilder().setId("r-16").setState("aborted").setEndedAt(at(3_723_000)))
                .build();
    }

    public static Explanation explanation() {
        return Explanation.newBuilder()
                .setSubject(ROLLOUT_ID)
                .setState("held")
                .setWaitingFor("a decision of a person about n2, which does not leave the cluster")
                .setSince(at(21_000))
                .addAllEvidence(hold().getEvidenceList())
                .addAllAnswers(hold().getAnswersList())
                .setNode("n2")
                .setPhase("leave")
                .setCode("STEP_TIMED_OUT")
                .build();
    }

    public static LogChunk log() {
        return LogChunk.newBuilder()
                .setNode("n2")
                .setPhase("leave")
                .setAttempt(2)
                .setAt(at(12_345))
                .setText("asking ejabberd@n1\n\n\u001b[1mdone\u001b[0m\tok\n")
                .build();
    }

    public static NodeProgress progress(String node, String state, long since) {
        return NodeProgress.newBuilder()
                .setNode(node)
                .setState(state)
                .setAttempt(state.equals("waiting") ? 0 : 1)
                .setSince(at(since))
                .build();
    }

    public static StepRecord step(String phase, int attempt, String outcome, long from, long to) {
        return running(phase, attempt, from).toBuilder()
                .setOutcome(outcome)
                .setFinishedAt(at(to))
                .setTookMs(Math.toIntExact(to - from))
                .build();
    }

    public static StepRecord running(String phase, int attempt, long from) {
        return StepRecord.newBuilder()
                .setPhase(phase)
                .setAttempt(attempt)
                .setExecutor("n1")
                .setOutcome("running")
                .setStartedAt(at(from))
                .build();
    }

    static Reason reason(String code, String sentence, boolean decided) {
        return Reason.newBuilder()
                .setCode(code)
                .setSentence(sentence)
                .setDecided(decided)
                .build();
    }

    /** Two backups of one node, one of them no longer what it was, and an agent that is silent. */
    public static BackupList backups() {
        NodeBackup good = NodeBackup.newBuilder()
                .setCluster("chat")
                .setNode("n1")
                .setRollout("chat-7")
                .setHop("chat-7.1")
                .setAt(at(-3_600_000))
                .setVersion("23.10")
                .setPath("/var/lib/rota-agent/backups/chat-7.1/n1/ejabberd.tar.gz")
                .setSha256("0123456789abcdef".repeat(4))
                .setSizeBytes(3_400_000)
                .setFiles(4)
                .setVerified(true)
                .build();
        return BackupList.newBuilder()
                .addBackups(good)
                .addBackups(good.toBuilder()
                        .setRollout("chat-6")
                        .setHop("chat-6.1")
                        .setVersion("23.04")
                        .setProblem("the archive is gone"))
                .addProblems("the agent of n2 does not say what it has saved")
                .build();
    }
}
