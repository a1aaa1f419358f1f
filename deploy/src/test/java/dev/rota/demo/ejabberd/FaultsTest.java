package dev.rota.demo.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

    @BeforeEach
    void write() throws IOException {
        node = new Node(2, home, 1, 2, 3, 4);
        configuration = Files.createDirectories(node.config()).resolve("ejabberd.yml");
        Files.writeString(configuration, "hosts: [localhost]\n");
    }

    @Test
    void aBrokenConfigurationIsHealed() throws IOException {
        faults.inject("start", node, "23.04");
        assertThat(configuration).content().contains("no_such_option");
        assertThat(faults.command()).isEqualTo("cp '" + configuration + ".good' '" + configuration + "'");
        faults.heal();
        assertThat(configuration).hasContent("hosts: [localhost]\n");
        assertThat(faults.command()).isEqualTo("true");
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
