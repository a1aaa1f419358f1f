package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void stopsWhatNamesItAndIsGone() throws IOException, InterruptedException, Options.Misuse {
        Path work = Files.createDirectory(directory.resolve("rota-demo-12")).toRealPath();
        Path other = Files.createDirectory(directory.resolve("rota-demo-123")).toRealPath();
        Process mine = sleepFor(work);
        Process another = sleepFor(other);
        try {
            assertThat(WorkDirectory.of(work.toString()).stop())
                    .isEqualTo("all is stopped (1 processes) and " + work + " is removed");
            assertThat(mine.waitFor()).isNotZero();
            assertThat(another.isAlive()).isTrue();
            assertThat(work).doesNotExist();
        } finally {
            mine.destroyForcibly();
            another.destroyForcibly();
        }
    }

    @Test
    void stopsWhatIsMarkedThoughItsCommandLineDoesNotNameIt() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "other processes' environments can be read here");
        WorkDirectory work = new WorkDirectory(directory.resolve("rota-demo-12"));
        Process mine = marked(work);
        Process another = marked(new WorkDirectory(directory.resolve("rota-demo-123")));
        try {
            assertThat(work.endProcesses()).isEqualTo(1);
            assertThat(mine.waitFor()).isNotZero();
            assertThat(another.isAlive()).isTrue();
        } finally {
            mine.destroyForcibly();
            another.destroyForcibly();
        }
    }

    /** Like the name service of Erlang, which takes no arguments that would tell whose it is. */
    private static Process marked(WorkDirectory directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().putAll(directory.mark());
        return builder.start();
    }

    private static Process sleepFor(Path named) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 60; :", named.toString()).start();
    }

    @Test
    void saysWhatIsWrongWithADirectoryToStop() {
        Path gone = directory.resolve("rota-demo-77");
        assertThatThrownBy(() -> WorkDirectory.of(gone.toString()).stop())
                .isInstanceOf(Options.Misuse.class)
                .hasMessageContaining("--stop ")
                .hasMessageContaining("rota-demo-77: there is no such directory and nothing of it runs");
        assertThatThrownBy(() -> WorkDirectory.of(directory.toString()))
                .isInstanceOf(Options.Misuse.class)
                .hasMessageContaining(directory + ": that is not the work directory of a demonstration");
    }

    @Test
    void saysHowMuchIsLeftAndHowToBeRidOfIt() throws IOException {
        Files.write(directory.resolve("data"), new byte[3 * 1024 * 1024]);
        assertThat(new WorkDirectory(directory).describe())
                .isEqualTo("logs and data are in %s (3 MB); to remove them: rm -r %s".formatted(directory, directory));
    }
}
