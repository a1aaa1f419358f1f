package dev.rota.demo.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    @TempDir
    private Path home;

    private final Faults faults = new Faults();
    private Node node;
    private Path configuration;
    private Path control;

    @BeforeEach
    void write() throws IOException {
        node = new Node(2, home, 1, 2, 3, 4);
        configuration = Files.createDirectories(node.config()).resolve("ejabberd.yml");
        Files.writeString(configuration, "hosts: [localhost]\n");
        control = node.config().resolve("ejabberdctl.cfg");
        Files.writeString(control, "EJABBERD_CONFIG_PATH=good\n");
    }

    @Test
    void onlyTheNewReleaseReadsTheRefusedConfiguration() throws IOException, InterruptedException {
        faults.inject("start", node, "23.04");
        assertThat(configuration).hasContent("hosts: [localhost]\n");
        assertThat(readBy("23.01")).isEqualTo("good");
        String refused = readBy("23.04");
        assertThat(Path.of(refused)).content().isEqualTo("hosts: [localhost]\nno_such_option: true\n");
    }

    @Test
    void aRefusedConfigurationIsHealed() throws IOException, InterruptedException {
        faults.inject("start", node, "23.04");
        assertThat(faults.command()).isEqualTo("cp '" + control + ".good' '" + control + "'");
        faults.heal();
        assertThat(readBy("23.04")).isEqualTo("good");
        assertThat(faults.command()).isEqualTo("true");
    }

    /** What ejabberdctl of that release takes for its configuration. */
    private String readBy(String release) throws IOException, InterruptedException {
        Files.createDirectories(node.root());
        Files.deleteIfExists(node.current());
        Files.createSymbolicLink(node.current(), Path.of("releases", release));
        Process shell =
                new ProcessBuilder("sh", "-c", ". '" + control + "'; printf %s \"$EJABBERD_CONFIG_PATH\"").start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return said;
    }

    @Test
    void anOccupiedDirectoryIsHealed() throws IOException {
        faults.inject("stage", node, "23.04");
        assertThat(node.release("23.04")).isNotEmptyDirectory();
        faults.heal();
        assertThat(node.release("23.04")).doesNotExist();
    }

    @Test
    void otherFaultsAreRefused() {
        assertThatThrownBy(() -> faults.inject("join", node, "23.04"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ejabberd can be made to fail in stage and start, not in join");
    }
}
