package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Things go wrong: the rollout is held with a reason a person understands, the other nodes serve, and it completes when they are mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultIT {
    private final Scene scene;

    FaultIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(directory, Optional.of(Scene.points(directory).recipes()));
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void anArtifactWithAWrongDigestIsNotInstalled() throws IOException, InterruptedException {
        Path artifact = storedArtifact("1.1");
        byte[] good = Files.readAllBytes(artifact);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(artifact, bad);
        scene.apply(scene.plan("1.1"), Scene.HELD);
        assertThat(Json.text(scene.hold(), "phase")).isEqualTo("stage");
        assertThat(scene.why()).containsIgnoringCase("digest");
        scene.assertRuns("1.0");

        Files.write(artifact, good);
        finish();
        scene.assertRuns("1.1");
    }

    @Test
    @Order(2)
    void aStepThatHangsEndsAtItsDeadlineAndOneThatPrintsMegabytesIsCut() throws IOException, InterruptedException {
        scene.product().fault("n1", "noisy-ctl", true);
        scene.product().fault("n2", "hang-start", true);
        scene.product().startLoad();
        scene.apply(scene.plan("1.2"), Scene.HELD);
        JsonObject hold = scene.hold();
        String why = scene.why();
        assertThat(Json.text(hold, "node")).as(why).isEqualTo("n2");
        assertThat(Json.text(hold, "phase")).as(why).isEqualTo("start");
        assertThat(why).contains("n2", "start", "retry");
        assertThat(scene.product().describeNodes().stream().filter(line -> line.contains("ready")))
                .hasSize(2);

        scene.product().fault("n2", "hang-start", false);
        finish();
        scene.assertNobodyNoticed();
        scene.assertRuns("1.2");
        Outcome logs = scene.rota().rota("logs", scene.cluster());
        assertThat(logs.output()).contains("noise").hasSizeLessThan(5_000_000);
        scene.product().fault("n1", "noisy-ctl", false);
    }

    @Test
    @Order(3)
    void nothingIsTouchedWhileTheMembersDisagree() throws IOException, InterruptedException {
        scene.product().fault("n3", "members-disagree", true);
        String plan = scene.plan("2.0", "--gate-retry", "3s");
        scene.apply(plan, Scene.HELD);
        assertThat(scene.why()).contains("ghost");
        scene.assertRunsBut("1.2", "ghost");

        scene.product().fault("n3", "members-disagree", false);
        finish();
        scene.assertRuns("2.0");
    }

    @Test
    @Order(4)
    void anAgentWithTheCertificateOfAnotherNodeIsNotLetIn() throws IOException, InterruptedException {
        scene.rota().stopAgent("n3");
        scene.rota().startAgentWithCertificateOf("n2", "n3");
        await().atMost(Scene.LONG)
                .until(() -> Files.readString(scene.rota().agentLog("n3")), log -> log.contains("certificate"));
        assertThat(connected()).containsExactly("n1", "n2");
    }

    private List<String> connected() throws IOException, InterruptedException {
        JsonObject nodes = Json.parse(
                scene.rota().rota("nodes", scene.cluster(), "--output", "json").orThrow("rota nodes"));
        return Json.list(nodes, "nodes").asList().stream()
                .map(node -> node.getAsJsonObject())
                .filter(node -> Json.flag(node, "connected"))
                .map(node -> Json.text(node, "name"))
                .toList();
    }

    private void finish() throws IOException, InterruptedException {
        scene.rota().rota("rollouts", "retry", scene.cluster()).orThrow("rota rollouts retry");
        Outcome watched = scene.rota().rota("rollouts", "watch", scene.cluster());
        assertThat(watched.exit()).as("%s\n%s", watched.output(), scene.why()).isZero();
    }

    private Path storedArtifact(String version) throws IOException, InterruptedException {
        JsonObject release = Json.parse(scene.rota()
                .rota("releases", "show", "sample", version, "--output", "json")
                .orThrow("rota releases show"));
        String digest = Json.text(release, "sha256");
        try (Stream<Path> files = Files.walk(scene.rota().data().resolve("artifacts"))) {
            return files.filter(file -> file.getFileName().toString().equals(digest))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
