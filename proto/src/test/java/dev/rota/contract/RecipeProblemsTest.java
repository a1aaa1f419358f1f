package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.yaml.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of a recipe, broken: {@code recipes/problems.txt} says how, and what must be reported. */
class RecipeProblemsTest {
    private record Case(List<String> edits, List<String> problems) {}

    static Stream<Named<Case>> cases() throws IOException {
        return Arrays.stream(resource("problems.txt").split("\n\n", -1))
                .filter(block -> !block.startsWith("#"))
                .map(block -> {
                    List<String> lines = block.strip().lines().toList();
                    List<String> edits =
                            lines.stream().filter(line -> !line.startsWith(" ")).toList();
                    List<String> problems = lines.stream()
                            .filter(line -> line.startsWith(" "))
                            .map(line -> "r:" + line.strip())
                            .toList();
                    return Named.of(String.join(" and ", edits), new Case(edits, problems));
                });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyProblemIsReportedWithItsPlace(Case broken) throws IOException {
        String[] lines = resource("minimal.yaml").split("\n", -1);
        for (String edit : broken.edits()) {
            int bar = edit.indexOf('|');
            lines[Integer.parseInt(edit.substring(0, bar)) - 1] =
                    edit.substring(bar + 1).replace("\\n", "\n");
        }
        assertThat(broken.problems()).isNotEmpty();
        assertThatThrownBy(() -> RecipeLoader.load(String.join("\n", lines), "r"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join("\n", broken.problems()));
    }

    @Test
    void theRecipeThatIsBrokenHereIsSoundAsItStands() throws IOException {
        assertThat(RecipeLoader.load(resource("minimal.yaml"), "r").name()).isEqualTo("shop");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RecipeProblemsTest.class.getResourceAsStream("/recipes/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
