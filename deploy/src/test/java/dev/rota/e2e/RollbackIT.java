package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
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

/** A new release that fails on a node is taken back, under load, and nobody notices; what was rolled back is not tried again unawares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollbackIT {
    private static final int ENDED_BADLY = 6;

    private final Scene scene;

    RollbackIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.empty());
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void byPolicyTheWholeUpgradeIsTakenBack() throws IOException, InterruptedException {
        scene.product().injectFault("start", "n3", "1.1");
        scene.product().startLoad();
        scene.apply(scene.plan("1.1", "--on-failure", "rollback-all"), ENDED_BADLY);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.0");
        JsonObject rollout = scene.rota().rollout();
        assertThat(Json.text(rollout, "state")).isEqualTo("rolled-back");
        assertThat(Json.list(Json.object(rollout, "rollback"), "nodes")).hasToString("[\"n1\",\"n2\",\"n3\"]");
    }

    @Test
    @Order(2)
    void whatWasRolledBackIsRefusedUntilSomebodySaysWhyAgain() throws IOException, InterruptedException {
        Outcome refused = scene.rota().rota("plan", scene.cluster(), "--to", "1.1");
        assertThat(refused.exit()).isEqualTo(Scene.REFUSED);
        assertThat(refused.output()).contains("ROLLED_BACK_BEFORE", "start of n3", "--again");
    }

    @Test
    @Order(3)
    void aPersonTakesTheNodeBackThatHoldsTheRollout() throws IOException, InterruptedException {
        scene.product().heal();
        scene.product().injectFault("join", "n2", "1.1");
        scene.product().startLoad();
        scene.apply(scene.plan("1.1", "--again", "the disk of n3 was replaced"), Scene.HELD);
        assertThat(scene.why()).contains("rota rollouts rollback", "take n2 back to 1.0", "--all");

        scene.rota().rota("rollouts", "rollback", scene.cluster()).orThrow("rota rollouts rollback");
        Outcome watched = scene.rota().rota("rollouts", "watch", scene.cluster());
        assertThat(watched.exit()).as("%s\n%s", watched.output(), scene.why()).isEqualTo(ENDED_BADLY);
        scene.assertNobodyNoticed();
        assertThat(scene.product().verify(Map.of("n1", "1.1", "n2", "1.0", "n3", "1.0")))
                .isEmpty();
        assertThat(scene.why()).contains("n2 went back to 1.0", "stayed n1");
    }

    @Test
    @Order(4)
    void theOthersFollowOnceTheCauseIsGone() throws IOException, InterruptedException {
        scene.product().heal();
        scene.product().startLoad();
        scene.apply(scene.plan("1.1", "--again", "n2 can join"), Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.1");
    }
}
