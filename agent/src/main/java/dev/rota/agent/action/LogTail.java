package dev.rota.agent.action;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The newest of what a product wrote to its log. */
final class LogTail {
    private static final int BYTES = 4096;

    private LogTail() {}

    /** At most 4 KB, from the beginning of a line where there is more; empty when there is no log. */
    static String of(Optional<String> log) throws IOException {
        if (log.isEmpty()) {
            return "";
        }
        Path path = Path.of(log.get());
        try (InputStream in = Files.newInputStream(path)) {
            long before = Math.max(0, Files.size(path) - BYTES);
            in.skipNBytes(before);
            String text = new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
            return before == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
