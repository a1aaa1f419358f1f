package dev.rota.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Counts what this node was told to do: one line for each start and each operation with time, name and who asked, on disk before
 * the operation begins. The file is not part of the data: it survives leaving and joining, so it can prove that nothing ran twice.
 */
final class Counters {
    private final Path file;

    Counters(Path home) {
        this.file = home.resolve("counters.log");
    }

    synchronized void add(String operation, String askedBy) throws IOException {
        String by = askedBy.isEmpty() ? "-" : askedBy.replaceAll("\\s", "_");
        String line = Instant.now() + "\t" + operation + "\t" + by + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    synchronized String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
