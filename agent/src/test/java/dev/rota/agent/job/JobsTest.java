package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.exec.RunAs;
import dev.rota.agent.exec.Signals;
import dev.rota.contract.Values;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {
    @TempDir
    Path dir;

    private Optional<Scene> scene = Optional.empty();

    @AfterEach
    void stop() {
        scene.ifPresent(Scene::close);
    }

    private Scene scene(String actions) {
        Scene made = new Scene(dir, actions);
        scene = Optional.of(made);
        return made;
    }

    private static StepResult ran(Scene s) throws IOException {
        s.jobs().run(s.order());
        await().atMost(Duration.ofSeconds(30)).until(() -> !s.results.isEmpty());
        return s.results.get(0);
    }

    @Test
    void runsActionsInOrderAndReportsOutputTimesAndFacts() throws IOException {
        Files.writeString(dir.resolve("precious"), "data");
        Scene s = scene("""
                - title: say so
                  run: [sh, -c, 'echo one; sleep 0.1']
                - archive: {paths: ["${root}/precious"], to: "${backup.dir}/b.tar.gz"}
                - run: [echo, "${node.member} of ${rollout.id}"]
                """);
        StepResult result = ran(s);
        assertThat(result.getMessage()).isEmpty();
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(result.getOutputTail()).isEqualTo("== say so\none\n== run echo\nm-n1 of r1\n");
        assertThat(result.getCommandMs()).isBetween(90, 30_000);
        assertThat(result.getFactsMap())
                .containsEntry("backup.files", "1")
                .containsEntry("backup.verified", "true")
                .containsEntry("backup.path", dir + "/data/backups/r1/n1/b.tar.gz");
        assertThat(result.getFinishedAt().getSeconds())
                .isGreaterThanOrEqualTo(result.getStartedAt().getSeconds());
        assertThat(s.progress.stream().map(p -> p.getAction()).distinct().toList())
                .containsExactly("say so", "archive " + dir + "/precious", "run echo");
        assertThat(s.progress).allMatch(p -> p.getActionCount() == 3);
    }

    @Test
    void anOrderToUndoCarriesOutWhatUndoesThePhase() throws IOException {
        Scene s = Scene.undone(dir, """
                - run: [touch, "${root}/held"]
                """, """
                - run: [rm, "${root}/held"]
                """);
        scene = Optional.of(s);
        Jobs jobs = s.jobs();
        jobs.run(s.order("check"));
        await().atMost(Duration.ofSeconds(30)).until(() -> s.results.size() == 1);
        assertThat(dir.resolve("held")).exists();
        RunStep.Builder undo = s.order("check").toBuilder().setUndo(true);
        undo.getIdBuilder().setAttempt(2);
        jobs.run(undo.build());
        await().atMost(Duration.ofSeconds(30)).until(() -> s.results.size() == 2);
        assertThat(s.results.get(1).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(dir.resolve("held")).doesNotExist();

        jobs.run(s.order("stop").toBuilder().setUndo(true).build());
        await().atMost(Duration.ofSeconds(30)).until(() -> s.results.size() == 3);
        assertThat(s.results.get(2).getCode()).isEqualTo("NO_PHASE");
        assertThat(s.results.get(2).getMessage()).contains("no undo of phase stop");
    }

    @Test
    void skipsWhatIsAlreadyDone() throws IOException {
        Files.createFile(dir.resolve("done"));
        Scene s = scene("""
                - run: [sh, -c, 'echo ran > "$ROOT/ran"']
                  unless: [{file: "${root}/done"}]
                """);
        assertThat(ran(s).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(dir.resolve("ran")).doesNotExist();
    }

    @Test
    void countsTheWaitForTheProof() throws IOException {
        Scene s = scene("""
                - run: [sh, -c, '(sleep 0.3; echo x > "$ROOT/proof") > /dev/null 2>&1 &']
                  until: [{file: "${root}/proof"}]
                  every: 10ms
                """);
        StepResult result = ran(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(result.getWaitMs()).isBetween(150, 30_000);
    }

    @Test
    void countsTheProductsAnswersToUnless() throws IOException {
        Scene s = scene("""
                - run: ["true"]
                  unless: [{run: [sleep, "0.2"], exit: [1]}]
                - run: ["true"]
                  unless: [{run: [sleep, "0.2"]}]
                - run: ["true"]
                  unless: [{file: "${root}/nothing"}]
                """);
        StepResult result = ran(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
        assertThat(result.getWaitMs()).isBetween(390, 30_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit: [3]", "until: [{file: '${root}/nothing'}]"})
    void showsTheEndOfTheLogOfACommandThatFailedOrIsNotProven(String fails) throws IOException {
        Files.writeString(dir.resolve("shop.log"), "unknown option: no_such_option\n");
        Scene s = scene("""
                - run: [echo, "as if"]
                  log: "${root}/shop.log"
                  within: 300ms
                  %s
                """.formatted(fails));
        assertThat(ran(s).getOutputTail()).contains("as if\n").contains("no_such_option");
    }

    @Test
    void saysWhatWasNotProven() throws IOException {
        Files.writeString(dir.resolve("members"), "m-n1\nm-n2\n");
        Scene s = scene("""
                - title: leave
                  run: [echo, "as if"]
                  until: [{members: {lacks: m-n2}}]
                  within: 300ms
                """);
        StepResult result = ran(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_FAILED);
        assertThat(result.getCode()).isEqualTo("NOT_PROVEN");
        assertThat(result.getFailedAction()).isEqualTo("leave");
        assertThat(result.getMessage())
                .startsWith("members lack m-n2: members are m-n1, m-n2 (not so after ")
                .endsWith(")");
        assertThat(result.getOutputTail()).contains("as if");
    }

    @Test
    void stopsACommandAtItsDeadline() throws IOException {
        Scene s = scene("- run: [sh, -c, 'echo begun; sleep 300']\n  within: 300ms\n");
        StepResult result = ran(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_TIMED_OUT);
        assertThat(result.getCode()).isEqualTo("TIMED_OUT");
        assertThat(result.getOutputTail()).contains("begun");
    }

    @Test
    void keepsToTheWholeStepsTime() throws IOException {
        Scene s = scene("- run: [sleep, \"300\"]\n- run: [sleep, \"300\"]\n");
        s.jobs().run(s.order().toBuilder().setTimeoutMs(300).build());
        await().until(() -> !s.results.isEmpty());
        assertThat(s.results.get(0).getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_TIMED_OUT);
        assertThat(s.results.get(0).getFailedAction()).isEqualTo("run sleep");
    }

    @Test
    void stopsAtTheFirstActionThatFails() throws IOException {
        Scene s = scene("""
                - title: breaks
                  run: [sh, -c, 'echo why; exit 3']
                - run: [sh, -c, 'echo ran > "$ROOT/ran"']
                """);
        StepResult result = ran(s);
        assertThat(result.getCode()).isEqualTo("EXIT_STATUS");
        assertThat(result.getMessage()).contains("exit code 3, not 0: why");
        assertThat(result.getFailedAction()).isEqualTo("breaks");
        assertThat(dir.resolve("ran")).doesNotExist();
    }

    @Test
    void showsOutputWhileACommandRuns() throws IOException {
        Scene s = scene("- run: [sh, -c, 'echo visible; while [ ! -e \"$ROOT/go\" ]; do sleep 0.02; done']\n");
        s.jobs().run(s.order());
        await().until(() -> s.progress.stream().anyMatch(p -> p.getOutput().contains("visible")));
        assertThat(s.results).isEmpty();
        Files.createFile(dir.resolve("go"));
        await().until(() -> !s.results.isEmpty());
    }

    @Test
    void runsStepsOfSeveralNodesAtOnce() throws IOException {
        Scene s = scene("- run: [sh, -c, 'while [ ! -e \"$ROOT/go-${node.name}\" ]; do sleep 0.02; done']\n");
        Jobs jobs = s.jobs();
        RunStep other = s.order().toBuilder()
                .setId(Scene.ID.toBuilder().setNode("n2"))
                .putValues("node.name", "n2")
                .build();
        jobs.run(s.order());
        jobs.run(other);
        Files.createFile(dir.resolve("go-n2"));
        await().until(() -> !s.results.isEmpty());
        assertThat(s.results.get(0).getId().getNode()).isEqualTo("n2");
        Files.createFile(dir.resolve("go-n1"));
        await().until(() -> s.results.size() == 2);
    }

    @Test
    void refusesMoreThanItCanCarry() throws IOException, InterruptedException {
        Scene s = scene("- run: [sleep, \"300\"]\n");
        Jobs jobs = s.jobs();
        for (int i = 1; i <= 17; i++) {
            jobs.run(s.order().toBuilder()
                    .setId(Scene.ID.toBuilder().setNode("n" + i))
                    .build());
        }
        assertThat(s.results).hasSize(1);
        assertThat(s.results.get(0).getCode()).isEqualTo("BUSY");
        assertThat(s.results.get(0).getId().getNode()).isEqualTo("n17");
        for (int i = 1; i <= 16; i++) {
            Path pid = dir.resolve("data/jobs/r1/n" + i + ".stop.1/a0/pid");
            await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
            Signals.sendGroup("KILL", Long.parseLong(Files.readString(pid).split(" ", 2)[0]), RunAs.self());
        }
        await().until(() -> s.results.size() == 17);
    }

    @Test
    void keepsOnlySoManyAcknowledgedSteps() throws IOException {
        Scene s = scene("- run: [\"true\"]\n");
        Jobs jobs = s.jobs();
        for (int i = 1; i <= 15; i++) {
            StepId id = Scene.ID.toBuilder().setAttempt(i).build();
            jobs.run(s.order().toBuilder().setId(id).build());
            int sofar = i;
            await().until(() -> s.results.size() == sofar);
            jobs.acknowledge(id);
        }
        try (var left = Files.list(dir.resolve("data/jobs/r1"))) {
            assertThat(left.map(p -> String.valueOf(p.getFileName())).toList())
                    .hasSize(10)
                    .contains("n1.stop.15", "n1.stop.6");
        }
    }

    @Test
    void refusesWhatItCouldNotDoBeforeItBegins() throws IOException {
        Scene s = scene("- run: [echo, \"${release.version}\"]\n");
        StepResult result = ran(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_REFUSED);
        assertThat(result.getCode()).isEqualTo("MISSING_VALUE");
        assertThat(result.getMessage()).contains("release.version");
        assertThat(s.jobPath()).doesNotExist();
    }

    @Test
    void everyHopHasABackupOfItsOwn() throws IOException {
        Files.writeString(dir.resolve("precious"), "1.0");
        Scene s = scene("- archive: {paths: [\"${root}/precious\"], to: \"${backup.dir}/b.tar.gz\"}\n");
        Jobs jobs = s.jobs();
        jobs.run(s.order().toBuilder().putValues(Values.HOP_ID, "r1.1").build());
        await().atMost(Duration.ofSeconds(30)).until(() -> s.results.size() == 1);
        Files.writeString(dir.resolve("precious"), "1.1, and longer");
        jobs.run(s.order().toBuilder()
                .setId(Scene.ID.toBuilder().setAttempt(2))
                .putValues(Values.HOP_ID, "r1.2")
                .build());
        await().atMost(Duration.ofSeconds(30)).until(() -> s.results.size() == 2);

        assertThat(s.results)
                .extracting(r -> r.getFactsMap().get("backup.path"))
                .containsExactly(dir + "/data/backups/r1.1/n1/b.tar.gz", dir + "/data/backups/r1.2/n1/b.tar.gz");
        assertThat(s.results)
                .extracting(r -> r.getFactsMap().get("backup.sha256"))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesThatCouldLeaveTheDirectoryAreRefused() throws IOException {
        Scene s = scene("- run: [\"true\"]\n");
        Jobs jobs = s.jobs();
        List<StepId> evil = List.of(
                Scene.ID.toBuilder().setRolloutId("..").build(),
                Scene.ID.toBuilder().setRolloutId("a/b").build(),
                Scene.ID.toBuilder().setNode("../n1").build(),
                Scene.ID.toBuilder().setNode("").build(),
                Scene.ID.toBuilder().setPhase("no-such").build(),
                Scene.ID.toBuilder().setAttempt(0).build());
        for (StepId id : evil) {
            jobs.run(s.order().toBuilder().setId(id).build());
        }
        jobs.run(s.order().toBuilder().putValues(Values.HOP_ID, "../../etc").build());
        assertThat(s.results).hasSize(evil.size() + 1).allMatch(r -> r.getCode().equals("BAD_REQUEST"));
    }

    @Test
    void theTermOnlyRises() throws IOException {
        Terms terms = new Terms(dir);
        assertThat(terms.admit(5)).isTrue();
        assertThat(terms.admit(5)).isTrue();
        assertThat(terms.admit(4)).isFalse();
        assertThat(new Terms(dir).highest()).isEqualTo(5);
        Files.writeString(dir.resolve("term"), "garbage");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new Terms(dir)))
                .hasMessageContaining("garbage");
    }
}
