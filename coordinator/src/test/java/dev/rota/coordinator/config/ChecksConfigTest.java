package dev.rota.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.yaml.ConfigException;
import dev.rota.coordinator.port.ClusterChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksConfigTest {
    @TempDir
    Path directory;

    private ClusterChecks load(String cluster) throws IOException {
        Path file = directory.resolve("coordinator.yaml");
        Files.writeString(file, """
                name: c1
                data: data
                listen: 127.0.0.1:7443
                clusters:
                  chat:
                    recipe: sample
                    nodes: [{name: n1}]
                """ + cluster.indent(4));
        return Objects.requireNonNull(CoordinatorConfig.load(file).checks().get("chat"));
    }

    @Test
    void aClusterThatIsNotWatchedHasNoChecks() throws IOException {
        assertThat(load("")).isEqualTo(ClusterChecks.none());
    }

    @Test
    void readsAProbeAndBlockers() throws IOException {
        ClusterChecks c = load("""
                probe: {http: "http://127.0.0.1:8080/ready", expect: '^ok', status: [200..299, 304], every: 500ms}
                blockers:
                  - {name: alerts, http: {get: "https://alerts.example.org/api?active=true", reject: '"state":"active"'}}
                  - {name: freeze, run: [/usr/local/bin/may-i, chat], every: 30s, timeout: 10s}
                  - {name: port, tcp: "127.0.0.1:22"}
                """);
        assertThat(c.probePlan().orElseThrow().what())
                .isEqualTo("GET http://127.0.0.1:8080/ready, status 200..299, 304, expect '^ok'");
        assertThat(c.probePlan().orElseThrow().every()).isEqualTo(Duration.ofMillis(500));
        assertThat(c.probePlan().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(c.blockerPlans())
                .extracting(b -> b.name() + ": " + b.what())
                .containsExactly(
                        "alerts: GET https://alerts.example.org/api?active=true, reject '\"state\":\"active\"'",
                        "freeze: run /usr/local/bin/may-i chat",
                        "port: connect to 127.0.0.1:22");
        assertThat(c.blockers().get(0).every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(c.blockers().get(1).timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readsAProbeOfAPort() throws IOException {
        assertThat(load("probe: {tcp: \"[::1]:5222\"}")
                        .probePlan()
                        .orElseThrow()
                        .what())
                .isEqualTo("connect to [::1]:5222");
    }

    @Test
    void namesEveryMistakeWithItsPlace() {
        assertThatThrownBy(() -> load("""
                        probe: {http: "ftp://127.0.0.1/", status: [99, 300..200], expect: '(', every: 10ms, evry: 1s}
                        blockers:
                          - {name: alerts, http: {get: "http://u:p@127.0.0.1/"}, run: [x]}
                          - {name: alerts, run: []}
                          - {http: {url: x}}
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        ":8:19: 'ftp://127.0.0.1/' is no web address",
                        ":8:48: '99' is no status: expected one such as 200, or a range such as 200..299",
                        ":8:52: '300..200' is no status",
                        "'(' is no regular expression: Unclosed group",
                        "expected a duration (a whole number with ms, s, m or h) from 200ms to 10m",
                        "unknown key 'evry'; did you mean 'every'?",
                        ":10:9: a blocker has exactly one of http, tcp, run",
                        "blocker 'alerts' is there twice",
                        "expected a program and its arguments",
                        "key 'name' is missing",
                        "unknown key 'url'");
    }

    @Test
    void anAddressHasNoPassword() {
        assertThatThrownBy(() -> load("probe: {http: \"http://u:p@127.0.0.1/\"}"))
                .hasMessageContaining("an address has no user and password: it is shown in plans and reports");
    }

    @Test
    void aProbeAsksOneThing() {
        assertThatThrownBy(() -> load("probe: {every: 1s}"))
                .hasMessageContaining("a probe has exactly one of http, tcp, run");
        assertThatThrownBy(() -> load("probe: {tcp: \"127.0.0.1:1\", expect: x}"))
                .hasMessageContaining("'expect' belongs to a probe with http");
    }
}
