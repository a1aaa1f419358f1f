package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.yaml.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeLoaderTest {
    static String shop() throws IOException {
        try (InputStream in = RecipeLoaderTest.class.getResourceAsStream("/recipes/shop.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Recipe recipe() throws IOException {
        return RecipeLoader.load(shop(), "shop.yaml");
    }

    private static Recipe.PhaseSpec phase(Phase phase) throws IOException {
        return Objects.requireNonNull(recipe().phases().get(phase));
    }

    private static List<Work> works(Phase phase) throws IOException {
        return phase(phase).actions().stream().map(Recipe.Action::work).toList();
    }

    @Test
    void readsTheTopOfTheFile() throws IOException {
        Recipe recipe = recipe();
        assertThat(recipe.name()).isEqualTo("shop");
        assertThat(recipe.source()).isEqualTo("shop.yaml");
        assertThat(recipe.clustered()).isTrue();
        assertThat(recipe.scheme()).isEqualTo(VersionScheme.DOTTED);
        assertThat(recipe.seriesParts()).isEqualTo(3);
        assertThat(recipe.path().kind()).isEqualTo(PathRule.Kind.CONSECUTIVE_FOR_SOFT);
        assertThat(recipe.path().releases()).extracting(Version::text).containsExactly("1.0", "1.1", "1.10");
        assertThat(recipe.fullStop()).isEqualTo(Recipe.FullStop.SHRINK);
        assertThat(recipe.downgradeAllowed()).isTrue();
        assertThat(recipe.environment()).containsExactly(Map.entry("HOME", "${root}"), Map.entry("EMPTY", ""));
        assertThat(recipe.user()).isEqualTo("shop");
        assertThat(recipe.member()).isEqualTo("shop@${node.name}");
        assertThat(recipe.installed()).isEqualTo("${root}/current");
        assertThat(recipe.gate())
                .isEqualTo(new Recipe.GateSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(3), Duration.ofMillis(100)));
        assertThat(recipe.watching().betweenStable()).isEqualTo(Duration.ofSeconds(7));
        assertThat(recipe.parameters().values())
                .containsExactly(
                        new Recipe.Parameter("root", Optional.of("/opt/shop-${node.name}"), "Where releases live."),
                        new Recipe.Parameter("url", Optional.empty(), "Address of the admin interface."),
                        new Recipe.Parameter("log", Optional.of("${root}/log"), ""));
    }

    @Test
    void readsTheQueries() throws IOException {
        Recipe recipe = recipe();
        assertThat(recipe.detect())
                .isEqualTo(new Recipe.Query(get("${url}/version"), "\"version\":\"(?<version>[0-9.]+)\"", false));
        assertThat(recipe.members()).contains(new Recipe.Query(get("${url}/members"), "\"(?<member>[^\"]+)\"", true));
        assertThat(recipe.master()).contains(new Recipe.Query(get("${url}/leader"), "^(?<member>\\S+)$", false));
        assertThat(recipe.replicas())
                .contains(new Recipe.Query(
                        new Work.Run(
                                List.of("${root}/bin/ctl", "tables"),
                                Map.of("LANG", "C"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(0),
                                List.of(),
                                List.of()),
                        "^(?<name>\\S+) (?<value>\\d+)$",
                        true));
    }

    @Test
    void readsTheHealth() throws IOException {
        assertThat(recipe().health())
                .containsExactly(
                        new Condition.HttpAnswers(new Work.Http(
                                "GET",
                                "${url}/ready",
                                Optional.empty(),
                                Map.of(),
                                List.of(200, 204),
                                List.of("ok"),
                                List.of("failed"))),
                        new Condition.TcpPort("127.0.0.1:5222", true),
                        new Condition.ProcessRuns(Optional.empty(), Optional.of("shop .*${node.name}"), true));
    }

    @Test
    void readsAPhaseWithAllItsSettings() throws IOException {
        Recipe.PhaseSpec leave = phase(Phase.LEAVE);
        assertThat(leave.on()).isEqualTo(Recipe.On.PEER);
        assertThat(leave.once()).isFalse();
        assertThat(leave.within()).isEqualTo(Duration.ofMinutes(2));
        Condition gone = new Condition.MemberListed("${node.member}", false);
        assertThat(leave.actions())
                .containsExactly(new Recipe.Action(
                        "leave the cluster",
                        new Work.Run(
                                List.of("${root}/bin/ctl", "leave", "${node.member}", "${peer.member}"),
                                Map.of("SHOP", "x"),
                                Optional.of("/tmp"),
                                Optional.of("yes\n"),
                                List.of(),
                                List.of("left ${node.member}$"),
                                List.of("error")),
                        List.of(gone),
                        List.of(
                                gone,
                                new Condition.CommandAnswers(new Work.Run(
                                        List.of("true"),
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(0, 3),
                                        List.of(),
                                        List.of()))),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(10)));
    }

    @Test
    void aPhaseAndItsActionsHaveDefaults() throws IOException {
        Recipe.PhaseSpec stage = phase(Phase.STAGE);
        assertThat(stage.on()).isEqualTo(Recipe.On.SELF);
        assertThat(stage.once()).isFalse();
        assertThat(stage.within()).isEqualTo(Duration.ofMinutes(10));
        assertThat(stage.actions().get(0))
                .isEqualTo(new Recipe.Action(
                        "fetch artifact",
                        new Work.Fetch(),
                        List.of(),
                        List.of(),
                        Duration.ofMinutes(10),
                        Duration.ofMillis(50)));
        assertThat(stage.actions().get(1).title()).isEqualTo("unpack ${artifact.file}");
        assertThat(phase(Phase.MIGRATE).once()).isTrue();
    }

    @Test
    void readsEveryKindOfAction() throws IOException {
        assertThat(works(Phase.STAGE))
                .containsExactly(new Work.Fetch(), new Work.Unpack("${artifact.file}", "${root}/${release.version}"));
        assertThat(works(Phase.CHECK)).containsExactly(new Work.Wait());
        assertThat(works(Phase.BACKUP))
                .containsExactly(new Work.Archive(List.of("${root}/data", "/etc/shop"), "${backup.dir}/data.tar.gz"));
        assertThat(works(Phase.INSTALL))
                .containsExactly(
                        new Work.Link("${root}/current", "${root}/${release.version}"),
                        new Work.Copy("${root}/a", "${root}/b"),
                        new Work.Restore("${backup.dir}/data.tar.gz", "${root}/data"));
        assertThat(works(Phase.MIGRATE))
                .containsExactly(new Work.Http(
                        "POST",
                        "${url}/migrate",
                        Optional.of("{}"),
                        Map.of("Content-Type", "application/json"),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(works(Phase.CLEANUP)).containsExactly(new Work.Remove(List.of("${root}/old", "${root}/older"), 2));
    }

    @Test
    void readsEveryFormOfService() throws IOException {
        assertThat(works(Phase.STOP))
                .containsExactly(service("", Work.Service.Verb.STOP, List.of(), Optional.of("${log}/pid")));
        assertThat(works(Phase.START))
                .containsExactly(
                        new Work.Service(
                                "",
                                Work.Service.Verb.START,
                                List.of("${root}/bin/shop"),
                                Optional.of("${log}/pid"),
                                Optional.of("${log}/out"),
                                Optional.of("${root}")),
                        service("shop", Work.Service.Verb.START, List.of(), Optional.empty()),
                        service("shop", Work.Service.Verb.STOP, List.of(), Optional.empty()));
    }

    @Test
    void readsEveryKindOfCondition() throws IOException {
        assertThat(until(Phase.CHECK))
                .containsExactly(
                        new Condition.DiskFree("${root}", 500L * 1024 * 1024),
                        new Condition.FileThere("/etc/shop.off", false));
        assertThat(until(Phase.STOP))
                .containsExactly(
                        new Condition.TcpPort("${node.name}:5222", false),
                        new Condition.ProcessRuns(Optional.of("${log}/pid"), Optional.empty(), false));
        assertThat(until(Phase.INSTALL))
                .containsExactly(new Condition.LinkPoints("${root}/current", "${root}/${release.version}"));
        assertThat(until(Phase.START)).containsExactly(new Condition.VersionRuns("${release.version}"));
    }

    @Test
    void theDigestIsThatOfTheFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), shop());
        Recipe recipe = RecipeLoader.load(file);
        assertThat(recipe.digest())
                .isEqualTo(Digest.sha256(Files.readAllBytes(file)))
                .hasSize(64);
        assertThat(recipe.digest()).isEqualTo(recipe().digest());
        assertThat(RecipeLoader.load(shop() + "\n", "shop.yaml").digest()).isNotEqualTo(recipe.digest());
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> RecipeLoader.load(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(missing + ":1:1: the file cannot be read: ");
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> RecipeLoader.load(binary))
                .isInstanceOf(ConfigException.class)
                .hasMessage(binary + ":1:1: the file is not UTF-8 text");
    }

    private static List<Condition> until(Phase phase) throws IOException {
        return phase(phase).actions().get(0).until();
    }

    private static Work get(String url) {
        return new Work.Http("GET", url, Optional.empty(), Map.of(), List.of(), List.of(), List.of());
    }

    private static Work service(String unit, Work.Service.Verb verb, List<String> command, Optional<String> pid) {
        return new Work.Service(unit, verb, command, pid, Optional.empty(), Optional.empty());
    }
}
