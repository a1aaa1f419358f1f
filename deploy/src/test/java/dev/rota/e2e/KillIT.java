package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.crash.Points;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the agent and of the coordinator at each phase of one node's turn, and of both at each phase that changes the node, then a
 * restart: the upgrade completes, every operation has run exactly once on every node, no client noticed anything and nothing is lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {
    private static final String NODE = "n2";
    private static final List<String> PHASES = List.of(
            "stage", "check", "backup", "drain", "leave", "stop", "install", "start", "join", "verify", "undrain",
            "cleanup");
    /** Phases that change the node, where a second run would do harm. */
    private static final List<String> EFFECTS =
            List.of("backup", "leave", "stop", "install", "start", "join", "undrain");

    private final Points points;
    private final Scene scene;

    KillIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.points = Scene.points(directory);
        this.scene = new Scene(directory, Optional.of(points.recipes()));
    }

    @AfterAll
    void close() {
        scene.close();
    }

    private interface Kill {
        /** Kills and starts again; {@code executor} is the node whose agent is at the point. */
        void at(String executor, String phase) throws IOException, InterruptedException;
    }

    @Test
    @Order(1)
    void theAgentIsKilledBeforeAnEffect() throws IOException, InterruptedException {
        upgradeKilling("1.1", PHASES, Points.BEGIN, (executor, phase) -> {
            scene.rota().killAgent(executor);
            scene.rota().startAgent(executor);
            points.release(phase, NODE, Points.BEGIN);
        });
    }

    @Test
    @Order(2)
    void theCoordinatorIsKilledAndTheStepGoesOnWithoutIt() throws IOException, InterruptedException {
        upgradeKilling("1.2", PHASES, Points.BEGIN, (executor, phase) -> {
            scene.rota().killCoordinator();
            points.release(phase, NODE, Points.BEGIN);
            scene.rota().startCoordinator();
        });
    }

    @Test
    @Order(3)
    void bothAreKilledAfterAnEffect() throws IOException, InterruptedException {
        upgradeKilling("2.0", EFFECTS, Points.END, (executor, phase) -> {
            scene.rota().killAgent(executor);
            scene.rota().killCoordinator();
            scene.rota().startCoordinator();
            scene.rota().startAgent(executor);
            points.release(phase, NODE, Points.END);
        });
    }

    private void upgradeKilling(String to, List<String> phases, String point, Kill kill)
            throws IOException, InterruptedException {
        Map<String, Integer> before = scene.counted();
        String plan = scene.plan(to);
        for (String phase : phases) {
            points.set(phase, NODE, point);
        }
        scene.product().startLoad();
        scene.begin(plan);
        for (String phase : phases) {
            kill.at(points.awaitReached(phase, NODE, point), phase);
        }
        scene.awaitSucceeded();
        scene.assertNobodyNoticed();
        scene.assertRuns(to);
        assertThat(scene.counted()).isEqualTo(scene.oncePerNode(before));
    }
}
