package dev.rota.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Condition;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionsTest {
    @TempDir
    Path dir;

    private Bench bench = new Bench(Path.of("/"));

    @BeforeEach
    void open() {
        bench = new Bench(dir);
    }

    private static Work.Run shell(String script) {
        return Bench.run("sh", "-c", script);
    }

    @Test
    void commands() throws InterruptedException {
        assertThat(bench.ask(new Condition.CommandAnswers(shell("exit 0"))).holds())
                .isTrue();
        Conditions.Answer no = bench.ask(new Condition.CommandAnswers(shell("echo because; exit 1")));
        assertThat(no.holds()).isFalse();
        assertThat(no.found()).contains("exit code 1, not 0: because");
        assertThat(bench.ask(new Condition.CommandAnswers(Bench.run("/no/such")))
                        .holds())
                .isFalse();
    }

    @Test
    void saysARequestOrACommandOnce() throws InterruptedException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(5), Clock.systemUTC());
        assertThat(new Conditions(bench.context)
                        .missing(List.of(new Condition.CommandAnswers(shell("echo because; exit 1"))), deadline))
                .contains("'sh -c echo because; exit 1' ended with exit code 1, not 0: because");
    }

    @Test
    void aCommandThatHangsIsKilledAndDoesNotHold() throws IOException, InterruptedException {
        Deadline soon = Deadline.in(Duration.ofMillis(300), Clock.systemUTC());
        Condition condition = new Condition.CommandAnswers(shell("echo $$ > \"$ROOT/pid\"; sleep 300; sleep 300"));
        Conditions.Answer answer = new Conditions(bench.context).ask(condition, soon);
        assertThat(answer.holds()).isFalse();
        assertThat(answer.found()).contains("did not end within");
        long pid = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
        assertThat(dev.rota.agent.exec.ProcessTable.groupRuns(pid)).isFalse();
    }

    @Test
    void whatACommandLeavesBehindDoesNotDelayTheAnswer() throws IOException, InterruptedException {
        Condition condition = new Condition.CommandAnswers(shell("sleep 300 & echo $! > \"$ROOT/pid\"; echo x"));
        assertThat(bench.ask(condition).holds()).isTrue();
        long pid = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
        assertThat(dev.rota.agent.exec.ProcessTable.runs(pid)).isTrue();
        dev.rota.agent.exec.Signals.send("KILL", pid, dev.rota.agent.exec.RunAs.self());
    }

    @Test
    void filesAndLinks() throws IOException, InterruptedException {
        bench.file("there", "x");
        Files.createSymbolicLink(dir.resolve("link"), Path.of("there"));
        assertThat(bench.ask(new Condition.FileThere("${root}/there", true)).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.FileThere("${root}/none", true)).found())
                .isEqualTo("it is not there");
        assertThat(bench.ask(new Condition.FileThere("${root}/none", false)).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.LinkPoints("${root}/link", "there")).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.LinkPoints("${root}/link", "other")).found())
                .isEqualTo("it points at there");
        assertThat(bench.ask(new Condition.LinkPoints("${root}/there", "there")).found())
                .isEqualTo("it is no symbolic link");
    }

    @Test
    void members() throws IOException, InterruptedException {
        Condition lacks = new Condition.MemberListed("m-n2", false);
        assertThat(bench.ask(lacks).holds())
                .as("what cannot be asked does not hold")
                .isFalse();
        bench.file("members", "");
        assertThat(bench.ask(lacks).holds())
                .as("an empty answer proves nothing")
                .isFalse();
        bench.file("members", "m-n1\n");
        assertThat(bench.ask(lacks).holds()).isTrue();
        assertThat(bench.ask(new Condition.MemberListed("${node.member}", true)).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.MemberListed("m-n3", true)).found()).isEqualTo("members are m-n1");
    }

    @Test
    void versions() throws IOException, InterruptedException {
        bench.file("version", "product 1.10\n");
        assertThat(bench.ask(new Condition.VersionRuns("1.10")).holds()).isTrue();
        assertThat(bench.ask(new Condition.VersionRuns("1.10.0")).holds()).isTrue();
        assertThat(bench.ask(new Condition.VersionRuns("1.1")).found()).isEqualTo("version 1.10 runs");
        bench.file("version", "none");
        assertThat(bench.ask(new Condition.VersionRuns("1.1")).found()).contains("found nothing about the version");
    }

    @Test
    void processesByCommandLine() throws ActionFailure, IOException, InterruptedException {
        String unique = "rota-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        Condition runs = new Condition.ProcessRuns(Optional.empty(), Optional.of(unique + "$"), true);
        assertThat(bench.ask(runs).holds()).isFalse();
        Process process = new ProcessBuilder("sh", "-c", "sleep 300; :", unique).start();
        try {
            assertThat(bench.ask(runs).holds()).isTrue();
            // the wrapper of a command that has the same words is not the process that is meant
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        bench.perform(Bench.run("sh", "-c", "sleep 300 & echo $! > \"$ROOT/pid\"", unique));
        long daemon = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
        try {
            assertThat(bench.ask(runs).holds())
                    .as("a wrapper around the command is not the process")
                    .isFalse();
        } finally {
            dev.rota.agent.exec.Signals.send("KILL", daemon, dev.rota.agent.exec.RunAs.self());
        }
    }

    @Test
    void space() throws InterruptedException {
        assertThat(bench.ask(new Condition.DiskFree("${root}/not/there/yet", 1)).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.DiskFree("${root}", Long.MAX_VALUE)).found())
                .contains("bytes are free");
    }

    @Test
    void everyKindIsAnsweredAndExpanded() throws InterruptedException {
        List<Condition> one = List.of(
                new Condition.CommandAnswers(Bench.run("true")),
                new Condition.HttpAnswers(Bench.get("http://127.0.0.1:1/")),
                new Condition.TcpPort("127.0.0.1:1", true),
                new Condition.FileThere("/", true),
                new Condition.MemberListed("x", true),
                new Condition.ProcessRuns(Optional.empty(), Optional.of("${root}"), true),
                new Condition.LinkPoints("/", "/"),
                new Condition.VersionRuns("1"),
                new Condition.DiskFree("/", 1));
        assertThat(one.stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(
                        List.<Class<?>>copyOf(Arrays.asList(Condition.class.getPermittedSubclasses())));
        for (Condition condition : one) {
            assertThat(bench.ask(condition).found()).isNotEmpty();
        }
        assertThat(new Actions().kinds())
                .containsExactlyInAnyOrderElementsOf(
                        List.<Class<?>>copyOf(Arrays.asList(Work.class.getPermittedSubclasses())).stream()
                                .<Class<? extends Work>>map(c -> c.asSubclass(Work.class))
                                .toList());
    }

    @Test
    void anObservationSaysWhatItKnowsAndWhatNot() throws IOException, InterruptedException {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            bench.file("version", "1.2");
            bench.file("replicas", "a 1\nb 2\n");
            bench.file("healthy", "");
            bench.file("current/.rota-artifact", "ab".repeat(32) + "\n");
            Observer.Seen seen = new Observer(bench.context, pool).look(true);
            assertThat(seen.version()).isEqualTo("1.2");
            assertThat(seen.artifact()).isEqualTo("ab".repeat(32));
            assertThat(seen.unhealthy()).isEmpty();
            assertThat(seen.members()).isEmpty();
            assertThat(seen.replicas()).contains(new java.util.TreeMap<>(Map.of("a", "1", "b", "2")));
            assertThat(seen.problems()).hasSize(1);
            assertThat(seen.problems().get(0)).startsWith("members: cannot ask for the members: 'cat ");
            assertThat(new Observer(bench.context, pool).look(false).replicas()).isEmpty();
            assertThat(seen.master()).as("it was not asked").isEmpty();
            bench.file("leader", "m-n2\n");
            assertThat(new Observer(bench.context, pool).look(false, true).master())
                    .contains("m-n2");
        } finally {
            pool.shutdownNow();
        }
    }
}
