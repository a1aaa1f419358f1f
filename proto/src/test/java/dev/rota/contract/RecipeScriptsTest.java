package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell lines of the built-in recipes, run against directories that look like the products'. */
class RecipeScriptsTest {
    @TempDir
    private Path top;

    private record Ended(int code, String output) {}

    private Ended run(String recipe, Phase phase, String title, Map<String, String> values)
            throws IOException, InterruptedException {
        Recipe loaded = Recipes.load(null).find(recipe).orElseThrow();
        Recipe.Action action = Objects.requireNonNull(loaded.phases().get(phase)).actions().stream()
                .filter(a -> a.title().equals(title))
                .findFirst()
                .orElseThrow();
        Map<String, String> all = new TreeMap<>(values);
        for (Recipe.Parameter parameter : loaded.parameters().values()) {
            parameter.defaultValue().ifPresent(text -> all.putIfAbsent(parameter.name(), text));
        }
        Work.Run work = (Work.Run) action.work();
        ProcessBuilder builder = new ProcessBuilder(work.command().stream()
                        .map(word -> Template.expand(Template.expand(word, all), all))
                        .toList())
                .redirectErrorStream(true);
        builder.environment().putAll(work.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private Path file(String name, String text) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private void script(String name, String body) throws IOException {
        Path file = file("seafile-server-10.0.1/upgrade/" + name, "#!/bin/sh\nread dummy\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Map<String, String> seafile(String migrations) {
        return Map.of(
                "top", top.toString(), "hop.migrations", migrations, "release.version", "10.0.1", "hop.id", "r1.1");
    }

    private Ended migrate(String migrations) throws IOException, InterruptedException {
        return run("seafile", Phase.MIGRATE, "run the migrations in order", seafile(migrations));
    }

    private List<String> ran() throws IOException {
        Path ran = top.resolve("ran");
        return Files.exists(ran) ? Files.readAllLines(ran) : List.of();
    }

    private static String note(String name) {
        return "echo " + name + " >>../../ran";
    }

    @Test
    void migrationsRunInOrderAndAnswerTheirPrompts() throws IOException, InterruptedException {
        script("upgrade_8.0_9.0.sh", note("9.0"));
        script("upgrade_9.0_10.0.sh", note("10.0"));
        Ended ended = migrate("upgrade_8.0_9.0.sh upgrade_9.0_10.0.sh");
        assertThat(ended).isEqualTo(new Ended(0, "== upgrade_8.0_9.0.sh\n== upgrade_9.0_10.0.sh\n"));
        assertThat(ran()).containsExactly("9.0", "10.0");
    }

    @Test
    void aMigrationThatHasRunDoesNotRunAgain() throws IOException, InterruptedException {
        script("upgrade_8.0_9.0.sh", note("9.0"));
        script("upgrade_9.0_10.0.sh", "test -e ../../repaired || exit 3; " + note("10.0"));
        assertThat(migrate("upgrade_8.0_9.0.sh upgrade_9.0_10.0.sh").code()).isEqualTo(3);
        file("repaired", "");
        assertThat(migrate("upgrade_8.0_9.0.sh upgrade_9.0_10.0.sh").code()).isZero();
        assertThat(ran()).containsExactly("9.0", "10.0");
    }

    @Test
    void aStatementThatFailsIsAFailureAndNothingFollows() throws IOException, InterruptedException {
        script("upgrade_8.0_9.0.sh", "echo '[WARNING] Failed to execute sql: x'");
        script("upgrade_9.0_10.0.sh", note("10.0"));
        Ended ended = migrate("upgrade_8.0_9.0.sh upgrade_9.0_10.0.sh");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("Failed to execute sql: x");
        assertThat(ran()).isEmpty();
    }

    @Test
    void aRenamedMigrationIsFoundUnderItsOldName() throws IOException, InterruptedException {
        script("upgrade_1.2_1.3_server.sh", note("old"));
        assertThat(migrate("upgrade_1.2_1.3.sh|upgrade_1.2_1.3_server.sh").code())
                .isZero();
        assertThat(ran()).containsExactly("old");
    }

    @Test
    void aMigrationThePackageLacksIsFoundOutBeforeAnythingStops() throws IOException, InterruptedException {
        file("10.0.1/seafile-server-10.0.1/upgrade/upgrade_9.0_10.0.sh", "");
        Map<String, String> values = new TreeMap<>(seafile("upgrade_8.0_9.0.sh|upgrade_8_9.sh upgrade_9.0_10.0.sh"));
        values.put("releases", top.toString());
        String title = "the new release brings every script of the way";
        Ended ended = run("seafile", Phase.CHECK, title, values);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("has no upgrade_8.0_9.0.sh|upgrade_8_9.sh");
        values.put("hop.migrations", "upgrade_9.0_10.0.sh");
        assertThat(run("seafile", Phase.CHECK, title, values).code()).isZero();
    }

    @Test
    void otherNodesLeaveTheDatabaseAlone() throws IOException, InterruptedException {
        script("upgrade_9.0_10.0.sh", "echo $SEAFILE_SKIP_DB_UPGRADE >>../../ran");
        assertThat(run(
                                "seafile",
                                Phase.RESTORE,
                                "bring this node's links and files to the new release",
                                seafile("upgrade_9.0_10.0.sh"))
                        .code())
                .isZero();
        assertThat(ran()).containsExactly("1");
    }

    @Test
    void theChatKeepsWhatIsNotTheReleases() throws IOException, InterruptedException {
        for (String kept :
                List.of("config/config.json", "data/a", "logs/l", "plugins/p", "client/plugins/p", "own/x")) {
            file("old/" + kept, "kept");
        }
        for (String gone : List.of("bin/mattermost", "bin/platform", "client/old.js", "i18n/en.json", ".hidden")) {
            file("old/" + gone, "old");
        }
        for (String fresh :
                List.of("bin/mattermost", "client/new.js", "config/config.json", "i18n/en.json", "README.md")) {
            file("new/11.4.2/mattermost/" + fresh, "new");
        }
        Map<String, String> values = Map.of(
                "root", top.resolve("old").toString(),
                "releases", top.resolve("new").toString(),
                "release.version", "11.4.2",
                "extra", "own theirs",
                "user", System.getProperty("user.name"));
        String title = "put the new release in the place of the old one";
        assertThat(run("mattermost", Phase.INSTALL, title, values)).isEqualTo(new Ended(0, ""));
        Map<String, String> expected = new TreeMap<>();
        for (String kept :
                List.of("config/config.json", "data/a", "logs/l", "plugins/p", "client/plugins/p", "own/x")) {
            expected.put(kept, "kept");
        }
        for (String fresh : List.of("bin/mattermost", "client/new.js", "i18n/en.json", "README.md")) {
            expected.put(fresh, "new");
        }
        assertThat(tree(top.resolve("old"))).isEqualTo(expected);
        assertThat(run("mattermost", Phase.INSTALL, title, values).code()).isZero();
        assertThat(tree(top.resolve("old"))).isEqualTo(expected);
    }

    @Test
    void theCloudKeepsWhatIsNotTheReleases() throws IOException, InterruptedException {
        for (String kept : List.of("config/config.php", "data/u/f", "themes/mine/x", "apps/added/x", "apps-extra/x")) {
            file("old/" + kept, "kept");
        }
        for (String gone : List.of("core/old.php", "apps/files/old.php", "version.php")) {
            file("old/" + gone, "old");
        }
        for (String fresh :
                List.of("core/new.php", "apps/files/new.php", "version.php", "config/config.sample.php", ".user.ini")) {
            file("new/19.0.5/nextcloud/" + fresh, "new");
        }
        Map<String, String> values = Map.of(
                "root", top.resolve("old").toString(),
                "releases", top.resolve("new").toString(),
                "release.version", "19.0.5");
        String title = "put the new release in the place of the old one";
        assertThat(run("nextcloud", Phase.INSTALL, title, values)).isEqualTo(new Ended(0, ""));
        Map<String, String> expected = new TreeMap<>();
        for (String kept : List.of("config/config.php", "data/u/f", "themes/mine/x", "apps/added/x", "apps-extra/x")) {
            expected.put(kept, "kept");
        }
        for (String fresh :
                List.of("core/new.php", "apps/files/new.php", "version.php", "config/config.sample.php", ".user.ini")) {
            expected.put(fresh, "new");
        }
        assertThat(tree(top.resolve("old"))).isEqualTo(expected);
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return tree;
    }

    @Test
    void hashesThatDifferAreFoundInTheClustersState() {
        Recipe chat = Recipes.load(null).find("mattermost").orElseThrow();
        Condition.HttpAnswers state =
                (Condition.HttpAnswers) Objects.requireNonNull(chat.phases().get(Phase.CLEANUP))
                        .actions()
                        .get(0)
                        .until()
                        .get(0);
        String reject = state.http().reject().get(0);
        assertThat(found(reject, "[{\"config_hash\":\"a\",\"x\":1},{\"config_hash\":\"a\"}]"))
                .isFalse();
        assertThat(found(reject, "[{\"config_hash\":\"a\",\"x\":1},{\"config_hash\":\"b\"}]"))
                .isTrue();
        assertThat(found(reject, "[{\"config_hash\":\"a\"},{\"config_hash\":\"a\"},\n{\"config_hash\":\"b\"}]"))
                .isTrue();
    }

    private static boolean found(String pattern, String text) {
        return java.util.regex.Pattern.compile(pattern, java.util.regex.Pattern.MULTILINE)
                .matcher(text)
                .find();
    }

    @Test
    void versionsAreFoundInWhatTheProductsSay() {
        Map<String, Map.Entry<String, String>> said = Map.of(
                "seafile", Map.entry("{\"version\":\"10.0.1\",\"features\":[\"seafile-basic\"]}", "10.0.1"),
                "mattermost", Map.entry("Version: 11.9.0\nBuild Number: 1\nBuild Date: x\n", "11.9.0"),
                "nextcloud",
                        Map.entry(
                                "PHP Warning: version 8\n{\"installed\":true,\"version\":\"25.0.2.3\",\"versionstring\":\"25.0.2\"}",
                                "25.0.2"),
                "appcircle", Map.entry("Appcircle script version: 3.29.4\napi sha256:12\n", "3.29.4"));
        said.forEach((recipe, answer) -> {
            var pattern = java.util.regex.Pattern.compile(
                    Recipes.load(null).find(recipe).orElseThrow().detect().pattern(),
                    java.util.regex.Pattern.MULTILINE);
            var matcher = pattern.matcher(answer.getKey());
            assertThat(matcher.find()).as(recipe).isTrue();
            assertThat(Optional.ofNullable(matcher.group("version"))).contains(answer.getValue());
        });
        assertThat(found(
                        Recipes.load(null)
                                .find("seafile")
                                .orElseThrow()
                                .detect()
                                .pattern(),
                        "seafile-pro-server-9.0.16"))
                .isTrue();
    }
}
