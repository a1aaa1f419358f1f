package dev.rota.demo.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Condition;
import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Template;
import dev.rota.contract.Version;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe's patterns against what ejabberd 23.01, 24.12 and haproxy 2.6 really answered. */
class EjabberdRecipeTest {
    private static final Map<String, String> VALUES =
            Map.of("c2s_backend", "c2s", "http_backend", "http", "balancer_server", "n3", "peer.member", "a@b.c");
    private static final String TABLE = """
            # pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight
            c2s,n2,0,0,30,32,,70,1,1,,0,,0,0,0,0,UP,1
            c2s,n3,0,0,%s,32,,70,1,1,,0,,0,0,0,0,%s,1
            http,n3,0,0,%s,4,,70,1,1,,0,,0,0,0,0,%s,1
            c2s,BACKEND,0,0,30,32,200,70,1,1,0,0,,0,0,0,0,UP,1
            """;

    private final Recipe recipe = Recipes.load(null).find("ejabberd").orElseThrow();

    @Test
    void theVersionIsReadFromBothDialects() {
        for (String status : List.of(
                "\"The node ejabberd1@localhost is started. Status: startedejabberd 23.01-1 is running in that node\"",
                "\"The node ejabberd1@localhost is started. Status: started  ejabberd 24.12-3~bpo12+1 is running in that node\"")) {
            Matcher found = pattern(recipe.detect().pattern()).matcher(status);
            assertThat(found.find()).isTrue();
            assertThat(Version.parse(found.group("version")).text()).isIn("23.01", "24.12");
        }
    }

    @Test
    void membersAreReadWithAndWithoutQuotes() {
        assertThat(all(
                        recipe.members().orElseThrow().pattern(),
                        "[\"ejabberd1@localhost\",\"'ejabberd@10.77.0.13'\"]",
                        "member"))
                .containsExactly("ejabberd1@localhost", "ejabberd@10.77.0.13");
    }

    @Test
    void onlyTablesThatStayAsTheyAreAreCompared() {
        String info = """
                ---> Active tables <---
                route          : with 9        records occupying 530      words of mem
                passwd         : with 20       records occupying 6703     bytes on disc
                last_activity  : with 20       records occupying 7956     bytes on disc
                vcard          : with 0        records occupying 5464     bytes on disc
                vcard_search   : with 0        records occupying 305      words of mem
                roster_version : with 3        records occupying 5464     bytes on disc
                session        : with 60       records occupying 305      words of mem
                disc_only_copies   = [archive_msg,passwd,roster,vcard]
                """;
        String pattern = recipe.replicas().orElseThrow().pattern();
        assertThat(all(pattern, info, "name")).containsExactly("passwd", "vcard", "roster_version");
        assertThat(all(pattern, info, "value")).containsExactly("20", "0", "3");
    }

    @Test
    void drainEndsOnlyWhenNothingIsUnderwayAndNothingNewComes() {
        List<String> quiet = expected(Phase.DRAIN, 1);
        assertThat(quiet).allMatch(p -> found(p, table(20, "DRAIN", 0, "DRAIN")));
        assertThat(quiet).anyMatch(p -> !found(p, table(20, "DRAIN", 1, "DRAIN")));
        assertThat(quiet).anyMatch(p -> !found(p, table(20, "UP", 0, "DRAIN")));
        List<String> closed = expected(Phase.DRAIN, 2);
        assertThat(closed).allMatch(p -> found(p, table(0, "DRAIN", 0, "DRAIN")));
        assertThat(closed).noneMatch(p -> found(p, table(20, "DRAIN", 0, "DRAIN")));
    }

    @Test
    void undrainEndsOnlyWhenBothBackendsUseTheNode() {
        List<String> used = expected(Phase.UNDRAIN, 1);
        assertThat(used).allMatch(p -> found(p, table(0, "UP 1/2", 0, "UP")));
        assertThat(used).anyMatch(p -> !found(p, table(0, "UP", 0, "MAINT")));
        assertThat(used).anyMatch(p -> !found(p, table(0, "DOWN", 0, "UP")));
    }

    @Test
    void theReleasesAreInOrderAndHoldTheDemonstratedOnes() {
        List<Version> releases = recipe.path().releases();
        assertThat(releases).isSorted().doesNotHaveDuplicates();
        int first = releases.indexOf(Version.parse(Kit.VERSIONS.get(0)));
        assertThat(releases.indexOf(Version.parse(Kit.VERSIONS.get(1)))).isEqualTo(first + 1);
        assertThat(releases.indexOf(Version.parse(Kit.VERSIONS.get(2)))).isGreaterThan(first + 2);
    }

    @Test
    void aNodeJoinsOnlyAPeerThatListsItself() {
        String pattern = run(Phase.JOIN, "the peer serves its cluster").expect().get(0);
        assertThat(found(pattern, "x@y\n'a@b.c'\n")).isTrue();
        assertThat(found(pattern, "a@b.c\n")).isTrue();
        assertThat(found(pattern, "a@bxc\n")).isFalse();
        assertThat(found(pattern, "")).isFalse();
    }

    @Test
    void aNodeWithRowsOfItsOwnDoesNotJoin() {
        Work.Run asked = run(Phase.JOIN, "the node has nothing that joining would wipe");
        String empty = """
                schema         : with 40       records occupying 6703     words of mem
                passwd         : with 0        records occupying 5464     bytes on disc
                session        : with 12       records occupying 305      words of mem
                vcard_search   : with 3        records occupying 305      words of mem
                """;
        assertThat(asked.expect()).allMatch(p -> found(p, empty));
        assertThat(asked.reject()).noneMatch(p -> found(p, empty));
        assertThat(asked.reject())
                .anyMatch(p -> found(p, empty.replace("passwd         : with 0", "passwd         : with 3")));
        assertThat(asked.expect()).noneMatch(p -> found(p, "Failed RPC connection to the node"));
    }

    @Test
    void everyNodeMustBeUsedByBothBackendsBeforeTheFirstIsTouched() {
        List<String> used = actions(Phase.CHECK).get(actions(Phase.CHECK).size() - 1).until().stream()
                .map(c -> ((Condition.HttpAnswers) c).http())
                .flatMap(http -> http.expect().stream())
                .toList();
        assertThat(used).allMatch(p -> found(p, table(0, "UP", 0, "no check")));
        assertThat(used).anyMatch(p -> !found(p, table(0, "UP", 0, "MAINT")));
        assertThat(used).anyMatch(p -> !found(p, table(0, "DRAIN", 0, "UP")));
    }

    @Test
    void anEmptyNodeStartsOnlyWhileBothBackendsLeaveItOut() {
        List<String> out = expected(Phase.START, 0);
        assertThat(out).allMatch(p -> found(p, table(0, "MAINT", 0, "MAINT")));
        assertThat(out).anyMatch(p -> !found(p, table(0, "DOWN", 0, "MAINT")));
        assertThat(out).anyMatch(p -> !found(p, table(0, "MAINT", 0, "UP")));
    }

    @Test
    void theNumberInAnArtifactIsComparedAsANumber(@TempDir Path release) throws IOException, InterruptedException {
        Work.Run asked = run(Phase.CHECK, "the artifact holds the release it was added as");
        Path app =
                Files.createDirectories(release.resolve("lib/ejabberd-x/ebin")).resolve("ejabberd.app");
        for (String own : List.of("23.04", "23.4.0", "23.04-1")) {
            Files.writeString(app, "{application,ejabberd,\n [{description,\"XMPP\"},\n  {vsn, \"" + own + "\"}]}.\n");
            assertThat(found(asked.expect().get(0), output(asked, release, "23.04")))
                    .isTrue();
            assertThat(found(asked.expect().get(0), output(asked, release, "23.10")))
                    .isFalse();
        }
        Files.delete(app);
        assertThat(found(asked.expect().get(0), output(asked, release, "23.04")))
                .isFalse();
    }

    private static String output(Work.Run asked, Path release, String version)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(asked.command().subList(0, asked.command().size() - 2));
        command.addAll(List.of(release.toString(), version));
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private Work.Run run(Phase phase, String title) {
        return actions(phase).stream()
                .filter(a -> a.title().equals(title))
                .map(a -> (Work.Run) a.work())
                .findFirst()
                .orElseThrow();
    }

    private List<String> expected(Phase phase, int action) {
        return actions(phase).get(action).until().stream()
                .map(c -> ((Condition.HttpAnswers) c).http())
                .flatMap(http -> http.expect().stream())
                .toList();
    }

    private List<Recipe.Action> actions(Phase phase) {
        return Objects.requireNonNull(recipe.phases().get(phase)).actions();
    }

    private static String table(int sessions, String c2s, int requests, String http) {
        return TABLE.formatted(sessions, c2s, requests, http);
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(Template.expandPattern(template, VALUES), Pattern.MULTILINE);
    }

    private static boolean found(String template, String text) {
        return pattern(template).matcher(text).find();
    }

    private static List<String> all(String template, String text, String group) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern(template).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }
}
