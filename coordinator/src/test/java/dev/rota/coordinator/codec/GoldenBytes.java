package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes that are on disks already, by name, one line each, in hexadecimal. {@code -Dgolden.rewrite=true} adds what is missing and leaves
 * what is there as it is: a version that can no longer read it is a version nobody can upgrade to.
 */
final class GoldenBytes {
    private GoldenBytes() {}

    /** The stored bytes, after {@code samples} they do not have were added. */
    static Map<String, byte[]> with(String file, Map<String, byte[]> samples) throws IOException {
        Path path = Path.of("src", "test", "resources", "golden").resolve(file);
        Map<String, String> lines = new LinkedHashMap<>();
        if (Files.exists(path)) {
            for (String line : Files.readAllLines(path)) {
                lines.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
            }
        }
        samples.forEach((name, bytes) -> lines.putIfAbsent(name, HexFormat.of().formatHex(bytes)));
        StringBuilder text = new StringBuilder();
        lines.forEach((name, hex) -> text.append(name).append(' ').append(hex).append('\n'));
        Golden.check(file, text.toString());
        assertThat(lines).isNotEmpty();
        Map<String, byte[]> all = new LinkedHashMap<>();
        lines.forEach((name, hex) -> all.put(name, HexFormat.of().parseHex(hex)));
        return all;
    }

    /** Asserts what the bytes mean, as the file says it. */
    static void means(String file, Map<String, ?> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append("== ")
                .append(name)
                .append('\n')
                .append(lines(value))
                .append('\n'));
        Golden.check(file, text.toString());
    }

    /** One part a line, so that a difference can be seen. */
    private static String lines(Object value) {
        return value.toString().replace("], ", "],\n").replace("=[", "=\n  [");
    }
}
