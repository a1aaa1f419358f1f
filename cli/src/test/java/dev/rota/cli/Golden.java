package dev.rota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with the file that holds what it must be. {@code -Dgolden.rewrite=true} writes the files anew: read the difference, and
 * commit only what you can explain.
 */
public final class Golden {
    private static final Path FILES = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void check(String name, String actual) {
        Path file = FILES.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(actual.lines())
                    .as("lines of %s with trailing spaces", file)
                    .noneMatch(line -> line.endsWith(" "));
            assertThat(actual).as("golden file %s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError("golden file " + file, e);
        }
    }
}
