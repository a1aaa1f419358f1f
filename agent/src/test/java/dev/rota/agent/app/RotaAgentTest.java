package dev.rota.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.agent.TestAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotaAgentTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String config = "";

    @BeforeEach
    void configure() throws IOException {
        new TestAuthority().agent(dir.resolve("tls"), "n1");
        Files.createDirectory(dir.resolve("recipes"));
        Files.writeString(dir.resolve("recipes/files.yaml"), """
                format: 1
                recipe: files
                clustered: false
                version: {detect: {run: [cat, "${root}/version"], capture: '(?<version>[0-9.]+)'}}
                path: {rule: direct}
                parameters: {root: {about: Where everything is.}}
                health: [{file: "${root}/healthy"}]
                installed: "${root}/current"
                phases: {stop: {do: [{run: ["true"]}]}}
                """);
        config =
                Files.writeString(dir.resolve("agent.yaml"), """
                        node: n1
                        coordinators: ["localhost:1"]
                        data: var
                        tls: {ca: tls/ca.pem, cert: tls/cert.pem, key: tls/key.pem}
                        recipe: files
                        recipes: recipes
                        parameters: {root: "%s"}
                        """.formatted(dir)).toString();
    }

    private int run(String... args) {
        return RotaAgent.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void saysItsVersionAndHowItIsUsed() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("rota-agent ");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("run, check or observe").contains("Usage: rota-agent");
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString()).contains("--config");
    }

    @Test
    void checksWithoutTouchingAnything() {
        assertThat(run("check", "--config", config)).isZero();
        assertThat(out.toString()).contains("agent.yaml: good: node n1, recipe files (");
        assertThat(dir.resolve("var")).doesNotExist();
    }

    @Test
    void triesTheHostWhenAskedTo() throws IOException {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            assertThat(run("check", "--self-test", "--config", config)).isZero();
        } finally {
            root.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
        assertThat(out.toString()).contains("self-test passed in " + dir.resolve("var") + "\n");
        assertThat(err.toString()).isEmpty();
        assertThat(dir.resolve("var")).isEmptyDirectory();
    }

    @Test
    void aHostThatCannotDoTheWorkFailsTheSelfTest() throws IOException {
        Files.writeString(
                dir.resolve("agent.yaml"),
                Files.readString(dir.resolve("agent.yaml")) + "limits: {disk_floor: 1000000GB}\n");
        assertThat(run("check", "--self-test", "--config", config)).isEqualTo(1);
        assertThat(err.toString()).contains("agent.yaml is good, but", "self-test", "var: DISK_FULL: ", "disk_floor");
        assertThat(dir.resolve("var")).isEmptyDirectory();
    }

    @Test
    void tellsProblemsWithoutATrace() throws IOException {
        Files.writeString(dir.resolve("agent.yaml"), "node: n1\n");
        assertThat(run("check", "--config", config)).isEqualTo(2);
        assertThat(err.toString()).contains("agent.yaml:1:1: ").doesNotContain("\tat ");
        assertThat(run("check", "--config", config, "--verbose")).isEqualTo(2);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void observes() throws IOException {
        Files.writeString(dir.resolve("version"), "1.2");
        assertThat(run("observe", "--config", config)).isZero();
        assertThat(out.toString())
                .contains("member: n1\n", "version: 1.2\n", "healthy: no: ", "it is not there", "members: unknown");
    }

    @Test
    void onlyOneAgentHasADataDirectory() throws IOException {
        DataLock lock = DataLock.take(dir.resolve("var"));
        assertThatThrownBy(() -> DataLock.take(dir.resolve("var"))).hasMessageContaining("another agent is running");
        lock.release();
        DataLock.take(dir.resolve("var")).release();
    }
}
