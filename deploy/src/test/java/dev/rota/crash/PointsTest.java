package dev.rota.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.RecipeLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @CsvSource({"sample, ${root}", "ejabberd, ${erlang_node}"})
    void everyPhaseOfTheTurnBeginsAndEndsWithAPoint(String product, String place, @TempDir Path directory)
            throws IOException {
        Points points = new Points(REPOSITORY, directory, product, place, text -> text);
        Path file = points.recipes().resolve(product + ".yaml");
        Recipe with = RecipeLoader.load(Files.readString(file), file.toString());
        Path builtIn = REPOSITORY.resolve("proto/src/main/resources/dev/rota/recipes/" + product + ".yaml");
        Recipe without = RecipeLoader.load(Files.readString(builtIn), builtIn.toString());

        assertThat(with.phases().keySet()).isEqualTo(without.phases().keySet());
        for (Phase phase : with.phases().keySet()) {
            assertThat(with.phase(phase, false).orElseThrow().actions())
                    .as(phase.label())
                    .hasSize(without.phase(phase, false).orElseThrow().actions().size() + 2);
        }
        assertThat(with.rollback()).isEqualTo(without.rollback());
    }
}
