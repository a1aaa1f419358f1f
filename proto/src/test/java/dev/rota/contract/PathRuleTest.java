package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.MigrationChain.Migration;
import dev.rota.contract.PathRule.BannedStep;
import dev.rota.contract.PathRule.SteppingStone;
import dev.rota.contract.yaml.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRuleTest {
    private static final String REST = """
            format: 1
            recipe: shop
            version: {series: 2, detect: {run: [v], capture: '(?<version>.+)'}}
            members: none
            health: [{file: /opt}]
            installed: /opt
            phases: {migrate: {do: [{run: [m, "%s"]}]}}
            """;

    private static Recipe recipe(String lines) {
        String value = lines.contains("chain-migrations") ? "${hop.migrations}" : "x";
        return RecipeLoader.load(lines + "\n" + REST.replace("%s", value), "r");
    }

    private static Version v(String text) {
        return Version.parse(text);
    }

    private static Optional<VersionRange> range(String text) {
        return VersionRange.tryParse(text);
    }

    @Test
    void readsEveryKey() {
        PathRule path = recipe("""
                path:
                  rule: consecutive-for-soft
                  by: series
                  releases: [1.0, 1.1, "1.10"]
                  minimum: 0.9
                  stepping_stones:
                    - {via: 1.1, from: "<1.0", to: ">=2.0 <3.0", why: because}
                    - via: 1.10
                  banned:
                    - {from: ">=1.1.7", to: <=2.0, why: they collide, instead: 2.0.1}
                    - {to: 1.4, why: never released}
                """).path();
        assertThat(path)
                .isEqualTo(new PathRule(
                        PathRule.Kind.CONSECUTIVE_FOR_SOFT,
                        PathRule.By.SERIES,
                        List.of(v("1.0"), v("1.1"), v("1.10")),
                        Optional.of(v("0.9")),
                        List.of(
                                new SteppingStone(v("1.1"), range("<1.0"), range(">=2.0 <3.0"), "because"),
                                new SteppingStone(v("1.10"), Optional.empty(), Optional.empty(), "")),
                        List.of(
                                new BannedStep(
                                        range(">=1.1.7"), range("<=2.0"), "they collide", Optional.of(v("2.0.1"))),
                                new BannedStep(Optional.empty(), range("1.4"), "never released", Optional.empty())),
                        Optional.empty()));
    }

    @Test
    void aRuleAloneIsEnough() {
        assertThat(recipe("path: {rule: every-release}").path())
                .isEqualTo(new PathRule(
                        PathRule.Kind.EVERY_RELEASE,
                        PathRule.By.RELEASE,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void migrationsAreOrderedByNumberAndNamesOfOneAreJoined() {
        MigrationChain chain = recipe("""
                path:
                  rule: chain-migrations
                  migrations:
                    pattern: 'up_(?<from>[0-9.]+)_(?<to>[0-9.]+)(_old)?'
                    scripts: [up_9.0_10.0, up_8.0_9.0, up_10.0_11, up_8_9_old]
                    within_series: links
                """).path().migrations().orElseThrow();
        assertThat(chain)
                .isEqualTo(new MigrationChain(
                        List.of(
                                new Migration(v("8.0"), v("9.0"), List.of("up_8.0_9.0", "up_8_9_old")),
                                new Migration(v("9.0"), v("10.0"), List.of("up_9.0_10.0")),
                                new Migration(v("10.0"), v("11"), List.of("up_10.0_11"))),
                        Optional.of("links")));
        assertThat(chain.point(v("9.0.4"), 2)).contains(v("9.0"));
        assertThat(chain.point(v("11.0-rc1"), 2)).contains(v("11"));
        assertThat(chain.point(v("9.1"), 2)).isEmpty();
        assertThat(chain.point(v("7.9"), 2)).isEmpty();
        assertThat(chain.point(v("12.0"), 2)).isEmpty();
        assertThat(chain.between(v("9.0"), v("11"))).hasSize(2);
        assertThat(chain.between(v("9.0"), v("9.0"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "soft,true,true",
        "full-stop,false,false",
        "'{update: soft, upgrade: full-stop}',true,false",
        "'{update: full-stop, upgrade: soft}',false,true"
    })
    void theProcedureMayDependOnTheChange(String procedure, boolean update, boolean upgrade) {
        Recipe.Procedure read =
                recipe("path: {rule: direct}\nprocedure: " + procedure).procedure();
        assertThat(read.soft(Change.UPDATE, false)).isEqualTo(update);
        assertThat(read.soft(Change.UPGRADE, false)).isEqualTo(upgrade);
        assertThat(read.soft(Change.DOWNGRADE, false)).isEqualTo(upgrade);
        assertThat(read.soft(Change.UPDATE, true))
                .as("where only updates go node by node, a step that stops the server means all servers")
                .isEqualTo(update && upgrade);
    }

    @Test
    void aProductMayHaveAClusterItDoesNotList() {
        Recipe recipe = recipe("path: {rule: direct}");
        assertThat(recipe.clustered()).isTrue();
        assertThat(recipe.members()).isEmpty();
        assertThat(recipe.procedure()).isEqualTo(new Recipe.Procedure(true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "6.3,7.1,true",
        "6.3,7.0.4,false",
        "7.0.1,7.1,false",
        "7,7.1,false",
        "7.1,8.0,false",
        "5.9,6.9,false",
        "6.3,7.0-rc1,false",
        "6.3,7.1-rc1,true"
    })
    void aStoneLiesBetweenWhatIsOlderAndWhatIsNewer(String from, String to, boolean between) {
        SteppingStone stone = new SteppingStone(v("7.0"), Optional.empty(), Optional.empty(), "");
        assertThat(stone.between(v(from), v(to))).isEqualTo(between);
    }

    @Test
    void listsHaveAnEnd() {
        assertThatThrownBy(() -> recipe("path: {rule: direct, stepping_stones: [" + "{via: 1},".repeat(65) + "]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("r:1:39: expected at most 64, found 65");
        assertThatThrownBy(() -> recipe("path: {rule: direct, banned: [" + "{to: 1, why: x},".repeat(257) + "]}"))
                .hasMessage("r:1:30: expected at most 256, found 257");
        String releases =
                IntStream.rangeClosed(1, 2001).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThatThrownBy(() -> recipe("path: {rule: direct, releases: [" + releases + "]}"))
                .hasMessage("r:1:32: expected at most 2000, found 2001");
    }

    @Test
    void scriptsFitIntoOneValue() {
        String many = IntStream.range(1, 202).mapToObj(i -> i + "_" + (i + 1)).collect(Collectors.joining(","));
        assertThatThrownBy(() -> recipe(chain(many))).hasMessage("r:1:102: expected 1 to 200 scripts, found 201");
        String longest = IntStream.range(1, 100)
                .mapToObj(i -> i + "_" + (i + 1) + "_" + "x".repeat(40))
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> recipe(chain(longest)))
                .hasMessage("r:1:102: the names of the scripts are longer than 4000 characters together");
    }

    private static String chain(String scripts) {
        return "path: {rule: chain-migrations, migrations: {pattern: '(?<from>[0-9]+)_(?<to>[0-9]+)(_x+)?', scripts: ["
                + scripts + "]}}";
    }
}
