package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are put back: of one node under the release that runs, and of a cluster whose new release does not start. */
class RestoreIT {
    @Test
    void theDataOfABackupIsPutBackAndWhatWasThereCanBePutBackAgain(@TempDir Path directory)
            throws IOException, InterruptedException, Unavailable {
        try (Scene scene = new Scene(directory, Optional.empty())) {
            put(scene, "kept", "before the upgrade");
            String before = digest(scene);
            scene.apply(scene.plan("1.1"), Scene.DONE);

            Outcome other = scene.rota().rota("nodes", "restore", "n2", "--accept-loss");
            assertThat(other.exit()).isEqualTo(Scene.REFUSED);
            assertThat(other.output()).contains("NO_BACKUP", "shop-1.1 (1.0,");
            Outcome older = scene.rota().rota("nodes", "restore", "n2", "--backup", "shop-1.1", "--accept-loss");
            assertThat(older.output()).contains("BACKUP_OF_OTHER_RELEASE", "rota plan shop --rollback-of shop-1");

            scene.apply(made(scene, "plan", "shop", "--rollback-of", "shop-1"), Scene.DONE);
            put(scene, "late", "written after the backup");
            String after = digest(scene);
            Outcome silent = scene.rota().rota("nodes", "restore", "n2");
            assertThat(silent.exit()).isEqualTo(Scene.REFUSED);
            assertThat(silent.output()).contains("DATA_LOST", "shop-1.1 of n2", "--accept-loss");
            Outcome dry = scene.rota().rota("nodes", "restore", "n2", "--dry-run");
            assertThat(dry.output()).contains("restore of backup shop-1.1 of n2", "1.0 stays", "all nodes get");

            scene.apply(made(scene, "nodes", "restore", "n2", "--accept-loss"), Scene.DONE);
            scene.assertRuns("1.0");
            assertThat(digest(scene)).isEqualTo(before).isNotEqualTo(after);
            assertThat(Json.text(scene.rota().rollout(), "operation")).isEqualTo("restore");
            assertThat(Json.text(scene.rota().rollout(), "restores")).isEqualTo("shop-1.1 of n2");

            scene.apply(made(scene, "nodes", "restore", "n2", "--backup", "shop-3.1", "--accept-loss"), Scene.DONE);
            assertThat(digest(scene)).isEqualTo(after);
            assertThat(scene.product().get("late")).contains("written after the backup");
        }
    }

    @Test
    void aFullStopThatDoesNotComeUpIsTakenBackWithAllNodesStopped(@TempDir Path directory)
            throws IOException, InterruptedException, Unavailable {
        try (Scene scene = new Scene(directory.resolve("scene"), Optional.of(withoutJoin(directory)))) {
            put(scene, "kept", "before the upgrade");
            String before = digest(scene);
            for (String node : scene.product().nodes()) {
                scene.product().injectFault("start", node, "1.1");
            }
            scene.apply(scene.plan("1.1", "--mode", "full-stop"), Scene.HELD);
            assertThat(Json.text(scene.hold(), "phase")).isEqualTo("start");
            scene.rota().rota("rollouts", "abort", "shop").orThrow("rota rollouts abort");

            Outcome dry = scene.rota().rota("plan", "shop", "--rollback-of", "shop-1", "--dry-run");
            assertThat(dry.output()).contains("a product that does not run is not backed up", "full-stop");
            scene.apply(made(scene, "plan", "shop", "--rollback-of", "shop-1", "--accept-loss"), Scene.DONE);
            scene.assertRuns("1.0");
            assertThat(digest(scene)).isEqualTo(before);
            assertThat(scene.product().get("kept")).contains("before the upgrade");
        }
    }

    /** The nodes stay members while they are stopped, as most products' do. */
    private static Path withoutJoin(Path directory) throws IOException {
        Path builtIn = Path.of(System.getProperty("rota.repository"))
                .resolve("proto/src/main/resources/dev/rota/recipes/sample.yaml");
        String recipe = Files.readString(builtIn)
                .replaceAll("(?s)\n  leave:.*?(?=\n  stop:)", "")
                .replaceAll("(?s)\n  join:.*?(?=\n  verify:)", "");
        Path recipes = Files.createDirectories(directory.resolve("recipes"));
        Files.writeString(recipes.resolve("sample.yaml"), recipe);
        return recipes;
    }

    private static String made(Scene scene, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--stable", "0s", "--gate-every", "200ms", "--output", "json"));
        Outcome plan = scene.rota().rota(all.toArray(String[]::new));
        assertThat(plan.exit()).as(plan.output()).isEqualTo(Scene.DONE);
        return Json.text(Json.parse(plan.output()), "id");
    }

    private static void put(Scene scene, String key, String value) throws InterruptedException {
        assertThat(scene.product().put(key, value)).isTrue();
    }

    private static String digest(Scene scene) throws InterruptedException {
        TreeSet<String> digests = new TreeSet<>(scene.product().digests().values());
        assertThat(digests).hasSize(1);
        return digests.first();
    }
}
