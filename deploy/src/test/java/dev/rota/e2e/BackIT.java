package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole rollout is taken back: softly under load, and from a full stop with the data of its backups. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackIT {
    private final Scene scene;

    BackIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.empty());
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void aSoftUpgradeIsTakenBackNodeByNodeAndNobodyNotices() throws IOException, InterruptedException {
        scene.product().startLoad();
        scene.apply(scene.plan("1.1"), Scene.DONE);

        Outcome dry = scene.rota().rota("plan", scene.cluster(), "--rollback-of", scene.cluster(), "--dry-run");
        assertThat(dry.output())
                .contains("1.1 -> 1.0", ">> TAKES_BACK", "nothing that was written is lost", "take back n3");
        scene.apply(back(), Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.0");
        assertThat(Json.text(scene.rota().rollout(), "operation")).isEqualTo("rollback");
        assertThat(Json.text(scene.rota().rollout(), "mode")).isEqualTo("soft");
    }

    @Test
    @Order(2)
    void aFullStopIsTakenBackWithTheDataOfItsBackup() throws IOException, InterruptedException {
        put("kept", "before the upgrade");
        String before = digest();
        scene.apply(again("--mode", "full-stop"), Scene.DONE);
        put("kept", "changed after the upgrade");
        put("late", "written after the upgrade");
        assertThat(digest()).isNotEqualTo(before);
        assertThat(Json.text(scene.rota().rollout(), "reversibility")).isEqualTo("with-restore");

        Outcome dry = scene.rota().rota("plan", scene.cluster(), "--rollback-of", scene.cluster(), "--dry-run");
        assertThat(dry.output()).contains("everything written since the backup of", "is lost", "full-stop");
        scene.apply(back(), Scene.DONE);
        scene.assertRuns("1.0");
        assertThat(digest()).isEqualTo(before);
        assertThat(value("kept")).contains("before the upgrade");
        assertThat(value("late")).isEmpty();
    }

    @Test
    @Order(3)
    void theBackupsAreListed() throws IOException, InterruptedException {
        Outcome list = scene.rota().rota("nodes", "backups", scene.cluster(), "--output", "json");
        List<JsonObject> backups = Json.list(Json.parse(list.output()), "backups").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(backups).hasSizeGreaterThanOrEqualTo(9).allSatisfy(b -> {
            assertThat(b.get("verified").getAsBoolean()).isTrue();
            assertThat(Path.of(Json.text(b, "path"))).exists();
            assertThat(Json.text(b, "problem")).isEmpty();
        });
        TreeSet<String> nodes = new TreeSet<>();
        backups.forEach(b -> nodes.add(Json.text(b, "node")));
        assertThat(nodes).containsExactlyElementsOf(scene.product().nodes());
    }

    @Test
    @Order(4)
    void aBackupThatHasChangedStopsTheWayBackBeforeAnythingIsStopped() throws IOException, InterruptedException {
        scene.apply(again("--mode", "full-stop"), Scene.DONE);
        String plan = back();
        String hop = Json.text(scene.rota().rollout(), "id") + ".1";
        Outcome list = scene.rota().rota("nodes", "backups", scene.cluster(), "--output", "json");
        for (JsonElement e : Json.list(Json.parse(list.output()), "backups")) {
            if (Json.text(e.getAsJsonObject(), "hop").equals(hop)) {
                Path archive = Path.of(Json.text(e.getAsJsonObject(), "path"));
                byte[] bytes = Files.readAllBytes(archive);
                bytes[bytes.length / 2] ^= 1;
                Files.write(archive, bytes);
            }
        }
        scene.apply(plan, Scene.HELD);
        assertThat(Json.text(scene.hold(), "code")).isEqualTo("BACKUP_CHANGED");
        assertThat(Json.text(scene.hold(), "phase")).isEqualTo("check");
        assertThat(scene.why()).contains("BACKUP_CHANGED", "rota rollouts abort");
        scene.assertRuns("1.1");
    }

    private String again(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--again", "the cause is gone"));
        return scene.plan("1.1", all.toArray(String[]::new));
    }

    private String back() throws IOException, InterruptedException {
        Outcome plan = scene.rota()
                .rota(
                        "plan",
                        scene.cluster(),
                        "--rollback-of",
                        scene.cluster(),
                        "--accept-loss",
                        "--stable",
                        "0s",
                        "--gate-every",
                        "200ms",
                        "--output",
                        "json");
        assertThat(plan.exit()).as(plan.output()).isEqualTo(Scene.DONE);
        return Json.text(Json.parse(plan.output()), "id");
    }

    private void put(String key, String value) throws IOException, InterruptedException {
        assertThat(scene.product().put(key, value)).isTrue();
    }

    private Optional<String> value(String key) throws InterruptedException {
        return scene.product().get(key);
    }

    private String digest() throws InterruptedException {
        TreeSet<String> digests = new TreeSet<>(scene.product().digests().values());
        assertThat(digests).hasSize(1);
        return digests.first();
    }
}
