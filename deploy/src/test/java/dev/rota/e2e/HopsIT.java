package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A product that goes through every release: one plan and one rollout take it over two hops, and nobody notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopsIT {
    private final Scene scene;

    HopsIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.of(throughEveryRelease(directory)));
    }

    private static Path throughEveryRelease(Path directory) throws IOException {
        Path recipes = Files.createDirectories(directory.resolve("recipes"));
        try (InputStream in = Recipes.class.getResourceAsStream("/dev/rota/recipes/sample.yaml")) {
            String sample = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    recipes.resolve("sample.yaml"),
                    sample.replace("rule: consecutive-for-soft", "rule: every-release"));
        }
        return recipes;
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    void twoHopsAreOnePlanAndOneRollout() throws IOException, InterruptedException {
        Outcome dry = scene.rota().rota("plan", scene.cluster(), "--to", "1.2", "--dry-run");
        assertThat(dry.output()).contains("1.0 -> 1.1 -> 1.2", "Hop 2 of 2: 1.1 -> 1.2", "Nothing was kept");

        Map<String, Integer> before = scene.counted();
        String plan = scene.plan("1.2");
        scene.product().startLoad();
        scene.apply(plan, Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.2");

        Map<String, Integer> twice = new LinkedHashMap<>(scene.oncePerNode(scene.oncePerNode(before)));
        assertThat(scene.counted()).isEqualTo(twice);
        JsonObject rollout = scene.rota().rollout();
        assertThat(Json.list(rollout, "path")).hasToString("[\"1.0\",\"1.1\",\"1.2\"]");
        assertThat(Json.text(rollout, "mode")).isEqualTo("soft");

        Outcome next = scene.rota().rota("plan", scene.cluster(), "--to", "2.0", "--dry-run", "--output", "json");
        assertThat(Json.number(Json.parse(next.output()), "estimateMs"))
                .as("what was measured a moment ago")
                .isPositive();
    }
}
