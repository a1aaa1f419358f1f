package dev.rota.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.crash.Points;
import dev.rota.demo.Installation;
import dev.rota.demo.Json;
import dev.rota.demo.Network;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.ReleaseFile;
import dev.rota.demo.Stage;
import dev.rota.demo.Unavailable;
import dev.rota.demo.Until;
import dev.rota.demo.ejabberd.EjabberdProduct;
import dev.rota.demo.ejabberd.Node;
import dev.rota.demo.ejabberd.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A coordinator, three agents and a cluster of three ejabberd nodes, which can be put back to where it began. */
final class Rig implements AutoCloseable {
    private static final int NODES = 3;
    private static final Duration MENDED_WITHIN = Duration.ofSeconds(30);

    private final Path directory;
    private final Stage stage;
    private final Points points;
    private final Lies lies;
    private final Stranger stranger;
    private Estate estate;
    private boolean used;

    /** Plans everything below a directory; nothing is started yet. */
    Rig(Path repository, Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.points = new Points(repository, directory, "ejabberd", "${erlang_node}", Deadlines::shorten);
        this.lies = new Lies(directory.resolve("lies"));
        this.stage =
                new Stage(repository, directory, "ejabberd", NODES, Optional.of(points.recipes()), 1, Network.LOOPBACK);
        product().parameters(node -> Map.of("ctl", lies.make(node).toString()));
        this.stranger = new Stranger(nodes(), product().installedVersion());
        this.estate = new Estate(nodes());
    }

    /** Starts everything; returns when every node is seen serving and the releases and their notes are known. */
    void bringUp() throws IOException, InterruptedException, Unavailable {
        Disks.mount(nodes().all());
        stage.bringUp();
        ReleaseFile installed = release(product().installedVersion());
        rota().addRelease(installed).orThrow("rota releases add " + installed.version());
        addTarget(product().defaultTarget());
        rota().rota(
                        "releases",
                        "import",
                        "ejabberd",
                        product().notes().orElseThrow().toString())
                .orThrow("rota releases import");
    }

    /** Adds the target with the artifact of a version, its own or another one. */
    private void addTarget(String artifactOf) throws IOException, InterruptedException {
        ReleaseFile target = release(product().defaultTarget());
        rota().addRelease(ReleaseFile.of(target.version(), release(artifactOf).artifact()))
                .orThrow("rota releases add " + target.version());
    }

    /** Removes the target from the catalogue and adds it with the artifact of that version; what was typed for it. */
    List<String> exchange(String artifactOf) throws IOException, InterruptedException {
        String target = product().defaultTarget();
        rota().rota("releases", "remove", "ejabberd", target).orThrow("rota releases remove");
        addTarget(artifactOf);
        return List.of(
                "rota releases remove ejabberd " + target, "rota releases add ejabberd " + target + " --file ...");
    }

    private ReleaseFile release(String version) {
        return product().releases().stream()
                .filter(r -> r.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    /** Puts the cluster back: whole, empty, of the first release, with every agent connected and no rollout under way. */
    void fresh() throws IOException, InterruptedException {
        if (!used) {
            used = true;
            return;
        }
        lies.tellTruth(nodes().all());
        estate = new Estate(nodes());
        for (Node node : nodes().all()) {
            Disks.empty(node);
            startAgent(node);
        }
        if (!activeRollout().isEmpty()) {
            rota().rota("rollouts", "abort", product().cluster()).orThrow("rota rollouts abort");
        }
        for (Node node : nodes().all()) {
            Nodes.kill(node);
        }
        stranger.end();
        for (Node node : nodes().all()) {
            wipe(node);
            Path current = node.root().resolve("current");
            Files.deleteIfExists(current);
            Files.createSymbolicLink(current, node.release(product().installedVersion()));
        }
        product().balancer().restart(nodes().all());
        nodes().form();
        rota().awaitServing();
        String cluster = product().cluster();
        rota().rota("doctor", cluster, "--fix", "--wait").orThrow("rota doctor --fix");
        rota().rota("nodes", "accept", cluster, "--reason", "put back by hand").orThrow("rota nodes accept");
    }

    private String activeRollout() throws IOException, InterruptedException {
        JsonObject status = Json.parse(rota().rota("status", "--output", "json").orThrow("rota status"));
        for (JsonElement cluster : Json.list(status, "clusters")) {
            return Json.text(cluster.getAsJsonObject(), "activeRollout");
        }
        return "";
    }

    Installation rota() {
        return stage.rota();
    }

    EjabberdProduct product() {
        return (EjabberdProduct) stage.product();
    }

    Nodes nodes() {
        return product().places();
    }

    Node node(String name) {
        return nodes().named(name);
    }

    Points points() {
        return points;
    }

    Lies lies() {
        return lies;
    }

    /** A node Rota knows nothing of. */
    Stranger stranger() {
        return stranger;
    }

    /** What must be found again at the end. */
    Estate estate() {
        return estate;
    }

    Path directory() {
        return directory;
    }

    /** Starts a node's agent if it does not run. */
    void startAgent(Node node) throws IOException {
        if (!rota().agentRuns(node.name())) {
            rota().startAgent(node.name());
        }
    }

    /** Starts a node that does not run, and waits until it answers. */
    void start(Node node) throws IOException, InterruptedException {
        command(node, "start");
        Until.holds(
                node.name() + " answers",
                MENDED_WITHIN,
                () -> nodes().ask(node, "status", "{}").isPresent());
    }

    /** Runs a node's own ejabberdctl, which must succeed. */
    Outcome command(Node node, String... words) throws IOException, InterruptedException {
        Outcome outcome = nodes().control(node, words);
        outcome.orThrow("ejabberdctl " + String.join(" ", words) + " on " + node.name());
        return outcome;
    }

    /** Removes everything a node that does not run has in its database. */
    static void wipe(Node node) throws IOException {
        try (Stream<Path> files = Files.walk(node.spool())) {
            List<Path> all = files.sorted(Comparator.reverseOrder())
                    .filter(f -> !f.equals(node.spool()))
                    .toList();
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    /** What the documentation says for a node whose data are not those of the cluster: away with them, then join again. */
    void joinAnew(Node node, Node through) throws IOException, InterruptedException {
        product().balancer().order("maint", node);
        if (!nodes().members(through).contains(node.member())) {
            Nodes.kill(node);
            start(node);
        }
        Until.holds(
                node.name() + " is connected",
                MENDED_WITHIN,
                () -> nodes().members(through).contains(node.member()));
        command(through, "leave_cluster", node.member());
        Until.holds(node.name() + " has left", MENDED_WITHIN, () -> !Nodes.runs(node));
        wipe(node);
        start(node);
        command(node, "join_cluster", through.member());
        Until.holds(node.name() + " is a member again", MENDED_WITHIN, () -> {
            for (Node each : nodes().all()) {
                if (nodes().members(each).size() != NODES) {
                    return false;
                }
            }
            return true;
        });
        for (Node each : nodes().all()) {
            command(each, "clear_cache");
        }
        product().balancer().order("ready", node);
    }

    @Override
    public void close() {
        stranger.end();
        stage.close();
        try {
            Disks.unmount(nodes().all());
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
