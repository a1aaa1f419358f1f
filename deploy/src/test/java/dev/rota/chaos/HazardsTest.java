package dev.rota.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.crash.Points;
import dev.rota.demo.ejabberd.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HazardsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private static Result result(String name, String outcome, List<String> wrong) {
        return new Result(
                Hazards.named(name).orElseThrow(),
                outcome,
                "STEP_FAILED",
                "a person: it failed",
                List.of("rota rollouts retry chat-1"),
                wrong.isEmpty(),
                true,
                true,
                9,
                wrong,
                Map.of("requests", 900L));
    }

    @Test
    void everyHazardIsToldOfInTheUsageAndHasAnExpectation() throws IOException {
        String usage = Files.readString(Path.of("src/main/resources/dev/rota/chaos/usage.txt"));
        assertThat(Hazards.all())
                .extracting(Hazard::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(18);
        for (Hazard hazard : Hazards.all()) {
            assertThat(usage).containsPattern("\\b" + hazard.name() + "\\b");
            assertThat(hazard.expected().code()).isNotEmpty();
            assertThat(hazard.expected().says()).as(hazard.name()).isNotEmpty();
        }
        assertThat(Hazards.quick()).hasSizeBetween(3, 4);
    }

    @Test
    void anUnknownCaseAndAnotherProductAreRefused() {
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("--cases", "zombie,nothing")))
                .isInstanceOf(ChaosOptions.Misuse.class)
                .hasMessageContaining("start-fails");
        assertThatThrownBy(() -> ChaosOptions.parse(List.of("--product", "sample")))
                .isInstanceOf(ChaosOptions.Misuse.class);
    }

    @Test
    void theSeedChangesTheOrderAndNothingElse() throws ChaosOptions.Misuse {
        List<Hazard> usual = ChaosOptions.parse(List.of()).hazards();
        List<Hazard> other = ChaosOptions.parse(List.of("--seed", "7")).hazards();
        assertThat(names(other))
                .containsExactlyInAnyOrderElementsOf(names(usual))
                .isNotEqualTo(names(usual));
    }

    private static List<String> names(List<Hazard> hazards) {
        return hazards.stream().map(Hazard::name).toList();
    }

    @Test
    void theRecipeItUsesIsTheBuiltInOneWithPointsAndShorterDeadlines() throws IOException {
        Points points = new Points(REPOSITORY, directory, "ejabberd", "${erlang_node}", Deadlines::shorten);
        Recipe used = Recipes.load(points.recipes()).find("ejabberd").orElseThrow();
        Recipe builtIn = Recipes.load(null).find("ejabberd").orElseThrow();
        assertThat(used.phases().keySet()).isEqualTo(builtIn.phases().keySet());
        for (Phase phase : used.phases().keySet()) {
            Recipe.PhaseSpec own = Objects.requireNonNull(used.phases().get(phase));
            Recipe.PhaseSpec original = Objects.requireNonNull(builtIn.phases().get(phase));
            assertThat(own.within()).isLessThanOrEqualTo(Duration.ofSeconds(35));
            assertThat(own.actions()).hasSize(original.actions().size() + 2);
            for (int i = 0; i < original.actions().size(); i++) {
                assertThat(own.actions().get(i + 1).work())
                        .isEqualTo(original.actions().get(i).work());
            }
        }
    }

    @Test
    void ejabberdctlIsHandedOnUnlessItIsToldToLie() throws IOException, InterruptedException {
        Node node = new Node(1, directory.resolve("n1"), 1, 2, 3, 4);
        Files.createDirectories(Objects.requireNonNull(node.control().getParent()));
        Files.writeString(node.control(), "#!/bin/sh\necho true \"$@\"\n");
        assertThat(node.control().toFile().setExecutable(true)).isTrue();
        Lies lies = new Lies(directory.resolve("lies"));
        Path script = lies.make(node);
        assertThat(said(script, "leave_cluster", "a@b")).isEqualTo("true leave_cluster a@b\n");
        lies.tell(node, "leave_cluster", "echo nothing; exit 0");
        assertThat(said(script, "leave_cluster", "a@b")).isEqualTo("nothing\n");
        assertThat(said(script, "join_cluster", "a@b")).isEqualTo("true join_cluster a@b\n");
        lies.tellTruth(List.of(node));
        assertThat(said(script, "leave_cluster", "a@b")).isEqualTo("true leave_cluster a@b\n");
    }

    private static String said(Path script, String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void whatIsWrongIsSeenInTheTableAndInTheReport() throws IOException {
        ChaosReport report = new ChaosReport(List.of(
                result("start-fails", Result.HELD, List.of()),
                result("zombie", Result.VIOLATED, List.of("no account o1 on n1")),
                Result.skipped(Hazards.named("disk-full").orElseThrow(), "no root")));
        assertThat(String.join("\n", report.table()))
                .containsPattern("start-fails +held STEP_FAILED +serving +data +finished")
                .containsPattern("zombie +violated STEP_FAILED +NOT ")
                .containsPattern("disk-full +skipped no root +- ");
        assertThat(report.wrong()).containsExactly("zombie: VIOLATED: no account o1 on n1");
        assertThat(report.totals(Duration.ofSeconds(9)))
                .isEqualTo(
                        "3 cases: 1 held by name, 0 rolled back, all of these finished; 1 violated, 1 skipped; 1800 requests of clients; 9 s");
        Path file = directory.resolve("h.json");
        report.write(file, 1, Duration.ofSeconds(9));
        assertThat(Files.readString(file))
                .contains("\"case\": \"start-fails\"", "\"servingThroughout\": true", "\"dataComplete\": true");
    }
}
