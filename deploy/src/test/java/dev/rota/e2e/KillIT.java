package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
 * kill -9 of the agent, of the coordinator and of both at each phase of one node's turn, then a restart: the upgrade completes, every
 * operation has run exactly once on every node, no client noticed anything and nothing is lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {
    private static final String NODE = "n2";
    private static final String BEGIN = "begin";
    private static final String END = "end";
    private static final List<String> PHASES = List.of(
            "stage", "check", "backup", "drain", "leave", "stop", "install", "start", "join", "verify", "undrain",
            "cleanup");

    private final Holds holds;
    private final Scene scene;

    KillIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.holds = new Holds(directory);
        this.scene = new Scene(directory, Optional.of(holds.recipes()));
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
        upgradeKilling("1.1", BEGIN, (executor, phase) -> {
            scene.rota().killAgent(executor);
            scene.rota().startAgent(executor);
            holds.release(phase, NODE, BEGIN);
        });
    }

    @Test
    @Order(2)
    void theCoordinatorIsKilledAndTheStepGoesOnWithoutIt() throws IOException, InterruptedException {
        upgradeKilling("1.2", BEGIN, (executor, phase) -> {
            scene.rota().killCoordinator();
            holds.release(phase, NODE, BEGIN);
            scene.rota().startCoordinator();
        });
    }

    @Test
    @Order(3)
    void bothAreKilledAfterAnEffect() throws IOException, InterruptedException {
        upgradeKilling("2.0", END, (executor, phase) -> {
            scene.rota().killAgent(executor);
            scene.rota().killCoordinator();
            scene.rota().startCoordinator();
            scene.rota().startAgent(executor);
            holds.release(phase, NODE, END);
        });
    }

    private void upgradeKilling(String to, String point, Kill kill) throws IOException, InterruptedException {
        Map<String, Integer> before = scene.counted();
        String plan = scene.plan(to);
        for (String phase : PHASES) {
            holds.set(phase, NODE, point);
        }
        scene.product().startLoad();
        scene.begin(plan);
        for (String phase : PHASES) {
            kill.at(holds.awaitReached(phase, NODE, point), phase);
        }
        scene.awaitSucceeded();
        scene.assertNobodyNoticed();
        scene.assertRuns(to);
        assertThat(scene.counted()).isEqualTo(scene.oncePerNode(before));
    }
}
