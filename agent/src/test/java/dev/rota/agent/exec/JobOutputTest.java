package dev.rota.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOutputTest {
    private static final int TURNS = 5000;

    @TempDir
    Path dir;

    /** The wrapper moves the tail aside at any moment, also between two looks of a reader. */
    @Test
    void isReadWhileItsTailIsMovedAside() throws IOException {
        Files.writeString(dir.resolve("out"), "head\n");
        JobOutput output = new JobOutput(dir);
        CompletableFuture<Void> wrapper = CompletableFuture.runAsync(this::turnTail);
        while (!wrapper.isDone()) {
            assertThat(output.text(4096)).startsWith("head\n");
            output.more(4096);
        }
        wrapper.join();
        assertThat(output.text(4096)).contains("turn " + (TURNS - 1) + ".");
    }

    private void turnTail() {
        try {
            for (int i = 0; i < TURNS; i++) {
                Files.writeString(dir.resolve("out.tail"), "turn " + i + ".");
                Files.move(dir.resolve("out.tail"), dir.resolve("out.tail.1"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
