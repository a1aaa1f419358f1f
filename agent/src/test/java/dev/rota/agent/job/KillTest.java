package dev.rota.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agent processes, killed with SIGKILL while they work; the next one goes on. Every command runs once. */
class KillTest {
    private static final String ACTIONS = """
            - run: [sh, -c, 'echo first >> "$ROOT/count"; while [ ! -e "$ROOT/go-first" ]; do sleep 0.02; done; echo first-end >> "$ROOT/count"']
              until: [{file: "${root}/proof"}]
            - run: [sh, -c, 'echo second >> "$ROOT/count"']
            - run: [sh, -c, 'echo third >> "$ROOT/count"; while [ ! -e "$ROOT/go-third" ]; do sleep 0.02; done; echo third-end >> "$ROOT/count"']
            """;

    @TempDir
    Path dir;

    @Test
    void everyCommandRunsOnceHoweverOftenTheAgentIsKilled() throws IOException, InterruptedException {
        Files.writeString(dir.resolve("actions"), ACTIONS);
        Path job = dir.resolve("data/jobs/r1/n1.stop.1");
        killAt(job.resolve("step"));
        killAt(job.resolve("a0"));
        killAt(job.resolve("a0/pid"));
        killAt(dir.resolve("count"));
        // the command ends while no agent is there
        Files.createFile(dir.resolve("go-first"));
        killAt(job.resolve("a0/rc"));
        awaitState(job, "proving");
        Files.createFile(dir.resolve("proof"));
        killAt(job.resolve("a1/pid"));
        killAt(job.resolve("a2/pid"));
        Process last = agent();
        Files.createFile(dir.resolve("go-third"));
        assertThat(last.waitFor()).isZero();
        assertThat(dir.resolve("outcome")).hasContent("STEP_OUTCOME_DONE ");
        assertThat(Files.readAllLines(dir.resolve("count")))
                .containsExactly("first", "first-end", "second", "third", "third-end");
    }

    private void awaitState(Path job, String state) throws IOException, InterruptedException {
        Process agent = agent();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(job.resolve("step"), StandardCharsets.ISO_8859_1)
                            .contains("state=" + state));
        } finally {
            agent.destroyForcibly().waitFor();
        }
    }

    /** Starts an agent and kills it as soon as the file is there. */
    private void killAt(Path file) throws IOException, InterruptedException {
        Process agent = agent();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(file));
        } finally {
            agent.destroyForcibly().waitFor();
        }
    }

    private Process agent() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AgentUnderTest.class.getName(),
                dir.toString(),
                dir.resolve("actions").toString());
        File log = dir.resolve("agent.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }
}
