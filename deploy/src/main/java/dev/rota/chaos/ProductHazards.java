package dev.rota.chaos;

import static dev.rota.crash.Points.BEGIN;
import static dev.rota.crash.Points.END;

import dev.rota.demo.ejabberd.Node;
import dev.rota.demo.ejabberd.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What is known to go wrong with ejabberd's clusters. */
final class ProductHazards {
    private static final int STRAYS = 3;
    /** A member keeps some in memory; with so many it has lost some, or ends. */
    private static final int MISSED = 400;

    private static final int AT_ONCE = 20;

    private ProductHazards() {}

    static List<Hazard> all() {
        return List.of(
                joinThatWipes(),
                emptyNodeInService(),
                splitBrain(),
                lastStoppedFirstStarted(),
                zombie(),
                falseExitCodes(),
                membersDisagree(),
                loneNode(),
                outOfBalancer(),
                wrongCookie(),
                diskWasFull(),
                diskFull());
    }

    private static Hazard joinThatWipes() {
        return Hazard.named(
                        "join-that-wipes",
                        "the node that is to join has accounts of its own, which joining would erase")
                .at("join", "n1", BEGIN, rig -> {
                    for (int i = 0; i < STRAYS; i++) {
                        String account =
                                "{\"user\":\"stray%d\",\"host\":\"localhost\",\"password\":\"secret\"}".formatted(i);
                        if (rig.nodes().ask(rig.node("n1"), "register", account).isEmpty()) {
                            throw new IOException("n1 does not register " + account);
                        }
                    }
                })
                .held("STEP_FAILED", "n1", "join", "join of n1", "passwd")
                .shows("nothing that joining would wipe")
                .remedy("nobody needs these accounts: stop n1 and empty its database", rig -> {
                    Nodes.kill(rig.node("n1"));
                    Rig.wipe(rig.node("n1"));
                })
                .build();
    }

    private static Hazard emptyNodeInService() {
        return Hazard.named("empty-node-in-service", "the balancer has forgotten that the node is out of service")
                .at("start", "n1", BEGIN, rig -> rig.product().balancer().order("ready", rig.node("n1")))
                .held("STEP_FAILED", "n1", "start", "start of n1", "MAINT")
                .shows("the balancer sends no clients to a node that comes up empty")
                .remedy(
                        "take n1 out of the balancer again",
                        rig -> rig.product().balancer().order("maint", rig.node("n1")))
                .build();
    }

    private static Hazard splitBrain() {
        return Hazard.named(
                        "split-brain",
                        "a member nobody reaches was removed, and goes on with its old database: both sides believe they are right")
                .at("backup", "n1", BEGIN, rig -> {
                    Node gone = rig.node("n3");
                    rig.product().balancer().order("maint", gone);
                    rig.nodes().cutOff(gone);
                    rig.command(rig.node("n1"), "leave_cluster", gone.member());
                })
                .held("MEMBERS_DISAGREE", "n1", "drain", "lists", "expected are")
                .shows("n3 lists [")
                .remedy(
                        "empty the database of n3 and let it join again",
                        rig -> rig.joinAnew(rig.node("n3"), rig.node("n1")))
                .build();
    }

    private static Hazard outOfBalancer() {
        return Hazard.named(
                        "out-of-balancer",
                        "somebody has taken a node out of the balancer: it is well and serves nobody")
                .planned(rig -> rig.product().balancer().order("maint", rig.node("n3")))
                .held("STEP_FAILED", "n3", "check", "check of n3")
                .shows("the balancer uses this node")
                .remedy(
                        "put n3 back into the balancer",
                        rig -> rig.product().balancer().order("ready", rig.node("n3")))
                .build();
    }

    private static Hazard lastStoppedFirstStarted() {
        return Hazard.named("last-stopped-first-started", "in a full stop the node that has the data does not start")
                .plan("--mode", "full-stop")
                .before(rig -> StepHazards.breakConfiguration(rig, "n3"))
                .held("STEP_FAILED", "n3", "start", "start of n3")
                .shows("no_such_option")
                .serversDie(0)
                .remedy("correct ejabberd.yml of n3", rig -> {
                    for (String empty : List.of("n1", "n2")) {
                        if (Nodes.runs(rig.node(empty))) {
                            throw new IOException(empty + " was started before n3, which has the data");
                        }
                    }
                    StepHazards.mendConfiguration(rig, "n3");
                })
                .build();
    }

    private static Hazard zombie() {
        return Hazard.named("zombie", "a join that failed has left a machine that runs without ejabberd")
                .at("join", "n1", BEGIN, rig -> {
                    Node node = rig.node("n1");
                    rig.nodes()
                            .ask(
                                    node,
                                    "join_cluster",
                                    "{\"node\":\"" + rig.node("n2").member() + "\"}");
                })
                .held("STEP_FAILED", "n1", "join", "join of n1", "23.04")
                .remedy("kill n1, remove it on n2, empty its database", rig -> {
                    Nodes.kill(rig.node("n1"));
                    rig.command(rig.node("n2"), "leave_cluster", rig.node("n1").member());
                    Rig.wipe(rig.node("n1"));
                })
                .build();
    }

    private static Hazard falseExitCodes() {
        return Hazard.named(
                        "false-exit-codes",
                        "leave_cluster does nothing and ends with 0; join_cluster succeeds and ends with 3")
                .before(rig -> {
                    for (Node node : rig.nodes().all()) {
                        rig.lies().tell(node, "leave_cluster", "exit 0");
                    }
                })
                .held("STEP_FAILED", "n1", "leave", "leave of n1", "members")
                .remedy("have the true ejabberdctl called", rig -> {
                    rig.lies().tellTruth(rig.nodes().all());
                    for (Node node : rig.nodes().all()) {
                        rig.lies().tell(node, "join_cluster", "\"$real\" \"$@\"; exit 3");
                    }
                })
                .build();
    }

    private static Hazard membersDisagree() {
        return Hazard.named("members-disagree", "a node nobody knows of has joined the cluster")
                .planned(rig -> rig.stranger().bringIn(rig.node("n1")))
                .held("MEMBERS_DISAGREE", "n1", "drain", "ejabberd4@localhost")
                .remedy(
                        "ejabberdctl leave_cluster ejabberd4@localhost on n1",
                        rig -> rig.stranger().leave(rig.node("n1")))
                .build();
    }

    private static Hazard loneNode() {
        return Hazard.named("lone-node", "the other two go down: the last one that serves must not be taken out")
                .at("backup", "n1", END, rig -> {
                    Nodes.kill(rig.node("n2"));
                    Nodes.kill(rig.node("n3"));
                })
                .held("NODE_UNHEALTHY", "n1", "drain", "n2 does not serve")
                .serversDie(1)
                .remedy("ejabberdctl start on n2 and n3", rig -> {
                    rig.start(rig.node("n2"));
                    rig.start(rig.node("n3"));
                })
                .build();
    }

    private static Hazard wrongCookie() {
        return Hazard.named("wrong-cookie", "the node's cookie file is not the one it runs with")
                .before(rig -> {
                    Path cookie = cookie(rig);
                    String right = Files.readString(cookie);
                    Files.writeString(rig.directory().resolve("cookie"), right);
                    write(cookie, "another");
                })
                .held("STEP_FAILED", "n2", "check", "check of n2", "ended with exit code 3")
                .shows("cookie")
                .remedy(
                        "put the cookie of n2 back",
                        rig -> write(
                                cookie(rig), Files.readString(rig.directory().resolve("cookie"))))
                .build();
    }

    private static Path cookie(Rig rig) {
        return rig.node("n2").home().resolve(".erlang.cookie");
    }

    private static void write(Path cookie, String text) throws IOException {
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(cookie, text);
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
    }

    private static Hazard diskWasFull() {
        return Hazard.named("disk-was-full", "a member whose disk was full for a while has fewer rows than the others")
                .needsDisks()
                .before(rig -> {
                    Node member = rig.node("n3");
                    Disks.fill(member, 0);
                    for (int i = 0; i < MISSED && rig.estate().alike(); i += AT_ONCE) {
                        rig.estate().register(rig.node("n1"), AT_ONCE);
                    }
                    Disks.empty(member);
                })
                .held("REPLICAS_DIFFER", "n1", "drain", "passwd", "n3")
                .serversDie(2)
                .remedy(
                        "empty the database of n3 and let it join again",
                        rig -> rig.joinAnew(rig.node("n3"), rig.node("n1")))
                .build();
    }

    private static Hazard diskFull() {
        return Hazard.named("disk-full", "one node's disk is below the floor when the rollout begins")
                .needsDisks()
                .before(rig -> Disks.fill(rig.node("n3"), 150 * Disks.MB))
                .held("STEP_FAILED", "n3", "check", "check of n3", "free")
                .remedy("make room on n3", rig -> Disks.empty(rig.node("n3")))
                .build();
    }
}
