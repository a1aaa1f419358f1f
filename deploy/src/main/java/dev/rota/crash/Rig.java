package dev.rota.crash;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.demo.Coordinators;
import dev.rota.demo.Installation;
import dev.rota.demo.Json;
import dev.rota.demo.Network;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.SampleProduct;
import dev.rota.demo.Stage;
import dev.rota.demo.Unavailable;
import dev.rota.demo.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Three coordinators, three agents and the sample cluster, running, with all releases known. */
final class Rig implements AutoCloseable {
    static final int COORDINATORS = 3;

    private static final int NODES = 3;
    private static final Duration CALM_WITHIN = Duration.ofSeconds(60);

    private final Stage stage;
    private final Points points;
    private final Optional<Namespaces> namespaces;

    /** Plans everything below a directory; nothing is started yet. */
    Rig(Path repository, Path directory, Optional<Namespaces> namespaces) throws IOException {
        Files.createDirectories(directory);
        this.namespaces = namespaces;
        this.points = new Points(
                repository, directory, recipe -> recipe.replaceFirst("\nphases:", "\ndowngrade: true\nphases:"));
        this.stage = new Stage(
                repository,
                directory,
                "sample",
                NODES,
                Optional.of(points.recipes()),
                COORDINATORS,
                namespaces.<Network>map(n -> n).orElse(Network.LOOPBACK));
    }

    /** Starts everything; returns when every node is seen serving. */
    void bringUp() throws IOException, InterruptedException, Unavailable {
        stage.bringUp();
        stage.rota().addReleases();
    }

    Installation rota() {
        return stage.rota();
    }

    Coordinators coordinators() {
        return stage.rota().coordinators();
    }

    SampleProduct product() {
        return (SampleProduct) stage.product();
    }

    Points points() {
        return points;
    }

    Path directory() {
        return stage.directory();
    }

    Optional<Namespaces> namespaces() {
        return namespaces;
    }

    /**
     * Waits until one coordinator leads and sees every node connected and serving, with no rollout under way.
     *
     * @return the name of the leader
     */
    String awaitCalm() throws IOException, InterruptedException {
        String[] leader = {""};
        Until.holds("one leads, all nodes are connected and serve", CALM_WITHIN, () -> {
            Optional<JsonObject> status = status();
            leader[0] = status.filter(Rig::calm)
                    .map(s -> Json.text(s, "leaderName"))
                    .orElse("");
            return !leader[0].isEmpty();
        });
        return leader[0];
    }

    /** The leader, once there is one that a majority confirms. */
    String awaitLeader() throws IOException, InterruptedException {
        String[] leader = {""};
        Until.holds("one coordinator leads", CALM_WITHIN, () -> {
            leader[0] = status().filter(s -> !Json.flag(s, "mayBeOld"))
                    .map(s -> Json.text(s, "leaderName"))
                    .orElse("");
            return !leader[0].isEmpty();
        });
        return leader[0];
    }

    private Optional<JsonObject> status() throws IOException, InterruptedException {
        Outcome outcome = rota().rota("status", "--output", "json");
        return outcome.exit() == 0 ? Optional.of(Json.parse(outcome.output())) : Optional.empty();
    }

    private static boolean calm(JsonObject status) {
        if (Json.flag(status, "mayBeOld")) {
            return false;
        }
        for (JsonElement cluster : Json.list(status, "clusters")) {
            JsonObject c = cluster.getAsJsonObject();
            if (Json.number(c, "serving") != NODES
                    || Json.number(c, "connected") != NODES
                    || !Json.text(c, "activeRollout").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        stage.close();
    }
}
