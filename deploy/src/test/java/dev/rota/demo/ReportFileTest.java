package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    Path directory;

    @Test
    void namesOptionFileAndReason() {
        Path lost = directory.resolve("none/x.json");
        assertThatThrownBy(() -> ReportFile.check(lost))
                .isInstanceOf(Options.Misuse.class)
                .hasMessage(
                        "--report " + lost + " cannot be written: there is no directory " + directory.resolve("none"));
        assertThatThrownBy(() -> ReportFile.check(directory))
                .hasMessage("--report " + directory + " cannot be written: it is a directory");
    }

    @Test
    void changesNothing() throws IOException, Options.Misuse {
        ReportFile.check(directory.resolve("new.json"));
        assertThat(directory).isEmptyDirectory();
        Path old = Files.writeString(directory.resolve("old.json"), "{}");
        ReportFile.check(old);
        assertThat(old).hasContent("{}");
    }
}
