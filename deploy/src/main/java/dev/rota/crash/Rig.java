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
import java.util.function.Predicate;

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
     * Waits until one coordinator leads, all others are with it, every node is connected and serves, and no rollout is under way.
     *
     * @return the name of the leader
     */
    String awaitCalm() throws IOException, InterruptedException {
        return awaitLeader(
                "all coordinators are connected, all nodes are connected and serve",
                status -> complete(status) && calm(status));
    }

    /** The leader, once there is one that has all the others with it. */
    String awaitComplete() throws IOException, InterruptedException {
        return awaitLeader("one coordinator leads all the others", Rig::complete);
    }

    /** The leader, once there is one that a majority confirms. */
    String awaitLeader() throws IOException, InterruptedException {
        return awaitLeader("one coordinator leads", status -> true);
    }

    private String awaitLeader(String what, Predicate<JsonObject> when) throws IOException, InterruptedException {
        String[] leader = {""};
        Until.holds(what, CALM_WITHIN, () -> {
            leader[0] = status().filter(s -> !Json.flag(s, "mayBeOld") && when.test(s))
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

    private static boolean complete(JsonObject status) {
        for (JsonElement coordinator : Json.list(status, "coordinators")) {
            if (!Json.flag(coordinator.getAsJsonObject(), "connected")) {
                return false;
            }
        }
        return true;
    }

    private static boolean calm(JsonObject status) {
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
