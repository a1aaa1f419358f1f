package dev.rota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code rota plan} prints for each of the products, from the recipe and the notes to the screen.
 * {@code -Dgolden.rewrite=true} writes the files; read the difference before committing it.
 */
class PlanScreensTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "plan");

    @TestFactory
    Stream<DynamicTest> everyPlanReadsLikeAContract() {
        return screens().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
    }

    private static void check(String name, String actual) throws IOException {
        Path file = ROOT.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(ROOT);
            Files.writeString(file, actual);
        }
        assertThat(actual).as("%s (-Dgolden.rewrite=true rewrites it)", file).isEqualTo(Files.readString(file));
    }

    private static Map<String, String> screens() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("ejabberd-consecutive", chat("mnesia").to("23.04"));
        all.put("ejabberd-skipping", chat("mysql").to("23.10"));
        all.put(
                "ejabberd-schema-hazard",
                Planning.of("ejabberd", "23.10", "n1", "n2", "n3")
                        .releases("24.02")
                        .note("24.02/upgrade.md", "# Upgrade to ejabberd 24.02\n\nThere are new options.\n")
                        .to("24.02"));
        all.put(
                "ejabberd-notes-missing",
                Planning.of("ejabberd", "23.01", "n1", "n2", "n3")
                        .releases("23.04")
                        .to("23.04"));
        all.put(
                "notes-ban",
                Planning.of("mattermost", "9.4.1", "app1", "app2")
                        .releases("9.5.0")
                        .note("important.md", """
                                # Important notes

                                ## 9.5

                                Nodes of 9.4 and 9.5 must not run at the same time: stop every node of the cluster first.
                                The new indexes make the change of the posts table irreversible.
                                """)
                        .to("9.5.0"));
        all.put(
                "notes-unclear",
                Planning.of("mattermost", "9.4.1", "app1", "app2")
                        .releases("9.5.0")
                        .note("important.md", """
                                # Important notes

                                ## 9.5

                                If you use MySQL, all nodes have to be stopped before the upgrade.
                                """)
                        .to("9.5.0"));
        all.put(
                "seafile-chain",
                Planning.of("seafile", "8.0.7", "files")
                        .releases("10.0.1")
                        .note("9.0.x.md", "# Upgrade to 9.0.x\n\nAdd the new block to the configuration of nginx.\n")
                        .note("10.0.x.md", "# Upgrade to 10.0.x\n\nPython 3.8 or newer is required.\n")
                        .to("10.0.1"));
        all.put(
                "mattermost-several-releases",
                Planning.of("mattermost", "9.5.2", "app1", "app2")
                        .releases("9.11.3", "10.0.1", "10.5.2")
                        .note("important.md", """
                                # Important notes

                                ## 10.5

                                The server needs PostgreSQL 13 or newer.

                                ## 10.0

                                The websocket's path changed: update the location block of the proxy.
                                """)
                        .to("10.5.2"));
        all.put(
                "nextcloud-skips-a-major",
                Planning.of("nextcloud", "27.1.4", "cloud")
                        .releases("27.1.11", "28.0.14", "30.0.2")
                        .to("30.0.2"));
        all.put(
                "nextcloud-every-major",
                Planning.of("nextcloud", "27.1.11", "cloud")
                        .releases("28.0.14", "29.0.9")
                        .to("29.0.9"));
        all.put(
                "appcircle-older-zip",
                Planning.of("appcircle", "3.29.4", "ci")
                        .releases("3.28.2")
                        .allowDowngrade()
                        .to("3.28.2"));
        return all;
    }

    private static Planning chat(String storage) {
        return Planning.of("ejabberd", "23.01", "n1", "n2", "n3")
                .releases("23.04", "23.10")
                .assume("storage", storage)
                .note("23.04/upgrade.md", """
                        # Upgrade to ejabberd 23.04

                        Erlang/OTP 20 or newer is required.

                        ## SQL schema

                        On MySQL:

                        ```sql
                        ALTER TABLE archive ADD COLUMN reply text;
                        CREATE INDEX i_archive_reply USING BTREE ON archive(reply(191));
                        ```

                        On PostgreSQL:

                        ```sql
                        ALTER TABLE archive ADD COLUMN reply text;
                        ```
                        """)
                .note("23.10/upgrade.md", """
                        # Upgrade to ejabberd 23.10

                        On MySQL, once no node of an older release runs:

                        ```sql
                        ALTER TABLE archive DROP COLUMN origin;
                        ```

                        The conversion of room options cannot be undone.
                        """);
    }
}
