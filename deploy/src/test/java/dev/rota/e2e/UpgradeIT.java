package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.LoadFigures;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job on the sample product, with the recipe that comes with Rota: one cluster goes through every release. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {
    private final Scene scene;

    UpgradeIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.empty());
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void upgradesNodeByNodeUnderLoad() throws IOException, InterruptedException {
        Map<String, Integer> before = scene.counted();
        String plan = scene.plan("1.1");
        String sameAgain = scene.plan("1.1", "--gate-retry", "9m");
        scene.product().startLoad();
        scene.apply(plan, Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.1");
        assertThat(scene.counted()).isEqualTo(scene.oncePerNode(before));

        JsonObject rollout = scene.rota().rollout();
        assertThat(Json.text(rollout, "mode")).isEqualTo("soft");
        assertThat(Json.text(rollout, "state")).isEqualTo("succeeded");
        assertThat(Json.number(rollout, "productMs")).isPositive();

        refused(plan);
        refused(sameAgain);
    }

    /** A plan that was carried out already, and one that was made for another state of the cluster. */
    private void refused(String plan) throws IOException, InterruptedException {
        Outcome outcome = scene.rota().rota("apply", plan);
        assertThat(outcome.exit()).as(outcome.output()).isEqualTo(Scene.REFUSED);
        assertThat(outcome.output()).isNotBlank();
        scene.assertRuns("1.1");
    }

    @Test
    @Order(2)
    void stopsEverythingWhenItIsAskedTo() throws IOException, InterruptedException {
        String plan = scene.plan("1.2", "--mode", "full-stop");
        scene.product().startLoad();
        scene.apply(plan, Scene.DONE);
        LoadFigures load = scene.product().stopLoad();
        assertThat(load.failedRequests()).isPositive();
        assertThat(load.lostWrites()).isZero();
        scene.assertRuns("1.2");
        assertThat(Json.text(Json.object(scene.rota().rollout(), "reason"), "code"))
                .isEqualTo("OPERATOR_CHOICE");
    }

    @Test
    @Order(3)
    void unknownNamesAreNotFound() throws IOException, InterruptedException {
        assertThat(scene.rota().rota("plan", "nowhere", "--to", "2.0").exit()).isEqualTo(Scene.NOT_FOUND);
        assertThat(scene.rota().rota("plan", scene.cluster(), "--to", "9.9").exit())
                .isEqualTo(Scene.NOT_FOUND);
        assertThat(scene.rota().rota("apply", "0123456789abcdef").exit()).isEqualTo(Scene.NOT_FOUND);
    }

    @Test
    @Order(4)
    void notesDecideAndAPersonConfirmsWhatOnlyAPersonCanDo(@TempDir Path notes)
            throws IOException, InterruptedException {
        Files.writeString(notes.resolve("upgrade_to_2.0.md"), """
                # Upgrading to sample 2.0

                If you use LDAP, stop all nodes before you upgrade.

                Change the schema of MySQL:

                ```sql
                ALTER TABLE buckets ADD COLUMN colour text;
                ```
                """);
        assertThat(scene.rota()
                        .rota("releases", "import", "sample", notes.toString())
                        .exit())
                .isEqualTo(Scene.DONE);
        Outcome unclear = scene.rota().rota("plan", scene.cluster(), "--to", "2.0");
        assertThat(unclear.output()).contains(">> NOTES_UNCLEAR", "upgrade_to_2.0.md:3: ");

        String plan = scene.plan("2.0", "--assume", "ldap=no");
        scene.product().startLoad();
        scene.apply(plan, Scene.HELD);
        Outcome why = scene.rota().rota("why", scene.cluster());
        assertThat(why.output()).contains("MANUAL_STEP", "ALTER TABLE buckets ADD COLUMN colour text;", "confirm");
        assertThat(scene.rota()
                        .rota("rollouts", "confirm", scene.cluster(), "m9")
                        .exit())
                .isEqualTo(Scene.REFUSED);
        assertThat(scene.rota()
                        .rota("rollouts", "confirm", scene.cluster(), "m1")
                        .exit())
                .isEqualTo(Scene.DONE);
        assertThat(scene.rota().rota("rollouts", "watch", scene.cluster()).exit())
                .isEqualTo(Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("2.0");
        assertThat(Json.text(scene.rota().rollout(), "mode")).isEqualTo("soft");
    }
}
