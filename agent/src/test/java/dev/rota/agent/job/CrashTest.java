package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.exec.CommandLine;
import dev.rota.agent.exec.JobCommand;
import dev.rota.agent.exec.ProcessTable;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.exec.Signals;
import dev.rota.agent.step.JobState;
import dev.rota.agent.step.Ledger;
import dev.rota.wire.agent.v1.StepOutcome;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that died at each point of a step, and what the next one makes of the directory it finds. */
class CrashTest {
    private static final String COUNT = "sh, -c, 'echo first >> \"$ROOT/count\"'";
    private static final String TWO_ACTIONS = """
            - run: [%s]
            - run: [sh, -c, 'echo second >> "$ROOT/count"']
            """.formatted(COUNT);
    private static final String GUARDED = """
            - run: [%s]
              unless: [{file: "${root}/done"}]
            """.formatted(COUNT);
    private static final String OTHER_BOOT = "00000000-0000-0000-0000-000000000000";

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

    private static JobDirectory accepted(Scene scene) throws IOException {
        JobDirectory directory = new JobDirectory(scene.jobPath());
        directory.create(scene.order());
        return directory;
    }

    private static JobState working(int index, String boot) {
        Instant now = Instant.now();
        return new JobState.Working(index, 0, now, boot, Ledger.begin(now));
    }

    private static StepResult resumed(Scene scene) throws IOException {
        scene.jobs().resume();
        await().atMost(Duration.ofSeconds(30)).until(() -> !scene.results.isEmpty());
        assertThat(scene.results).hasSize(1);
        return scene.results.get(0);
    }

    private static void assertDone(StepResult result) {
        assertThat(result.getMessage()).isEmpty();
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_DONE);
    }

    private CommandLine command(String script) {
        return new CommandLine(
                List.of("sh", "-c", script),
                Map.of("ROOT", dir.toString()),
                Optional.empty(),
                Optional.empty(),
                RunAs.self());
    }

    @Test
    void beforeTheOrderWasWritten() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        Files.createDirectories(s.jobPath());
        s.jobs().resume();
        assertThat(s.results).isEmpty();
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void afterTheOrderWasWritten() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        accepted(s);
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("first", "second");
    }

    @Test
    void afterTheIntentBeforeTheCommandStarted() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        accepted(s).save(working(0, ProcessTable.bootId()));
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("first", "second");
    }

    @Test
    void whileTheCommandRuns() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(0, ProcessTable.bootId()));
        JobCommand earlier = new JobCommand(directory.action(0, 0));
        earlier.start(command("while [ ! -e \"$ROOT/go\" ]; do sleep 0.02; done; echo first >> \"$ROOT/count\""), 4096);
        await().until(() -> earlier.status() == JobCommand.Status.RUNNING);
        s.jobs().resume();
        await().until(() -> !s.progress.isEmpty());
        Files.createFile(dir.resolve("go"));
        await().until(() -> !s.results.isEmpty());
        assertDone(s.results.get(0));
        assertThat(s.lines("count")).containsExactly("first", "second");
    }

    @Test
    void whileTheWrapperIsJustStarting() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(0, ProcessTable.bootId()));
        // the agent died between spawning the wrapper and its pid file: both wrappers race, one of them runs the
        // command
        new JobCommand(directory.action(0, 0)).start(command("echo first >> \"$ROOT/count\""), 4096);
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("first", "second");
    }

    @Test
    void afterTheCommandEnded() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(0, ProcessTable.bootId()));
        JobCommand earlier = new JobCommand(directory.action(0, 0));
        earlier.start(command("echo first >> \"$ROOT/count\"; sleep 0.1"), 4096);
        await().until(() -> earlier.status() == JobCommand.Status.EXITED);
        StepResult result = resumed(s);
        assertDone(result);
        assertThat(result.getCommandMs()).isGreaterThanOrEqualTo(90);
        assertThat(s.lines("count")).containsExactly("first", "second");
    }

    @Test
    void afterTheCommandFailed() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(0, ProcessTable.bootId()));
        JobCommand earlier = new JobCommand(directory.action(0, 0));
        earlier.start(command("echo no; exit 5"), 4096);
        await().until(() -> earlier.status() == JobCommand.Status.EXITED);
        StepResult result = resumed(s);
        assertThat(result.getCode()).isEqualTo("EXIT_STATUS");
        assertThat(result.getMessage()).contains("exit code 5");
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void betweenTwoActions() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(new JobState.Asking(1, 0, Ledger.begin(Instant.now())));
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("second");
    }

    @Test
    void whileTheProofWasAwaited() throws IOException {
        Scene s = scene("""
                - run: [%s]
                  until: [{file: "${root}/proof"}]
                """.formatted(COUNT));
        JobDirectory directory = accepted(s);
        Instant now = Instant.now();
        directory.save(new JobState.Proving(0, 0, now, now, Ledger.begin(now)));
        Files.createFile(dir.resolve("proof"));
        assertDone(resumed(s));
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void aProofWhoseTimeIsOverIsStillLookedForOnce() throws IOException {
        Scene s = scene("""
                - wait: true
                  until: [{file: "${root}/proof"}]
                  within: 1s
                """);
        JobDirectory directory = accepted(s);
        Instant before = Instant.now().minusSeconds(30);
        directory.save(new JobState.Proving(0, 0, before, before, Ledger.begin(before)));
        Files.createFile(dir.resolve("proof"));
        assertDone(resumed(s));
    }

    @Test
    void theHostWentDownAndTheWorkIsDone() throws IOException {
        Scene s = scene(GUARDED);
        JobDirectory directory = accepted(s);
        directory.save(working(0, OTHER_BOOT));
        Path a0 = Files.createDirectories(directory.action(0, 0));
        Files.writeString(a0.resolve("pid"), "1 1 " + OTHER_BOOT + "\n");
        Files.createFile(dir.resolve("done"));
        assertDone(resumed(s));
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void theHostWentDownAndTheWorkIsNotDone() throws IOException {
        Scene s = scene(GUARDED);
        JobDirectory directory = accepted(s);
        directory.save(working(0, OTHER_BOOT));
        Path a0 = Files.createDirectories(directory.action(0, 0));
        Files.writeString(a0.resolve("pid"), "1 1 " + OTHER_BOOT + "\n");
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("first");
        assertThat(directory.action(0, 1)).isDirectory();
    }

    @Test
    void theHostWentDownAndTookTheTracesAlong() throws IOException {
        Scene s = scene(GUARDED);
        accepted(s).save(working(0, OTHER_BOOT));
        Files.createFile(dir.resolve("done"));
        assertDone(resumed(s));
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void theHostWentDownAfterTheCommandLeftItsExitCode() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(0, OTHER_BOOT));
        Path a0 = Files.createDirectories(directory.action(0, 0));
        Files.writeString(a0.resolve("pid"), "1 1 " + OTHER_BOOT + "\n");
        Files.writeString(a0.resolve("rc"), "0      \n");
        assertDone(resumed(s));
        assertThat(s.lines("count")).containsExactly("second");
    }

    @Test
    void workThatCannotBePickedUpIsDoneAgain() throws IOException {
        Scene s = scene("- link: {path: \"${root}/current\", to: \"${root}/new\"}\n");
        Files.createDirectory(dir.resolve("new"));
        Files.createSymbolicLink(dir.resolve("current"), dir.resolve("old"));
        accepted(s).save(working(0, ProcessTable.bootId()));
        assertDone(resumed(s));
        assertThat(Files.readSymbolicLink(dir.resolve("current"))).isEqualTo(dir.resolve("new"));
    }

    @Test
    void aCommandWhoseTimeIsOverIsStopped() throws IOException {
        Scene s = scene("- run: [sleep, \"300\"]\n  within: 1s\n");
        JobDirectory directory = accepted(s);
        Instant before = Instant.now().minusSeconds(5);
        directory.save(new JobState.Working(0, 0, before, ProcessTable.bootId(), Ledger.begin(before)));
        JobCommand earlier = new JobCommand(directory.action(0, 0));
        earlier.start(command("echo begun; sleep 300"), 4096);
        await().until(() -> earlier.status() == JobCommand.Status.RUNNING);
        StepResult result = resumed(s);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_TIMED_OUT);
        assertThat(ProcessTable.groupRuns(earlier.group().orElseThrow())).isFalse();
    }

    @Test
    void afterTheResultWasWritten() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.save(working(1, ProcessTable.bootId()));
        directory.finish(StepResult.newBuilder()
                .setId(Scene.ID)
                .setOutcome(StepOutcome.STEP_OUTCOME_DONE)
                .build());
        Jobs jobs = s.jobs();
        jobs.resume();
        assertThat(jobs.unacknowledged()).hasSize(1);
        assertThat(jobs.open()).containsExactly(Scene.ID);
        assertThat(s.lines("count")).isEmpty();
        jobs.run(s.order());
        assertThat(s.results).hasSize(1);
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void afterTheResultWasAcknowledged() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(s);
        directory.finish(StepResult.newBuilder()
                .setId(Scene.ID)
                .setOutcome(StepOutcome.STEP_OUTCOME_DONE)
                .build());
        directory.ack();
        Jobs jobs = s.jobs();
        jobs.resume();
        assertThat(jobs.unacknowledged()).isEmpty();
        jobs.run(s.order());
        assertThat(s.results).hasSize(1);
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void theRecipeWasChangedMeanwhile() throws IOException {
        Scene before = scene(TWO_ACTIONS);
        JobDirectory directory = accepted(before);
        directory.save(new JobState.Asking(1, 0, Ledger.begin(Instant.now())));
        Scene after = scene("- run: [%s]\n".formatted(COUNT));
        StepResult result = resumed(after);
        assertThat(result.getOutcome()).isEqualTo(StepOutcome.STEP_OUTCOME_FAILED);
        assertThat(result.getCode()).isEqualTo("RECIPE_MISMATCH");
        assertThat(after.lines("count")).isEmpty();
    }

    @Test
    void aBrokenStateIsNotGuessedAround() throws IOException {
        Scene s = scene(TWO_ACTIONS);
        accepted(s);
        new StepFile(s.jobPath().resolve("step"))
                .append(StepFile.Kind.STATE, "format=1\nstate=working\n".getBytes(StandardCharsets.UTF_8));
        StepResult result = resumed(s);
        assertThat(result.getCode()).isEqualTo("IO_ERROR");
        assertThat(s.lines("count")).isEmpty();
    }

    @Test
    void aCommandKilledFromOutsideFailsTheStep() throws IOException, InterruptedException {
        Scene s = scene("- run: [sleep, \"300\"]\n");
        s.jobs().run(s.order());
        JobCommand command = new JobCommand(s.jobPath().resolve("a0"));
        await().until(() -> command.group().isPresent());
        Signals.sendGroup("KILL", command.group().orElseThrow(), RunAs.self());
        await().until(() -> !s.results.isEmpty());
        assertThat(s.results.get(0).getCode()).isEqualTo("COMMAND_LOST");
    }

    @Test
    void anActionThatTheNextOneMadeUnrepeatableIsNotRepeated() throws IOException {
        // an archive leaves nothing a restarted agent could pick up, and its input is gone once the next action has run
        Scene s = scene("""
                - archive: {paths: ["${root}/plain"], to: "${root}/kept.tar.gz"}
                - remove: {paths: ["${root}/plain"]}
                - wait: true
                  until: [{file: "${root}/go"}]
                """);
        Path plain = Files.writeString(dir.resolve("plain"), "data");
        Jobs first = s.jobs();
        first.run(s.order());
        await().until(() -> Files.notExists(plain));
        first.close();
        Files.createFile(dir.resolve("go"));
        assertDone(resumed(s));
        assertThat(dir.resolve("kept.tar.gz")).exists();
    }
}
