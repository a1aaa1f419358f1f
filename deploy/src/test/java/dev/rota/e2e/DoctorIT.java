package dev.rota.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.rota.demo.Http;
import dev.rota.demo.Json;
import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What an aborted rollout leaves over is listed and brought back through the health gate; what is changed behind Rota's back is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorIT {
    private static final Duration JOINED_WITHIN = Duration.ofSeconds(30);
    private static final String CHECK = "        run: [\"${ctl}\", \"${root}\", check]\n";
    private static final String HOLD = """
                  - run: [touch, "${root}/held"]
                undo:
                  - run: [rm, -f, "${root}/held"]
            """;
    private static final String ANNOUNCE = """
              announce:
                within: 30s
                do:
                  - run: [touch, "${root}/maintenance"]
                undo:
                  - run: [rm, -f, "${root}/maintenance"]
            """;

    private final Scene scene;

    DoctorIT(@TempDir Path directory) throws IOException, InterruptedException, Unavailable {
        this.scene = new Scene(
                directory, Optional.of(Scene.points(directory, DoctorIT::undone).recipes()));
    }

    /** Packages are held while a rollout is under way, and a maintenance page is shown. */
    private static String undone(String recipe) {
        return recipe.replace(CHECK, CHECK + HOLD).replace("  backup:\n", ANNOUNCE + "  backup:\n");
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void aNodeThatAnAbortLeavesDrainedAndStoppedComesBackThroughItsHealthGate()
            throws IOException, InterruptedException {
        assertThat(doctor()).isEmpty();
        scene.product().fault("n2", "hang-start", true);
        scene.apply(scene.plan("1.1"), Scene.HELD);
        assertThat(Json.text(scene.hold(), "node")).isEqualTo("n2");
        assertThat(sideEffects()).containsExactly("n1/held", "n1/maintenance", "n2/held", "n3/held");
        scene.rota().rota("rollouts", "abort", scene.cluster()).orThrow("rota rollouts abort");

        await("what can be undone at any time is undone")
                .atMost(Scene.LONG)
                .until(() -> sideEffects().isEmpty());
        await("the rollout ends")
                .atMost(Scene.LONG)
                .until(() -> doctor().equals(List.of("DRAINED n2", "OUTSIDE n2", "STOPPED n2")));
        Outcome nothing = scene.rota().rota("doctor", scene.cluster(), "--fix", "--wait");
        assertThat(nothing.exit()).as(nothing.output()).isEqualTo(Scene.HELD);
        assertThat(nothing.output()).contains("Nothing is repaired.").contains("rule 4");
        assertThat(scene.rota().rota("plan", scene.cluster(), "--to", "1.1").exit())
                .isEqualTo(Scene.REFUSED);

        scene.product().fault("n2", "hang-start", false);
        scene.product().startNode("n2");
        assertThat(Http.post(scene.product().url("n2") + "/admin/join?peer=n1", JOINED_WITHIN))
                .isPresent();
        Outcome drained = scene.rota().rota("plan", scene.cluster(), "--to", "1.1");
        assertThat(drained.exit()).as(drained.output()).isEqualTo(Scene.REFUSED);
        assertThat(drained.output()).contains("LEFT_OVER").contains("rota doctor " + scene.cluster());

        Outcome fixed = scene.rota().rota("doctor", scene.cluster(), "--fix", "--wait");
        assertThat(fixed.exit()).as("%s\n%s", fixed.output(), scene.why()).isZero();
        assertThat(fixed.output()).contains("undrain");
        assertThat(doctor()).isEmpty();
        scene.apply(scene.plan("1.1"), Scene.DONE);
        scene.assertRuns("1.1");
        assertThat(sideEffects()).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsChangedBehindRotasBackIsShownAndAcceptedByAPerson() throws IOException, InterruptedException {
        Path current = scene.product().home("n3").resolve("current");
        Path good = Files.readSymbolicLink(current);
        Files.delete(current);
        Files.createSymbolicLink(current, good.resolveSibling("1.0"));
        await("the drift is shown")
                .atMost(Scene.LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> doctor().equals(List.of("DRIFT n3")));
        assertThat(scene.rota().rota("status").output()).contains("DRIFT: 1 node is");
        assertThat(scene.rota().rota("nodes", scene.cluster()).output()).contains("DRIFT: runs from artifact");
        Outcome refused = scene.rota().rota("plan", scene.cluster(), "--to", "1.2");
        assertThat(refused.exit()).isEqualTo(Scene.REFUSED);
        assertThat(refused.output()).contains("DRIFT").contains("rota nodes accept " + scene.cluster());

        Files.delete(current);
        Files.createSymbolicLink(current, good);
        scene.rota()
                .rota("nodes", "accept", "n3", "--reason", "linked back by hand")
                .orThrow("rota nodes accept");
        assertThat(doctor()).isEmpty();
        scene.apply(scene.plan("1.2"), Scene.DONE);
        scene.assertRuns("1.2");
    }

    private List<String> sideEffects() {
        return Stream.of("n1", "n2", "n3")
                .flatMap(n -> Stream.of("held", "maintenance")
                        .filter(f -> Files.exists(scene.product().home(n).resolve(f)))
                        .map(f -> n + "/" + f))
                .toList();
    }

    /** Code and node of every problem of the cluster. */
    private List<String> doctor() throws IOException, InterruptedException {
        Outcome outcome = scene.rota().rota("doctor", scene.cluster(), "--output", "json");
        JsonObject found = Json.parse(outcome.output());
        List<String> problems = Json.list(found, "problems").asList().stream()
                .map(p -> p.getAsJsonObject())
                .map(p -> Json.text(p, "code") + " " + Json.text(p, "node"))
                .toList();
        assertThat(outcome.exit()).isEqualTo(problems.isEmpty() ? Scene.DONE : Scene.HELD);
        return problems;
    }
}
