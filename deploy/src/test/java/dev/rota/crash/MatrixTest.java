package dev.rota.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static Result result(String cell, List<String> holds, List<String> wrong) {
        return new Result(
                Matrix.cell(cell).orElseThrow(),
                "begin on n1",
                "shop-1",
                holds,
                wrong,
                1,
                Map.of("steps", 36L, "requests", 900L));
    }

    @Test
    void everyPhaseMeetsEveryDeedThatMakesSenseOnce() {
        List<Cell> cells = Matrix.all();
        assertThat(new HashSet<>(cells)).hasSameSizeAs(cells).hasSize(12 * 7 - 2);
        assertThat(Matrix.cell("install/product")).isEmpty();
    }

    @Test
    void cellsOfOneRolloutAreOfDifferentPhases() {
        for (List<Cell> together : Matrix.rollouts(Matrix.all())) {
            assertThat(together).hasSizeLessThanOrEqualTo(3);
            assertThat(together.stream().map(Cell::phase)).doesNotHaveDuplicates();
        }
    }

    @Test
    void theQuickSelectionHasEveryDeed() {
        assertThat(Matrix.quick()).hasSize(10);
        assertThat(Matrix.quick().stream().map(Cell::deed).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Deed.class));
    }

    @Test
    void theSeedDecidesAndNothingElse() {
        Cell cell = Matrix.all().get(0);
        assertThat(Trial.of(cell, "n1", 7)).isEqualTo(Trial.of(cell, "n1", 7));
    }

    @Test
    void anUnknownCellIsRefused() {
        assertThatThrownBy(() -> CrashOptions.parse(List.of("--only", "install/product")))
                .isInstanceOf(CrashOptions.Misuse.class)
                .hasMessageContaining("install/product");
    }

    @Test
    void aViolationIsSeenInTheTableAndCounted() {
        MatrixView view = new MatrixView(
                List.of(
                        result("stage/leader", List.of(), List.of()),
                        result("leave/leader", List.of("STEP_FAILED"), List.of()),
                        result("join/leader", List.of(), List.of("a step ran twice"))),
                Optional.empty());
        assertThat(String.join("\n", view.table()))
                .containsPattern("stage +\\. +ok")
                .containsPattern("leave +\\. +held STEP_FAILED")
                .containsPattern("join +\\. +VIOLATED")
                .containsPattern("install +\\. +\\. +\\. +\\. +-");
        assertThat(view.wrong()).containsExactly("join/leader: VIOLATED: a step ran twice");
        assertThat(view.totals(Duration.ofSeconds(9)))
                .startsWith("3 cells: 1 ok, 1 held and then ok, 1 violated; 36 steps, 900 requests");
    }
}
