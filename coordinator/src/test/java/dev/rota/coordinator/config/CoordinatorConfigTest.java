package dev.rota.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.yaml.ConfigException;
import dev.rota.coordinator.config.CoordinatorConfig.FailureDetection;
import dev.rota.coordinator.config.CoordinatorConfig.Listen;
import dev.rota.coordinator.config.CoordinatorConfig.Member;
import dev.rota.coordinator.config.CoordinatorConfig.Tls;
import dev.rota.coordinator.domain.Inventory.Cluster;
import dev.rota.coordinator.domain.Inventory.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatorConfigTest {
    private static final String SHORTEST = """
            name: rota-1
            data: data
            listen: 127.0.0.1:7443
            clusters:
              chat: {recipe: sample, nodes: [{name: n1}]}
            """;

    @TempDir
    Path directory;

    @Test
    void theShortestFileGetsAllDefaults() throws IOException {
        CoordinatorConfig config = load(SHORTEST);

        Path data = directory.resolve("data");
        assertThat(config.name()).isEqualTo("rota-1");
        assertThat(config.data()).isEqualTo(data);
        assertThat(config.listen()).isEqualTo(new Listen("127.0.0.1", 7443));
        assertThat(config.tls())
                .isEqualTo(
                        new Tls(data.resolve("tls/ca.pem"), data.resolve("tls/cert.pem"), data.resolve("tls/key.pem")));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.observe()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.recipes().find("ejabberd")).isPresent();
        assertThat(config.inventory().clusters())
                .containsExactly(new Cluster("chat", "sample", List.of(new Node("n1", ""))));
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Files.createDirectory(directory.resolve("recipes"));
        CoordinatorConfig config = load("""
                name: rota-2
                data: /var/lib/rota
                listen: "[::1]:0"
                tls: {ca: a.pem, cert: /etc/b.pem, key: c.pem}
                recipes: recipes
                heartbeat: 1s
                observe: 2m
                clusters:
                  web: {recipe: sample, nodes: [{name: w1, zone: a}, {name: w2, zone: b}]}
                  chat: {recipe: ejabberd, nodes: [{name: c1}]}
                """);

        assertThat(config.data()).isEqualTo(Path.of("/var/lib/rota"));
        assertThat(config.listen()).isEqualTo(new Listen("::1", 0));
        assertThat(config.listen()).hasToString("[::1]:0");
        assertThat(config.tls())
                .isEqualTo(new Tls(directory.resolve("a.pem"), Path.of("/etc/b.pem"), directory.resolve("c.pem")));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.observe()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.inventory().clusters())
                .containsExactly(
                        new Cluster("web", "sample", List.of(new Node("w1", "a"), new Node("w2", "b"))),
                        new Cluster("chat", "ejabberd", List.of(new Node("c1", ""))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: data            | dta: data                  | :2:1: unknown key 'dta'; did you mean 'data'?
            data: data            | dta: data                  | key 'data' is missing
            name: rota-1          | name: rota 1               | :1:7: 'rota 1' is no name: 1 to 63 letters
            listen: 127.0.0.1:7443| listen: 7443               | :3:9: expected host:port
            listen: 127.0.0.1:7443| listen: here:70000         | :3:9: expected host:port
            recipe: sample        | recipe: samples            | :5:18: there is no recipe 'samples', did you mean 'sample'?; known: appcircle, ejabberd, mattermost, nextcloud, sample, seafile
            {name: n1}            | {name: n1}, {name: n1}     | :5:53: node 'n1' is there twice, first at
            {name: n1}            | {name: n1, zon: a}         | unknown key 'zon'
            {name: n1}            | {name: n1?role=admin}      | is no name
            [{name: n1}]          | []                         | cluster 'chat' has no node
            chat:                 | chat room:                 | :5:3: 'chat room' is no name
            name: rota-1          | heartbeat: 1h              | :1:12: expected a duration
            name: rota-1          | recipes: nowhere           | is no directory
            """)
    void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        String text = SHORTEST.replace(right, wrong);
        assertThat(text).isNotEqualTo(SHORTEST);

        assertThatThrownBy(() -> load(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(directory.resolve("rota.yaml").toString())
                .hasMessageContaining(message);
    }

    @Test
    void aNodeOfTwoClustersIsRefusedNamingBothPlaces() {
        String text = SHORTEST + "  web: {recipe: sample, nodes: [{name: n2}, {name: n1}]}\n";

        assertThatThrownBy(() -> load(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(":6:52: node 'n1' is there twice, first at ")
                .hasMessageContaining("rota.yaml:5:");
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThatThrownBy(() -> load("nam: x\nlisten: x\nclusters: {}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key 'nam'")
                .hasMessageContaining("key 'data' is missing")
                .hasMessageContaining("expected host:port")
                .hasMessageContaining("there is no cluster");
    }

    @Test
    void aBrokenRecipeIsNamedByItsOwnPlace() throws IOException {
        Path recipes = Files.createDirectory(directory.resolve("recipes"));
        Files.writeString(recipes.resolve("shop.yaml"), "format: 1\nrecipe: shop\nbogus: 1\n");

        assertThatThrownBy(() -> load(SHORTEST + "recipes: recipes\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("shop.yaml:3:1")
                .hasMessageContaining("bogus");
    }

    private static final String THREE = SHORTEST + """
            coordinators:
              - {name: rota-1, address: "a.example.org:7443", peer: "a.example.org:7444"}
              - {name: rota-2, address: "[fd00::2]:7443", peer: "[fd00::2]:7444"}
              - {name: rota-3, address: "c.example.org:7443", peer: "c.example.org:7444"}
            """;

    @Test
    void aCoordinatorIsAloneUnlessTheFileSaysOtherwise() throws IOException {
        assertThat(load(SHORTEST).coordinators()).isEmpty();
        assertThat(load(SHORTEST).failureDetection()).isEqualTo(FailureDetection.NORMAL);
    }

    @Test
    void theOtherCoordinatorsAreRead() throws IOException {
        CoordinatorConfig config = load(THREE + "failure_detection: fast\n");

        assertThat(config.coordinators())
                .containsExactly(
                        new Member("rota-1", new Listen("a.example.org", 7443), new Listen("a.example.org", 7444)),
                        new Member("rota-2", new Listen("fd00::2", 7443), new Listen("fd00::2", 7444)),
                        new Member("rota-3", new Listen("c.example.org", 7443), new Listen("c.example.org", 7444)));
        assertThat(config.failureDetection()).isEqualTo(FailureDetection.FAST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: rota-3, address               | name: rota-2, address               | :9:12: coordinator 'rota-2' is there twice, first at
            name: rota-1, address               | name: rota-4, address               | :7:3: this coordinator, 'rota-1', is not among them; add it, or correct 'name'
            address: "c.example.org:7443"       | address: "a.example.org:7443"       | :9:29: 'a.example.org:7443' is there twice, first at
            address: "c.example.org:7443"       | address: "c.example.org:7444"       | 'c.example.org:7444' is there twice, first at
            address: "c.example.org:7443"       | address: "c.example.org:0"          | :9:29: others connect to 'c.example.org:0': give the port that is listened on, not 0
            address: "c.example.org:7443"       | address: c.example.org              | :9:29: expected host:port, [address]:port for IPv6, found 'c.example.org'
            , peer: "c.example.org:7444"        | , per: "c.example.org:7444"         | unknown key 'per'; did you mean 'peer'?
            , peer: "c.example.org:7444"        | ``                                  | key 'peer' is missing
            name: rota-3                        | name: rota 3                        | :9:12: 'rota 3' is no name
            listen: 127.0.0.1:7443              | failure_detection: slow             | :3:20: expected
            """)
    void aMistakeAboutCoordinatorsIsNamedWithItsPlace(String right, String wrong, String message) {
        String text = THREE.replace(right, wrong);
        assertThat(text).isNotEqualTo(THREE);

        assertThatThrownBy(() -> load(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(directory.resolve("rota.yaml").toString())
                .hasMessageContaining(message);
    }

    @Test
    void moreCoordinatorsThanHelpAreRefused() {
        StringBuilder text = new StringBuilder(THREE);
        for (int i = 4; i <= 8; i++) {
            text.append("  - {name: rota-%1$d, address: h:%1$d, peer: h:9%1$d}\n".formatted(i));
        }

        assertThatThrownBy(() -> load(text.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there are 8 coordinators; at most 7 are allowed, 3 or 5 are recommended");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("missing.yaml");

        assertThatThrownBy(() -> CoordinatorConfig.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file.toString());
    }

    private CoordinatorConfig load(String text) throws IOException {
        return CoordinatorConfig.load(Files.writeString(directory.resolve("rota.yaml"), text));
    }
}
