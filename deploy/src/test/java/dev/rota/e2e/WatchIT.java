package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator watches the sample product from outside: what it measures is reported, a blocker vetoes, a budget stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchIT {
    private static final Pattern UNTIL = Pattern.compile("let no node pass until (\\S+)");

    private final Scene scene;

    WatchIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.empty(), true);
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void anUpgradeNobodyNoticedIsReportedAsSuch() throws IOException, InterruptedException {
        scene.product().startLoad();
        scene.apply(scene.plan("1.1", "--downtime-budget", "0s", "--failed-probes", "0"), Scene.DONE);
        scene.assertNobodyNoticed();
        scene.assertRuns("1.1");

        JsonObject probe = Json.object(scene.rota().rollout(), "probe");
        JsonObject total = Json.object(probe, "total");
        assertThat(Json.number(total, "probes")).isGreaterThan(5);
        assertThat(Json.number(total, "failed")).isZero();
        assertThat(Json.number(total, "unavailableMs")).isZero();
        assertThat(Json.list(probe, "batches").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .flatMap(b -> Json.list(b, "nodes").asList().stream())
                        .map(JsonElement::getAsString))
                .contains("n1", "n2", "n3");
        String report = scene.rota().rota("rollouts", "report", scene.cluster()).orThrow("rota rollouts report");
        assertThat(report).contains("Outside probe").containsPattern("unavailable +0 ms");
    }

    @Test
    @Order(2)
    void aBlockerVetoesTheNextNodeAndThenYieldsAndTheCoordinatorIsKilledMeanwhile()
            throws IOException, InterruptedException {
        Files.writeString(scene.product().alert(), "");
        scene.begin(scene.plan("1.2"));
        await().atMost(Scene.LONG).until(scene::why, why -> why.contains("BLOCKED"));
        assertThat(scene.why()).contains("blocker alerts lets no node be taken out", "exit status 1");
        assertThat(scene.rota().rota("status").output()).contains("BLOCKED");
        scene.assertRuns("1.1");
        String until = until(scene.why());
        scene.rota().killCoordinator();
        scene.rota().startCoordinator();
        await().atMost(Scene.LONG).until(scene::why, why -> why.contains("BLOCKED"));
        assertThat(until(scene.why())).as("the clock goes on").isEqualTo(until);

        Files.delete(scene.product().alert());
        JsonObject rollout = scene.awaitSucceeded();
        scene.assertRuns("1.2");
        JsonObject total = Json.object(Json.object(rollout, "probe"), "total");
        assertThat(Json.number(total, "failed")).isZero();
        assertThat(Json.number(total, "unwatchedMs"))
                .as("nobody watched while it was away")
                .isPositive();
        assertThat(rollout.toString()).contains("blocker alerts lets no node be taken out: exit status 1");
    }

    @Test
    @Order(3)
    void aBlockerThatDoesNotYieldHoldsTheRollout() throws IOException, InterruptedException {
        Files.writeString(scene.product().alert(), "");
        scene.apply(scene.plan("2.0", "--blocked-limit", "1s"), Scene.HELD);
        assertThat(Json.text(scene.hold(), "code")).isEqualTo("BLOCKED");
        scene.assertRuns("1.2");

        Files.delete(scene.product().alert());
        scene.rota().rota("rollouts", "abort", scene.cluster()).orThrow("rota rollouts abort");
        scene.assertRuns("1.2");
    }

    @Test
    @Order(4)
    void aSpentBudgetStopsTheRolloutAndWhatIsOutGoesOnUntilItServes() throws IOException, InterruptedException {
        scene.apply(scene.plan("2.0", "--mode", "full-stop", "--failed-probes", "0"), Scene.HELD);
        assertThat(Json.text(scene.hold(), "code")).isEqualTo("BUDGET_EXCEEDED");
        await().atMost(Scene.LONG).pollInterval(Duration.ofMillis(200)).until(() -> outOfService(), List::isEmpty);
        scene.assertRuns("2.0");
        assertThat(scene.why()).contains("BUDGET_EXCEEDED", "probes have failed, the budget is 0");

        scene.rota().rota("rollouts", "retry", scene.cluster()).orThrow("rota rollouts retry");
        Outcome watched = scene.rota().rota("rollouts", "watch", scene.cluster());
        assertThat(watched.exit()).as("%s\n%s", watched.output(), scene.why()).isZero();
        JsonObject total = Json.object(Json.object(scene.rota().rollout(), "probe"), "total");
        assertThat(Json.number(total, "failed")).isPositive();
        assertThat(Json.number(total, "unavailableMs")).isPositive();
        assertThat(Json.number(total, "longestGapMs")).isPositive();
    }

    private static String until(String why) {
        Matcher m = UNTIL.matcher(why.replaceAll("\\s+", " "));
        assertThat(m.find()).as(why).isTrue();
        return m.group(1);
    }

    private List<String> outOfService() throws IOException, InterruptedException {
        return Json.list(scene.rota().rollout(), "nodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(node -> Json.flag(node, "outOfService"))
                .map(node -> Json.text(node, "node"))
                .toList();
    }
}
