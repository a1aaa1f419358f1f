package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.MigrationChain;
import dev.rota.contract.PathRule;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Way;
import dev.rota.coordinator.plan.PathResult.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What every path keeps, whatever the recipe, the catalogue and the versions. */
class PathLawsTest {
    private static final int TRIES = 300;

    private static Recipe desk(String path) {
        UnaryOperator<String> edit = text -> text.replace("path: {rule: direct}", "path: " + path);
        return Situation.recipe("desk", edit);
    }

    @RepeatedTest(6)
    void pathsOfTheBuiltInRecipesKeepTheirRules(RepetitionInfo info) {
        Recipe recipe = Recipes.load(null).all().get(info.getCurrentRepetition() - 1);
        Random random = new Random(info.getCurrentRepetition());
        List<Version> pool = pool(recipe);
        int found = 0;
        for (int i = 0; i < TRIES; i++) {
            List<Version> catalogue = new ArrayList<>();
            for (int n = random.nextInt(12); n > 0; n--) {
                catalogue.add(pool.get(random.nextInt(pool.size())));
            }
            Version from = pool.get(random.nextInt(pool.size()));
            Version to = pool.get(random.nextInt(pool.size()));
            catalogue.add(to);
            PathResult result = Paths.find(recipe, from, to, catalogue, true);
            assertThat(Paths.find(recipe, from, to, catalogue, true)).isEqualTo(result);
            if (result instanceof Found path) {
                keepsTheRules(recipe, from, to, catalogue, path.hops());
                found++;
            } else {
                PathResult.Refused refused = (PathResult.Refused) result;
                assertThat(refused.code()).isIn("PATH_FORBIDDEN", "DOWNGRADE");
                assertThat(refused.sentence()).contains(recipe.name());
            }
        }
        assertThat(found).isPositive();
    }

    private static List<Version> pool(Recipe recipe) {
        List<Version> pool = new ArrayList<>(recipe.path().releases());
        recipe.path().steppingStones().forEach(stone -> pool.add(stone.via()));
        recipe.path().migrations().ifPresent(chain -> chain.steps().forEach(step -> pool.add(step.to())));
        for (int major = 2; major < 32; major++) {
            pool.add(Version.parse(major + ".0." + major % 4));
            pool.add(Version.parse("3." + major + ".1"));
            pool.add(Version.parse("10.11." + major));
            pool.add(Version.parse(major + ".0.0-rc1"));
        }
        return pool;
    }

    private static void keepsTheRules(
            Recipe recipe, Version from, Version to, List<Version> catalogue, List<Hop> hops) {
        Version at = from;
        boolean up = from.compareTo(to) < 0;
        for (Hop hop : hops) {
            assertThat(hop.from()).isEqualTo(at);
            assertThat(hop.from().compareTo(hop.to()) < 0).isEqualTo(up);
            assertThat(catalogue).contains(hop.to());
            if (up) {
                assertThat(recipe.path().banned()).as("%s", hop).noneMatch(ban -> ban.forbids(hop.from(), hop.to()));
                assertThat(recipe.path().steppingStones())
                        .as("%s", hop)
                        .noneMatch(stone -> stone.between(hop.from(), hop.to()));
            }
            if (recipe.path().kind() == PathRule.Kind.EVERY_MAJOR) {
                assertThat(hop.to().parts().get(0) - hop.from().parts().get(0)).isBetween(0, 1);
            }
            at = hop.to();
        }
        assertThat(at).isEqualTo(to);
        recipe.path().migrations().ifPresent(chain -> runsTheWholeChain(recipe, chain, from, to, hops));
    }

    /** However a way is cut into hops, it runs each script between once. */
    private static void runsTheWholeChain(
            Recipe recipe, MigrationChain chain, Version from, Version to, List<Hop> hops) {
        if (hops.isEmpty()) {
            return;
        }
        int parts = recipe.seriesParts();
        List<MigrationChain.Migration> whole = chain.between(
                chain.point(from, parts).orElseThrow(), chain.point(to, parts).orElseThrow());
        List<MigrationChain.Migration> run = hops.stream()
                .flatMap(hop -> hop.migrations().stream())
                .filter(migration -> chain.steps().contains(migration))
                .toList();
        assertThat(run).isEqualTo(whole);
    }

    @Test
    void everyReleaseIsInstalled() {
        Recipe recipe = desk("{rule: every-release, releases: [1.0, 1.1, 1.2, 2.0]}");
        Way way = Way.of(recipe).catalogue("1.1", "1.2");
        assertThat(way.text("1.0", "2.0")).isEqualTo("1.0 > 1.1 > 1.2 > 2.0");
        assertThat(way.catalogue("1.1.5", "2.0-rc1").text("1.0", "2.0")).isEqualTo("1.0 > 1.1 > 1.1.5 > 1.2 > 2.0");
        assertThat(Way.of(recipe).catalogue("1.2").text("1.0", "2.0"))
                .isEqualTo(
                        "PATH_FORBIDDEN: desk goes through every release, and from 1.0 to 2.0 the catalogue lacks 1.1: add it"
                                + " ('rota releases add desk 1.1 --file FILE'), then plan again");
    }

    @Test
    void everyReleaseOfACatalogueAloneIsInstalled() {
        assertThat(Way.of(desk("{rule: every-release}")).catalogue("1.5", "3.0").text("1.0", "2.0"))
                .isEqualTo("1.0 > 1.5 > 2.0");
    }

    @Test
    void aDowngradeIsOneStepAndLooksBackwards() {
        Recipe recipe = Situation.recipe("shop", text -> text);
        assertThat(Way.of(recipe).text("24.12", "23.01"))
                .isEqualTo("DOWNGRADE: 23.01 is older than 24.12; if that is meant, add --allow-downgrade");
        assertThat(Way.of(recipe).allowDowngrade().text("24.12", "23.01")).isEqualTo("24.12 > 23.01");
        assertThat(Way.of(recipe).allowDowngrade().skipped("24.12", "23.01")).containsExactly("23.04");
    }

    @Test
    void stonesOnAWayAreAllTaken() {
        Recipe recipe = desk("{rule: direct, stepping_stones: [{via: 3.0}, {via: 2.0}]}");
        assertThat(Way.of(recipe).catalogue("2.0", "2.0.4", "3.0.1").text("1.0", "4.0"))
                .isEqualTo("1.0 > 2.0.4 > 3.0.1 > 4.0");
        assertThat(Way.of(recipe).catalogue("2.0").instead("1.0", "4.0")).containsExactly("3.0");
        assertThat(Way.of(recipe).instead("1.0", "4.0")).containsExactly("2.0", "3.0");
    }

    @Test
    void aLargeCatalogueIsSearchedQuickly() {
        Recipe recipe = desk("{rule: direct, stepping_stones: [{via: 2}, {via: 3}, {via: 4}, {via: 5}, {via: 6}],"
                + " banned: [{from: 2, to: 3, why: x}, {from: 5, to: 6, why: x}]}");
        Way way = Way.of(recipe);
        for (int major = 2; major < 8; major++) {
            for (int minor = 0; minor < 300; minor++) {
                way.catalogue(major + "." + minor);
            }
        }
        assertThat(way.text("1.0", "9.0")).startsWith("PATH_FORBIDDEN: desk must not go from 2.299 to 3.299: x");
    }
}
