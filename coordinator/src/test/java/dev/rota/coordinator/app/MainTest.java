package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void initMakesWhatCheckThenFindsGood() throws IOException {
        assertThat(init()).isZero();
        assertThat(out.toString())
                .contains("rota-coordinator issue agent NODE --out DIR --data " + data())
                .contains("rota-coordinator serve --config FILE");

        assertThat(run("check", "--config", config("sample"))).isZero();
        assertThat(out.toString())
                .contains(
                        "good: coordinator rota-1 on 127.0.0.1:0, clusters: 1, nodes: 2, coordinators: this one alone");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void certificatesAreIssuedOnce() {
        init();
        String agent = directory.resolve("n1").toString();
        String operator = directory.resolve("ada").toString();

        assertThat(run("issue", "agent", "n1", "--out", agent, "--data", data()))
                .isZero();
        assertThat(run("issue", "operator", "ada", "--role", "admin", "--out", operator, "--data", data()))
                .isZero();
        String coordinator = directory.resolve("c2").toString();
        assertThat(run(
                        "issue",
                        "coordinator",
                        "rota-2",
                        "--address",
                        "c2.example.org,127.0.0.2",
                        "--out",
                        coordinator,
                        "--data",
                        data()))
                .isZero();
        assertThat(out.toString()).contains("The certificate of coordinator rota-2 is in " + coordinator);
        assertThat(directory.resolve("n1")).isDirectoryContaining("glob:**/key.pem");
        assertThat(directory.resolve("ada")).isDirectoryContaining("glob:**/cert.pem");

        assertThat(run("issue", "agent", "n1", "--out", agent, "--data", data()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("never overwritten");
    }

    @Test
    void initIsRefusedTheSecondTime() {
        assertThat(init()).isZero();
        assertThat(init()).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: ").contains("ca.pem").doesNotContain("\tat ");
    }

    @Test
    void usageFaultsExitWithTwo() throws IOException {
        init();
        assertThat(run()).isEqualTo(2);
        assertThat(run("issue")).isEqualTo(2);
        assertThat(run("init", "--data", data())).isEqualTo(2);
        assertThat(run("issue", "agent", "n1?role=admin", "--out", data() + "x", "--data", data()))
                .isEqualTo(2);
        assertThat(run("issue", "operator", "ada", "--role", "root", "--out", data() + "x", "--data", data()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no role 'root'; there are viewer, operator, admin");
        assertThat(run("check", "--config", config("nothing"))).isEqualTo(2);
        assertThat(err.toString()).contains("there is no recipe 'nothing'");
    }

    @Test
    void aMissingCertificateIsAFaultOfTheHost() throws IOException {
        assertThat(run("check", "--config", config("sample"))).isEqualTo(1);
        assertThat(err.toString()).contains("tls/key.pem");
        assertThat(run("issue", "agent", "n1", "--out", data() + "x", "--data", data()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("run rota-coordinator init first");
    }

    @Test
    void checkSaysWhichCoordinatorsThereAre() throws IOException {
        init();
        String file = config("sample");
        Files.writeString(Path.of(file), """
                coordinators:
                  - {name: rota-1, address: "127.0.0.1:7443", peer: "127.0.0.1:7444"}
                  - {name: rota-2, address: "no-such-host.invalid:7443", peer: "127.0.0.1:7445"}
                """, StandardOpenOption.APPEND);

        assertThat(run("check", "--config", file)).isZero();
        assertThat(out.toString())
                .contains(", coordinators: rota-1, rota-2")
                .contains("warning: of 2 coordinators 2 must be there, so only 0 may be lost, as with 1")
                .contains("warning: the address no-such-host.invalid:7443 of coordinator rota-2 is not known");
    }

    @Test
    void theCertificateOfAnotherCoordinatorIsFound() throws IOException {
        init();
        String file = config("sample");
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("name: rota-1", "name: rota-2") + """
                coordinators:
                  - {name: rota-2, address: "127.0.0.1:7443", peer: "127.0.0.1:7444"}
                """);

        assertThat(run("check", "--config", file)).isEqualTo(1);
        assertThat(err.toString())
                .contains("tls/cert.pem is the certificate of coordinator rota-1, not of coordinator rota-2");
    }

    @Test
    void theVersionIsShown() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("rota-coordinator ");
    }

    private int init() {
        return run("init", "--data", data(), "--name", "rota-1", "--address", "127.0.0.1", "localhost");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private String config(String recipe) throws IOException {
        return Files.writeString(directory.resolve("rota.yaml"), """
                        name: rota-1
                        data: data
                        listen: 127.0.0.1:0
                        clusters:
                          chat: {recipe: %s, nodes: [{name: n1}, {name: n2}]}
                        """.formatted(recipe))
                .toString();
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
