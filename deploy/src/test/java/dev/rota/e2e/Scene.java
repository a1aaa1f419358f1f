package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.crash.Points;
import dev.rota.demo.Installation;
import dev.rota.demo.Json;
import dev.rota.demo.LoadFigures;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.SampleProduct;
import dev.rota.demo.Stage;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A coordinator, agents and the sample cluster, running for one test class, and short words for what tests do with them. */
final class Scene implements AutoCloseable {
    static final int DONE = 0;
    static final int REFUSED = 3;
    static final int NOT_FOUND = 4;
    static final int HELD = 7;
    static final Duration LONG = Duration.ofSeconds(90);

    private static final List<String> OPERATIONS = List.of("start", "stop", "backup", "leave", "join");

    private final Stage stage;

    /** Brings everything up, with three nodes of 1.0 and all releases known. */
    Scene(Path directory, Optional<Path> recipes) throws IOException, InterruptedException, Unavailable {
        this(directory, recipes, 3, Map.of(), false);
    }

    /** The same; {@code watched} has the coordinator probe the service and ask a blocker. */
    Scene(Path directory, Optional<Path> recipes, boolean watched)
            throws IOException, InterruptedException, Unavailable {
        this(directory, recipes, 3, Map.of(), watched);
    }

    /** The same with so many nodes, some of which are in zones. */
    Scene(Path directory, Optional<Path> recipes, int nodes, Map<String, String> zones)
            throws IOException, InterruptedException, Unavailable {
        this(directory, recipes, nodes, zones, false);
    }

    private Scene(Path directory, Optional<Path> recipes, int nodes, Map<String, String> zones, boolean watched)
            throws IOException, InterruptedException, Unavailable {
        this.stage = new Stage(repository(), directory, "sample", nodes, recipes);
        stage.rota().zones(zones);
        try {
            if (watched) {
                stage.product().watch();
            }
            stage.bringUp();
            stage.rota().addReleases();
        } catch (IOException | InterruptedException | Unavailable | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private static Path repository() throws IOException {
        return Path.of(System.getProperty("rota.repository")).toRealPath();
    }

    /** A recipe that can be stopped anywhere; the deadline a test has to wait for is short, yet long enough for a JVM to start on a busy machine. */
    static Points points(Path directory) throws IOException {
        return points(directory, UnaryOperator.identity());
    }

    /** The same with a change of the recipe. */
    static Points points(Path directory, UnaryOperator<String> change) throws IOException {
        return new Points(
                repository(), directory, recipe -> change.apply(recipe.replace("within: 20s", "within: 12s")));
    }

    Installation rota() {
        return stage.rota();
    }

    SampleProduct product() {
        return (SampleProduct) stage.product();
    }

    String cluster() {
        return product().cluster();
    }

    /** Makes a plan without waiting times in its gates; returns its id. */
    String plan(String to, String... more) throws IOException, InterruptedException {
        String[] words = new String[more.length + 4];
        System.arraycopy(more, 0, words, 0, more.length);
        words[more.length] = "--stable";
        words[more.length + 1] = "0s";
        words[more.length + 2] = "--gate-every";
        words[more.length + 3] = "200ms";
        return Json.text(rota().plan(to, words), "id");
    }

    /** Carries a plan out to its end; fails with the explanation when it ends otherwise than expected. */
    Outcome apply(String plan, int expected) throws IOException, InterruptedException {
        Outcome outcome = rota().rota("apply", plan, "--wait");
        assertThat(outcome.exit())
                .as("rota apply --wait:\n%s\n%s", outcome.output(), why())
                .isEqualTo(expected);
        return outcome;
    }

    /** Starts a rollout and returns at once. */
    void begin(String plan) throws IOException, InterruptedException {
        rota().rota("apply", plan).orThrow("rota apply");
    }

    /** Waits for the end of the cluster's rollout. */
    JsonObject awaitSucceeded() {
        await("the rollout ends")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the rollout is held", () -> state().equals("held"))
                .until(() -> state().equals("succeeded"));
        return rollout().orElseThrow();
    }

    private String state() {
        return rollout().map(r -> Json.text(r, "state")).orElse("");
    }

    private Optional<JsonObject> rollout() {
        try {
            Outcome outcome = rota().rota("rollouts", "show", cluster(), "--output", "json");
            return outcome.exit() == 0 ? Optional.of(Json.parse(outcome.output())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What {@code rota why} says about the cluster. */
    String why() throws IOException, InterruptedException {
        return rota().rota("why", cluster()).output();
    }

    /** The hold of the cluster's rollout. */
    JsonObject hold() throws IOException, InterruptedException {
        return Json.object(rota().rollout(), "hold");
    }

    /** Names of the nodes that are not in the state "done" or whatever else is given. */
    List<String> nodesNotIn(String nodeState) throws IOException, InterruptedException {
        return Json.list(rota().rollout(), "nodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(node -> !Json.text(node, "state").equals(nodeState))
                .map(node -> Json.text(node, "node"))
                .toList();
    }

    /** How often each node was told to do each operation. */
    Map<String, Integer> counted() throws IOException {
        Map<String, Integer> counted = new LinkedHashMap<>();
        for (String node : product().nodes()) {
            for (String operation : OPERATIONS) {
                counted.put(node + " " + operation, product().counted(node, operation));
            }
        }
        return counted;
    }

    /** What one soft upgrade of every node adds to the counts: everything once, and no stop, since a node that leaves ends by itself. */
    Map<String, Integer> oncePerNode(Map<String, Integer> before) {
        Map<String, Integer> after = new LinkedHashMap<>();
        before.forEach((what, count) -> after.put(what, what.endsWith(" stop") ? count : count + 1));
        return after;
    }

    /** Stops the clients; none may have noticed anything. */
    void assertNobodyNoticed() throws InterruptedException {
        LoadFigures load = product().stopLoad();
        assertThat(load.requests()).isPositive();
        assertThat(load.failedRequests()).as("%s", product().reportExtras()).isZero();
        assertThat(load.lostWrites()).isZero();
    }

    void assertRuns(String version) throws InterruptedException {
        assertThat(product().verify(version)).isEmpty();
    }

    /** Like {@link #assertRuns}, but for what an injected fault makes the nodes say. */
    void assertRunsBut(String version, String fault) throws InterruptedException {
        assertThat(product().verify(version)).allMatch(wrong -> wrong.contains(fault));
    }

    @Override
    public void close() {
        stage.close();
    }
}
