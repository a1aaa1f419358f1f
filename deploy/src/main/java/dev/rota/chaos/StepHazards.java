package dev.rota.chaos;

import static dev.rota.crash.Points.BEGIN;
import static dev.rota.crash.Points.END;

import dev.rota.demo.ejabberd.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Steps that fail, each for another cause, wherever they may. */
final class StepHazards {
    private StepHazards() {}

    static List<Hazard> all() {
        return List.of(
                startFails(),
                startFailsUnderPolicy(),
                joinHangs(),
                joinHangsAndGoesBack(),
                killedAfterJoin(),
                diskFullWhileUnpacking(),
                backupUnreadable(),
                poweredOff(),
                artifactOfAnotherVersion(),
                artifactChanged());
    }

    private static Path configuration(Rig rig, String node) {
        return rig.node(node).config().resolve("ejabberd.yml");
    }

    private static Path good(Rig rig, String node) {
        return rig.node(node).config().resolve("ejabberd.yml.good");
    }

    /** An unknown option: a running node does not read it, one that starts ends at once and says so in its log. */
    static void breakConfiguration(Rig rig, String node) throws IOException {
        Files.copy(configuration(rig, node), good(rig, node), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(configuration(rig, node), "no_such_option: true\n", StandardOpenOption.APPEND);
    }

    static void mendConfiguration(Rig rig, String node) throws IOException {
        Files.copy(good(rig, node), configuration(rig, node), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Hazard startFails() {
        return Hazard.named("start-fails", "a configuration the node does not start with")
                .before(rig -> breakConfiguration(rig, "n2"))
                .held("STEP_FAILED", "n2", "start", "start of n2")
                .shows("no_such_option")
                .remedy("correct ejabberd.yml of n2", rig -> mendConfiguration(rig, "n2"))
                .build();
    }

    private static Hazard joinHangs() {
        return Hazard.named("join-hangs", "join_cluster does not come back")
                .before(rig -> rig.lies().tell(rig.node("n1"), "join_cluster", "sleep 600"))
                .held("STEP_TIMED_OUT", "n1", "join", "join of n1", "join_cluster", "deadline")
                .remedy(
                        "end what keeps join_cluster from going on",
                        rig -> rig.lies().tellTruth(rig.nodes().all()))
                .build();
    }

    /** The new release only does not know the option, so the one before starts. */
    private static Hazard startFailsUnderPolicy() {
        return Hazard.named("start-fails-policy", "the new release does not start, and the plan says rollback-node")
                .plan("--on-failure", "rollback-node")
                .before(rig ->
                        rig.product().injectFault("start", "n2", rig.product().defaultTarget()))
                .held(Result.BACK, "n2", "start", "start of n2 failed")
                .remedy(
                        "correct the configuration of n2 for the new release",
                        rig -> rig.product().heal())
                .ending(Hazard.Ending.POLICY)
                .build();
    }

    private static Hazard joinHangsAndGoesBack() {
        return Hazard.named("join-hangs-back", "join_cluster does not come back, and the operator takes the node back")
                .before(rig -> rig.lies().tell(rig.node("n1"), "join_cluster", "sleep 600"))
                .held("STEP_TIMED_OUT", "n1", "join", "join of n1", "join_cluster", "deadline")
                .remedy(
                        "end what keeps join_cluster from going on",
                        rig -> rig.lies().tellTruth(rig.nodes().all()))
                .ending(Hazard.Ending.ROLLBACK)
                .build();
    }

    private static Hazard killedAfterJoin() {
        return Hazard.named("killed-after-join", "kill -9 of the node right after it has joined")
                .at("join", "n1", END, rig -> Nodes.kill(rig.node("n1")))
                .held("STEP_FAILED", "n1", "verify", "verify of n1", "23.04")
                .remedy("ejabberdctl start on n1", rig -> rig.start(rig.node("n1")))
                .build();
    }

    private static Hazard diskFullWhileUnpacking() {
        return Hazard.named("disk-full-unpacking", "the disk floor is reached while the release is unpacked")
                .needsDisks()
                .before(rig -> {
                    remove(rig.node("n1").release(rig.product().defaultTarget()));
                    Disks.fill(rig.node("n1"), 205 * Disks.MB);
                })
                .held("STEP_FAILED", "n1", "stage", "stage of n1", "disk")
                .shows("DISK_FULL")
                .remedy("make room on n1", rig -> Disks.empty(rig.node("n1")))
                .build();
    }

    private static Hazard backupUnreadable() {
        return Hazard.named("backup-unreadable", "the backup ejabberd wrote is cut off before it is archived")
                .before(
                        rig -> rig.lies()
                                .tell(
                                        rig.node("n1"),
                                        "backup",
                                        "\"$real\" \"$@\"; code=$?; for last; do :; done; truncate -s -700 \"$last\"; exit $code"))
                .held("STEP_FAILED", "n1", "backup", "backup of n1")
                .shows("backup")
                .remedy(
                        "find out what cuts files off on n1",
                        rig -> rig.lies().tellTruth(rig.nodes().all()))
                .build();
    }

    private static Hazard poweredOff() {
        return Hazard.named(
                        "powered-off",
                        "kill -9 of node and agent in the node's turn; both stay away, then the host is back")
                .at("join", "n1", BEGIN, rig -> {
                    rig.rota().killAgent("n1");
                    Nodes.kill(rig.node("n1"));
                })
                .held("AGENT_SILENT", "n1", "join", "the agent of n1 has not answered")
                .remedy("start the host of n1, and with it the agent", rig -> rig.startAgent(rig.node("n1")))
                .build();
    }

    private static Hazard artifactOfAnotherVersion() {
        return Hazard.named("wrong-artifact-version", "another release's artifact was added under the target's number")
                .before(rig -> rig.exchange(rig.product().installedVersion()))
                .held("STEP_FAILED", "n1", "check", "check of n1", "holds not this but ejabberd 23.01")
                .remedy("", rig -> {})
                .ending(Hazard.Ending.ABORT_AND_REPLACE)
                .build();
    }

    private static Hazard artifactChanged() {
        return Hazard.named("wrong-artifact-digest", "what the node starts is not what was unpacked from the artifact")
                .at("install", "n1", END, rig -> {
                    Path marker = rig.node("n1")
                            .release(rig.product().defaultTarget())
                            .resolve(".rota-artifact");
                    Files.copy(marker, rig.directory().resolve("rota-artifact"), StandardCopyOption.REPLACE_EXISTING);
                    Files.writeString(marker, "0".repeat(64) + "\n");
                })
                .held("ARTIFACT_WRONG", "n1", "verify", "n1 runs from 000000000000")
                .remedy(
                        "put the release of n1 back as it was",
                        rig -> Files.copy(
                                rig.directory().resolve("rota-artifact"),
                                rig.node("n1")
                                        .release(rig.product().defaultTarget())
                                        .resolve(".rota-artifact"),
                                StandardCopyOption.REPLACE_EXISTING))
                .build();
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
