package dev.rota.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rota.agent.TestAuthority;
import dev.rota.contract.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
    private static final String GOOD = """
        node: n1
        coordinators: ["c1.example.org:7443", "[::1]:7443"]
        data: var
        tls: {ca: tls/ca.pem, cert: tls/cert.pem, key: tls/key.pem}
        recipe: sample
        parameters:
          root: /srv/shop
        limits: {output: 2MB, disk_floor: 1GB, jobs: 50}
        """;

    @TempDir
    Path dir;

    private final TestAuthority authority = new TestAuthority();

    @BeforeEach
    void certificates() throws IOException {
        authority.agent(dir.resolve("tls"), "n1");
    }

    private Settings load(String text) throws IOException {
        Path file = Files.writeString(dir.resolve("agent.yaml"), text);
        return SettingsLoader.load(file, new HostChecks(Clock.systemUTC()));
    }

    /** The problems of a file, without its directory. */
    private List<String> problems(String text) {
        Throwable thrown = catchThrowable(() -> load(text));
        assertThat(thrown).isInstanceOf(ConfigException.class);
        return String.valueOf(thrown.getMessage())
                .replace(dir + "/", "")
                .lines()
                .toList();
    }

    @Test
    void readsAllSettings() throws IOException {
        Settings settings = load(GOOD);
        assertThat(settings.node()).isEqualTo("n1");
        assertThat(settings.coordinators()).containsExactly("c1.example.org:7443", "[::1]:7443");
        assertThat(settings.data()).isEqualTo(dir.resolve("var"));
        assertThat(settings.tls().key()).isEqualTo(dir.resolve("tls/key.pem"));
        assertThat(settings.recipe().name()).isEqualTo("sample");
        assertThat(settings.parameters()).containsEntry("root", "/srv/shop");
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(2 * 1024 * 1024, 1024L * 1024 * 1024, 50));
    }

    @Test
    void hasDefaults() throws IOException {
        Settings settings = load(GOOD.replaceAll("(?m)^limits.*\n", "").replaceAll("(?m)^data.*\n", ""));
        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/rota-agent"));
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(1024 * 1024, 200L * 1024 * 1024, 200));
    }

    @Test
    void keepsAsManyBackupsAsItSays() throws IOException {
        assertThat(load(GOOD).keepBackups()).isEqualTo(3);
        assertThat(load(GOOD + "backups: {keep: 7}\n").keepBackups()).isEqualTo(7);
        assertThat(problems(GOOD + "backups: {keep: 0}\n"))
                .singleElement()
                .asString()
                .contains("from 1 to 1000");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(problems("""
            node: "n 1"
            coordinators: [c1]
            data: var
            tls: {ca: tls/ca.pem, cert: tls/cert.pem, key: tls/none.pem}
            recipe: sample
            parameters:
              rot: /srv
            limits: {output: 1GB, jobs: 1}
            colour: blue
            """))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:9:1: ").contains("colour"))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:1:7: ").contains("'n 1' is no node name"))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:2:16: ").contains("expected host:port"))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:4:").contains("there is no such file"))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:7:3: ").contains("no parameter 'rot'"))
                .anySatisfy(
                        p -> assertThat(p).startsWith("agent.yaml:8:18: ").contains("from 64KB to 64MB, found '1GB'"))
                .anySatisfy(p -> assertThat(p).startsWith("agent.yaml:8:29: ").contains("from 10 to 10000"));
    }

    @Test
    void knowsTheRecipesOfItsHost() throws IOException {
        Files.createDirectory(dir.resolve("recipes"));
        assertThat(problems(GOOD.replace("recipe: sample", "recipe: shop\nrecipes: recipes")))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("agent.yaml:5:9: no recipe 'shop'; known: ")
                        .contains("sample"));
        Files.writeString(dir.resolve("recipes/shop.yaml"), "format: 1\nrecipe: shop\n");
        assertThat(problems(GOOD.replace("recipe: sample", "recipe: shop\nrecipes: recipes")))
                .anySatisfy(p -> assertThat(p).startsWith("recipes/shop.yaml:1:1: "));
        assertThat(problems(GOOD.replace("recipe: sample", "recipe: sample\nrecipes: none")))
                .anySatisfy(p -> assertThat(p).contains("is no directory"));
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(dir.resolve("tls/key.pem"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(problems(GOOD)).singleElement().asString().contains("its mode must be 0600");
    }

    @Test
    void checksCertificates() throws IOException {
        authority.expired(dir.resolve("tls"), "n1");
        assertThat(problems(GOOD)).singleElement().asString().contains("has expired");
        authority.agent(dir.resolve("tls"), "n2");
        assertThat(problems(GOOD)).singleElement().asString().contains("is for node 'n2', not for node 'n1'");
        authority.agent(dir.resolve("tls"), "n1");
        new TestAuthority().agent(dir.resolve("other"), "n1");
        Files.copy(
                dir.resolve("other/ca.pem"),
                dir.resolve("tls/ca.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(problems(GOOD)).singleElement().asString().contains("was not issued by the authority");
        authority.agent(dir.resolve("tls"), "n1");
        Files.copy(
                dir.resolve("other/key.pem"),
                dir.resolve("tls/key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(problems(GOOD)).singleElement().asString().contains("is not the key of certificate");
        Files.writeString(dir.resolve("tls/cert.pem"), "nonsense");
        assertThat(problems(GOOD)).singleElement().asString().contains("no readable PEM certificate");
    }

    @Test
    void saysThatTheFileIsMissing() {
        Throwable thrown =
                catchThrowable(() -> SettingsLoader.load(dir.resolve("none.yaml"), new HostChecks(Clock.systemUTC())));
        assertThat(thrown).hasMessageEndingWith("none.yaml:1:1: there is no such file");
    }

    @Test
    void aPortIsANumberThatAPortCanHave() {
        assertThat(problems(GOOD.replace("[::1]:7443", "c1:70000")))
                .singleElement()
                .asString()
                .contains("'c1:70000' has no possible port: a port is a number from 1 to 65535");
    }

    @Test
    void saysOnceWhatIsWrongWithASize() {
        assertThat(problems(GOOD.replace("2MB", "1MBB")))
                .singleElement()
                .asString()
                .contains("from 64KB to 64MB, found '1MBB'");
    }

    @Test
    void saysInWordsWhyTheFileCannotBeRead() throws IOException {
        HostChecks checks = new HostChecks(Clock.systemUTC());
        assertThat(catchThrowable(() -> SettingsLoader.load(dir, checks)))
                .hasMessageEndingWith(":1:1: this is a directory, not a file");
        Path latin1 = Files.write(dir.resolve("latin1.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
        assertThat(catchThrowable(() -> SettingsLoader.load(latin1, checks)))
                .hasMessageEndingWith("latin1.yaml:1:1: the file is not UTF-8 text");
    }

    @Test
    void aDirectoryMustBeOne() throws IOException {
        Files.writeString(dir.resolve("var"), "a file");
        assertThat(problems(GOOD)).singleElement().asString().contains("var is no directory");
    }
}
