package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
    @TempDir
    Path directory;

    private String howToGoOn(boolean held, String to) throws IOException {
        return String.join(
                "\n", new Stage(Path.of("/repo"), directory, "sample", 3, Optional.empty()).howToGoOn(held, to));
    }

    @Test
    void afterASuccessThereIsNothingToMend() throws IOException {
        assertThat(howToGoOn(false, "1.1"))
                .contains("rota status", "rota nodes shop", "rota plan shop --to 1.2", "rota why shop", "--stop ")
                .doesNotContain("retry", "rm -f");
        assertThat(howToGoOn(false, "2.0")).doesNotContain("rota plan");
    }

    @Test
    void aHeldRolloutIsMendedAndRetried() throws IOException {
        assertThat(howToGoOn(true, "1.1")).contains("rm -f ", "rota rollouts retry shop", "--stop ");
    }
}
