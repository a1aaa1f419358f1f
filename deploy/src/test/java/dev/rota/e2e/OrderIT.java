package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.contract.Recipes;
import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Five nodes in two zones: a canary and a pause, nodes side by side, the one that leads last; under load, and nobody notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrderIT {
    private static final int ENDED_BADLY = 6;
    private static final Map<String, String> ZONES = Map.of("n1", "a", "n2", "b", "n3", "a", "n4", "b", "n5", "b");

    private final Scene scene;

    OrderIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.of(whoLeads(directory)), 5, ZONES);
    }

    /** The recipe that asks who leads. */
    private static Path whoLeads(Path directory) throws IOException {
        Path recipes = Files.createDirectories(directory.resolve("recipes"));
        try (InputStream in = Recipes.class.getResourceAsStream("/dev/rota/recipes/sample.yaml")) {
            String sample = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    recipes.resolve("sample.yaml"),
                    sample.replace(
                            "\nhealth:\n",
                            "\nmaster: {http: {get: \"${url}/leader\"}, capture: '^(?<member>\\S+)$'}\nhealth:\n"));
        }
        return recipes;
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void theRolloutPausesAfterTheCanaryAndWhoeverWaitsIsTold() throws IOException, InterruptedException {
        String plan = scene.plan(
                "1.1", "--max-unavailable", "40%", "--min-serving", "50%", "--canary", "1", "--pause-after", "canary");
        Outcome shown = scene.rota().rota("plan", "show", plan);
        assertThat(shown.output())
                .contains("at most 2 nodes out of service (40%), at least 3 nodes serving (50%)")
                .contains("will stop after the 1st failure")
                .contains("after the canary n2")
                .containsSubsequence(
                        "canary 1 of 1",
                        "side by side with n5 of zone b",
                        "side by side with n4 of zone b",
                        "zone a",
                        "it leads the others, so it goes last");

        scene.product().startLoad();
        Outcome held = scene.apply(plan, Scene.HELD);
        assertThat(held.output()).contains("PAUSED_AFTER_CANARY", "rota rollouts resume");
        assertThat(scene.why())
                .contains("PAUSED_AFTER_CANARY", "n2 runs 1.1 and has been healthy since", "next: n4, n5");
    }

    @Test
    @Order(2)
    void theOthersFollowSideBySideZoneByZone() throws IOException, InterruptedException {
        scene.rota().rota("rollouts", "resume", scene.cluster()).orThrow("rota rollouts resume");
        Outcome watched = scene.rota().rota("rollouts", "watch", scene.cluster());

        assertThat(watched.exit()).as("%s\n%s", watched.output(), scene.why()).isEqualTo(Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.1");
        assertThat(overlap("n4", "n5")).as("n4 and n5 were out at once").isTrue();
        for (List<String> pair :
                List.of(List.of("n2", "n4"), List.of("n2", "n5"), List.of("n5", "n3"), List.of("n3", "n1"))) {
            assertThat(overlap(pair.get(0), pair.get(1)))
                    .as("%s were out at once", pair)
                    .isFalse();
        }
        assertThat(out("n1", "drain")).as("the one that leads is the last").isAfter(out("n3", "undrain"));
    }

    @Test
    @Order(3)
    void aNodeGoesBackWhileTheOneBesideItComesUp() throws IOException, InterruptedException {
        scene.product().injectFault("start", "n5", "1.2");
        scene.product().startLoad();
        String plan = scene.plan("1.2", "--max-unavailable", "2", "--canary", "n2", "--on-failure", "rollback-node");
        scene.apply(plan, ENDED_BADLY);
        scene.assertNobodyNoticed();
        assertThat(scene.product().verify(Map.of("n1", "1.1", "n2", "1.2", "n3", "1.1", "n4", "1.2", "n5", "1.1")))
                .isEmpty();
        assertThat(scene.why()).contains("n5 went back to 1.1", "stayed n2, n4");
    }

    private boolean overlap(String a, String b) throws IOException, InterruptedException {
        return out(a, "drain").isBefore(out(b, "undrain")) && out(b, "drain").isBefore(out(a, "undrain"));
    }

    /** When the drain of a node began, or its undrain was done. */
    private Instant out(String node, String phase) throws IOException, InterruptedException {
        String what = phase.equals("drain") ? "startedAt" : "finishedAt";
        for (JsonElement n : Json.list(scene.rota().rollout(), "nodes")) {
            JsonObject o = n.getAsJsonObject();
            if (!Json.text(o, "node").equals(node)) {
                continue;
            }
            for (JsonElement step : Json.list(o, "steps")) {
                if (Json.text(step.getAsJsonObject(), "phase").equals(phase)) {
                    return Instant.parse(Json.text(step.getAsJsonObject(), what));
                }
            }
        }
        throw new AssertionError("no " + phase + " of " + node);
    }
}
