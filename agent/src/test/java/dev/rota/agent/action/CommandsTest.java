package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.TestRecipes;
import dev.rota.agent.exec.PidFile;
import dev.rota.agent.exec.ProcessTable;
import dev.rota.agent.step.Code;
import dev.rota.contract.Condition;
import dev.rota.contract.Phase;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actions run and service. */
class CommandsTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(dir);
    }

    private static Work.Run judged(List<Integer> exit, List<String> expect, List<String> reject, String script) {
        return new Work.Run(
                List.of("sh", "-c", script), Map.of(), Optional.empty(), Optional.empty(), exit, expect, reject);
    }

    @Test
    void judgesExitCodeAndOutput() throws ActionFailure, IOException, InterruptedException {
        bench.perform(judged(List.of(0, 3), List.of("^fin"), List.of("error"), "echo begun; echo fine; exit 3"));
        bench.perform(judged(List.of(), List.of(), List.of(), "exit 42"));
        assertFails(judged(List.of(0, 3), List.of(), List.of(), "exit 4"), Code.EXIT_STATUS, "exit code 4, not 0 or 3");
        assertFails(
                judged(List.of(0), List.of("^ine"), List.of(), "echo fine"), Code.UNEXPECTED_OUTPUT, "lacks '^ine'");
        assertFails(
                judged(List.of(0), List.of(), List.of("Err.r"), "echo Error"), Code.UNEXPECTED_OUTPUT, "has 'Err.r'");
    }

    @Test
    void givesTheRecipesEnvironmentAndNothingOfTheAgents() throws ActionFailure, IOException, InterruptedException {
        Work.Run run = new Work.Run(
                List.of("env"),
                Map.of("OWN", "${node.name}"),
                Optional.of("${root}"),
                Optional.empty(),
                List.of(0),
                List.of(),
                List.of());
        List<String> names = bench.perform(run)
                .output()
                .lines()
                .map(line -> line.split("=", 2)[0])
                .toList();
        assertThat(names)
                .contains("OWN", "ROOT", "PATH", "LANG")
                .isSubsetOf("OWN", "ROOT", "PATH", "LANG", "HOME", "USER", "LOGNAME", "TZ", "PWD", "_");
        assertThat(bench.perform(Bench.run("pwd")).output()).isEqualTo("/\n");
    }

    @Test
    void startsADaemonOnceAndStopsIt() throws ActionFailure, IOException, InterruptedException {
        Work start = service(
                "{start: [sh, -c, 'echo up; sleep 300 & wait'], pid: '${root}/d.pid', log: '${root}/d.log', dir: '${root}'}");
        bench.perform(start);
        PidFile file = new PidFile(dir.resolve("d.pid"));
        long pid = file.running().orElseThrow();
        assertThat(ProcessTable.leadsGroup(pid)).isTrue();
        assertThat(bench.ask(runs(true)).holds()).isTrue();
        bench.perform(start);
        assertThat(file.running().orElseThrow()).isEqualTo(pid);
        await().untilAsserted(() -> assertThat(dir.resolve("d.log")).hasContent("up"));
        bench.perform(stop());
        assertThat(ProcessTable.runs(pid)).isFalse();
        assertThat(dir.resolve("d.pid")).doesNotExist();
        assertThat(bench.ask(runs(false)).holds()).isTrue();
        bench.perform(stop());
    }

    @Test
    void killsADaemonThatDoesNotStop() throws ActionFailure, IOException, InterruptedException {
        bench.file("stubborn", "trap '' TERM; while :; do sleep 0.1; done");
        bench.perform(service("{start: [sh, '${root}/stubborn'], pid: '${root}/d.pid'}"));
        long pid = new PidFile(dir.resolve("d.pid")).running().orElseThrow();
        bench.perform(stop(), Duration.ofSeconds(2));
        assertThat(ProcessTable.runs(pid)).isFalse();
    }

    @Test
    void saysWhatIsWrongWithADaemonThatCannotBeStarted() {
        assertFails(
                service("{start: [/no/such/daemon], pid: '${root}/d.pid'}"),
                Code.EXIT_STATUS,
                "/no/such/daemon: not found");
    }

    @Test
    void doesNotStopALaterProcessOfTheSameNumber() throws ActionFailure, IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        Files.writeString(dir.resolve("d.pid"), self + "\n");
        Files.writeString(dir.resolve("d.pid.started"), "1 " + ProcessTable.bootId() + "\n");
        bench.perform(stop());
        assertThat(ProcessTable.runs(self)).isTrue();
    }

    private static Work stop() {
        return service("{stop: '${root}/d.pid'}");
    }

    private static Condition.ProcessRuns runs(boolean runs) {
        return new Condition.ProcessRuns(Optional.of("${root}/d.pid"), Optional.empty(), runs);
    }

    private static Work service(String form) {
        return Optional.ofNullable(TestRecipes.withPhases("  stop: {do: [{service: " + form + "}]}\n")
                        .phases()
                        .get(Phase.STOP))
                .orElseThrow()
                .actions()
                .get(0)
                .work();
    }

    private void assertFails(Work work, Code code, String message) {
        assertThatThrownBy(() -> bench.perform(work))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
