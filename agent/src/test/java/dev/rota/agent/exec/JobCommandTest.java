package dev.rota.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
    private static final long KEEP = 4096;

    @TempDir
    Path dir;

    @Test
    void passesArgumentsOnExactlyAsTheyAre() throws IOException {
        List<String> odd = List.of("a b", "$HOME", "`id`", "*", "", "'\"", "-n", "line\nbreak", "ü");
        List<String> argv = new ArrayList<>(List.of("printf", "<%s>"));
        argv.addAll(odd);
        JobCommand job = ran(command(argv));
        assertThat(job.output().text(4096)).isEqualTo("<" + String.join("><", odd) + ">");
    }

    @Test
    void keepsExitCodeOutputAndTimes() throws IOException {
        JobCommand job = ran(shell("echo out; echo err >&2; exit 7"));
        assertThat(job.exitCode()).isEqualTo(7);
        assertThat(job.output().text(4096)).isEqualTo("out\nerr\n");
        assertThat(job.endedAt().orElseThrow()).isAfterOrEqualTo(job.startedAt().orElseThrow());
        assertThat(job.wrapperErrors()).isEmpty();
    }

    @Test
    void runsOnceHoweverOftenItIsStarted() throws IOException, InterruptedException {
        Path count = dir.resolve("count");
        JobCommand job = new JobCommand(dir.resolve("a0"));
        List<Process> wrappers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            wrappers.add(job.start(shell("echo once >> " + count + "; exit 3"), KEEP));
        }
        for (Process wrapper : wrappers) {
            wrapper.waitFor();
        }
        awaitExit(job);
        assertThat(Files.readAllLines(count)).containsExactly("once");
        assertThat(job.exitCode()).isEqualTo(3);
    }

    @Test
    void givesStandardInputOrNothing() throws IOException {
        CommandLine given =
                new CommandLine(List.of("cat"), Map.of(), Optional.empty(), Optional.of("to be read"), RunAs.self());
        assertThat(ran(given).output().text(4096)).isEqualTo("to be read");
        assertThat(ran("a1", command(List.of("cat"))).output().text(4096)).isEmpty();
    }

    @Test
    void aDaemonLeftBehindDoesNotDelayTheEnd() throws IOException, InterruptedException {
        Path pid = dir.resolve("daemon.pid");
        JobCommand job = ran(shell("echo before; sleep 300 & echo $! > " + pid + "; echo after"));
        long daemon = Long.parseLong(Files.readString(pid).strip());
        try {
            assertThat(job.status()).isEqualTo(JobCommand.Status.EXITED);
            assertThat(job.output().text(4096)).isEqualTo("before\nafter\n");
            assertThat(ProcessTable.runs(daemon)).isTrue();
        } finally {
            Signals.send("KILL", daemon, RunAs.self());
        }
    }

    @Test
    void aDaemonLeftBehindMayGoOnWriting() throws IOException, InterruptedException {
        Path pid = dir.resolve("daemon.pid");
        Path wrote = dir.resolve("wrote");
        String daemonScript =
                "(sleep 0.2; i=0; while [ $i -lt 500 ]; do echo noise-noise-noise-noise; i=$((i+1)); done; echo done > "
                        + wrote + "; sleep 300) & echo $! > " + pid;
        JobCommand job = ran(shell(daemonScript));
        try {
            await().until(() -> Files.exists(wrote));
            assertThat(job.exitCode()).isZero();
        } finally {
            Signals.sendGroup("KILL", job.group().orElseThrow(), RunAs.self());
        }
    }

    @Test
    void boundsWhatItKeepsOfALotOfOutput() throws IOException {
        JobCommand job = ran(shell("i=0; while [ $i -lt 40000 ]; do echo line $i; i=$((i+1)); done; echo the end"));
        String text = job.output().text((int) KEEP);
        assertThat(text)
                .startsWith("line 0\nline 1\n")
                .endsWith("line 39999\nthe end\n")
                .contains("output cut");
        assertThat(text).hasSizeLessThan(4 * (int) KEEP);
        long kept = 0;
        try (var files = Files.list(dir.resolve("a0"))) {
            for (Path file : files.toList()) {
                kept += Files.size(file);
            }
        }
        assertThat(kept).isLessThan(3 * (KEEP + 65536) + 4096);
    }

    @Test
    void tellsWhatCannotBeStartedByItsExitCode() throws IOException {
        JobCommand job = ran(command(List.of("/no/such/program")));
        assertThat(job.exitCode()).isEqualTo(127);
        assertThat(job.output().text(4096)).contains("/no/such/program");
    }

    @Test
    void endKillsWholeGroupAlsoWhatIgnoresTerm() throws IOException, InterruptedException {
        JobCommand job = new JobCommand(dir.resolve("a0"));
        Path ready = dir.resolve("ready");
        job.start(shell("trap '' TERM; echo hello; echo x > " + ready + "; sleep 300; sleep 300"), KEEP);
        await().until(() -> Files.exists(ready));
        job.end(Duration.ofMillis(200));
        assertThat(ProcessTable.groupRuns(job.group().orElseThrow())).isFalse();
        assertThat(job.output().text(4096)).contains("hello");
    }

    @Test
    void endLetsACommandEndByItselfAndKeepsWhatItSays() throws IOException, InterruptedException {
        JobCommand job = new JobCommand(dir.resolve("a0"));
        Path ready = dir.resolve("ready");
        String script = "trap 'echo bye; exit 9' TERM; echo x > " + ready + "; while :; do sleep 0.05; done";
        job.start(shell(script), KEEP);
        await().until(() -> Files.exists(ready));
        job.end(Duration.ofSeconds(10));
        awaitExit(job);
        assertThat(job.exitCode()).isEqualTo(9);
        assertThat(job.output().text(4096)).endsWith("bye\n");
    }

    @Test
    void survivesWithoutTheOneThatStartedIt() throws IOException {
        JobCommand job = new JobCommand(dir.resolve("a0"));
        assertThat(job.status()).isEqualTo(JobCommand.Status.ABSENT);
        Path go = dir.resolve("go");
        job.start(shell("while [ ! -e " + go + " ]; do sleep 0.02; done; exit 4"), KEEP);
        await().until(() -> job.status() == JobCommand.Status.RUNNING);
        JobCommand later = new JobCommand(dir.resolve("a0"));
        assertThat(later.status()).isEqualTo(JobCommand.Status.RUNNING);
        Files.createFile(go);
        awaitExit(later);
        assertThat(later.exitCode()).isEqualTo(4);
    }

    @Test
    void hasVanishedWhenKilledWithItsWrapper() throws IOException, InterruptedException {
        JobCommand job = new JobCommand(dir.resolve("a0"));
        job.start(shell("sleep 300"), KEEP);
        await().until(() -> job.group().isPresent());
        Signals.sendGroup("KILL", job.group().orElseThrow(), RunAs.self());
        await().until(() -> job.status() == JobCommand.Status.VANISHED);
    }

    @Test
    void hasVanishedWhenItWasStartedInAnEarlierBoot() throws IOException {
        Path a0 = Files.createDirectory(dir.resolve("a0"));
        long self = ProcessHandle.current().pid();
        long started = ProcessTable.started(self).orElseThrow();
        Files.writeString(a0.resolve("pid"), self + " " + started + " 00000000-0000-0000-0000-000000000000\n");
        assertThat(new JobCommand(a0).status()).isEqualTo(JobCommand.Status.VANISHED);
        Files.writeString(a0.resolve("rc"), "0      \n");
        assertThat(new JobCommand(a0).status()).isEqualTo(JobCommand.Status.EXITED);
    }

    @Test
    void isNotTakenForALaterProcessOfTheSameNumber() throws IOException {
        Path a0 = Files.createDirectory(dir.resolve("a0"));
        long self = ProcessHandle.current().pid();
        Files.writeString(a0.resolve("pid"), self + " 1 " + ProcessTable.bootId() + "\n");
        assertThat(new JobCommand(a0).status()).isEqualTo(JobCommand.Status.VANISHED);
    }

    @Test
    void takesAnExitCodeThatCouldNotBePublished() throws IOException {
        Path a0 = Files.createDirectory(dir.resolve("a0"));
        Files.writeString(a0.resolve("pid"), "4194303 1 " + ProcessTable.bootId() + "\n");
        Files.writeString(a0.resolve("rc.slot"), "5      \n");
        JobCommand job = new JobCommand(a0);
        assertThat(job.status()).isEqualTo(JobCommand.Status.EXITED);
        assertThat(job.exitCode()).isEqualTo(5);
    }

    private JobCommand ran(CommandLine command) throws IOException {
        return ran("a0", command);
    }

    private JobCommand ran(String name, CommandLine command) throws IOException {
        JobCommand job = new JobCommand(dir.resolve(name));
        job.start(command, KEEP);
        awaitExit(job);
        return job;
    }

    private static void awaitExit(JobCommand job) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> job.status() == JobCommand.Status.EXITED);
    }

    private static CommandLine shell(String script) {
        return command(List.of("sh", "-c", script));
    }

    private static CommandLine command(List<String> argv) {
        return new CommandLine(argv, Map.of(), Optional.empty(), Optional.empty(), RunAs.self());
    }
}
