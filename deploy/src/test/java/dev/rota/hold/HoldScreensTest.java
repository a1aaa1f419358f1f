package dev.rota.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code rota why} prints for each kind of hold, from the rollout to the screen.
 * {@code -Dgolden.rewrite=true} writes the files; read the difference before committing it.
 */
class HoldScreensTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "hold");
    private static final Path DOCUMENTED = Path.of("doc", "rollouts.md");
    /** Those of a terminal, less the prompt. */
    private static final int LINES = 23;

    private static final Pattern CODE = Pattern.compile("^ {2}code +([A-Z_]+)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> everyHoldFitsAScreenAndSaysWhatToDo() {
        return Holds.screens().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
    }

    private static void check(String name, String actual) throws IOException {
        Path file = ROOT.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(ROOT);
            Files.writeString(file, actual);
        }
        assertThat(actual).as("%s (-Dgolden.rewrite=true rewrites it)", file).isEqualTo(Files.readString(file));
        assertThat(actual.lines()).as(actual).hasSizeLessThanOrEqualTo(LINES);
        assertThat(actual).doesNotContain("Exception", "\tat ").contains("\n  rota ");
    }

    @Test
    void everyDocumentedCodeHasAScreenAndEveryCodeOnAScreenIsDocumented() throws IOException {
        Set<String> shown = Holds.screens().values().stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(documented());
    }

    private static Set<String> documented() throws IOException {
        return Files.readAllLines(DOCUMENTED).stream()
                .dropWhile(l -> !l.equals("## Holds"))
                .filter(l -> l.matches("\\| [A-Z_, ]+ \\|.*"))
                .flatMap(l -> Stream.of(l.split("\\|", 3)[1].strip().split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
