package dev.rota.coordinator.config;

import dev.rota.contract.Recipes;
import dev.rota.contract.yaml.ConfigException;
import dev.rota.contract.yaml.YamlDocument;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import dev.rota.coordinator.config.CoordinatorConfig.FailureDetection;
import dev.rota.coordinator.config.CoordinatorConfig.Listen;
import dev.rota.coordinator.config.CoordinatorConfig.Member;
import dev.rota.coordinator.config.CoordinatorConfig.Tls;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.security.Names;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one configuration file. */
final class ConfigReader {
    /** As {@link YamlDocument}: 10,000 nodes with long names fit. */
    private static final long MAX_BYTES = 4 << 20;

    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_OBSERVE = Duration.ofSeconds(30);
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<host>[^\\[\\]:\\s]+)):(?<port>\\d{1,5})");

    private final Path file;

    ConfigReader(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    CoordinatorConfig read() {
        YamlNode root = YamlDocument.parse(text(), file.toString());
        YamlMap map = root.map();
        map.allowOnly(
                "name",
                "data",
                "listen",
                "tls",
                "recipes",
                "heartbeat",
                "observe",
                "coordinators",
                "failure_detection",
                "clusters");
        String name = name(map.require("name"));
        Path data = path(map.require("data"));
        Listen listen = listen(map.require("listen"));
        Tls tls = tls(map, data);
        Duration heartbeat =
                duration(map, "heartbeat", DEFAULT_HEARTBEAT, Duration.ofMillis(100), Duration.ofMinutes(5));
        Duration observe = duration(map, "observe", DEFAULT_OBSERVE, Duration.ofMillis(100), Duration.ofHours(1));
        Optional<Recipes> recipes = recipes(map);
        InventoryReader clusters = new InventoryReader(recipes);
        Inventory inventory = clusters.read(map.require("clusters"));
        List<Member> coordinators = map.get("coordinators")
                .map(list -> new CoordinatorsReader().read(list, name))
                .orElse(List.of());
        FailureDetection detection =
                map.get("failure_detection").map(ConfigReader::detection).orElse(FailureDetection.NORMAL);
        root.problems().throwIfAny();
        return new CoordinatorConfig(
                name,
                data,
                listen,
                tls,
                recipes.orElseThrow(),
                heartbeat,
                observe,
                inventory,
                coordinators,
                detection,
                clusters.checks());
    }

    private String text() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ":1:1", "the file is larger than 4 MB");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ":1:1", "the file is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigException(file + ":1:1", "the file cannot be read: " + e, e);
        }
    }

    static String name(YamlNode node) {
        String name = node.word();
        if (!name.isEmpty() && !Names.valid(name)) {
            node.problem("'" + name + "' is no name: " + Names.RULE);
        }
        return name;
    }

    private Path path(YamlNode node) {
        return file.resolveSibling(node.word()).normalize();
    }

    private static FailureDetection detection(YamlNode node) {
        return node.oneOf("normal", "fast").equals("fast") ? FailureDetection.FAST : FailureDetection.NORMAL;
    }

    static Listen listen(YamlNode node) {
        String text = node.word();
        Matcher m = HOST_AND_PORT.matcher(text);
        if (!m.matches() || Integer.parseInt(m.group("port")) > 65_535) {
            if (!text.isEmpty()) {
                node.problem("expected host:port, [address]:port for IPv6, found '" + text + "'");
            }
            return new Listen("", 0);
        }
        String v6 = m.group("v6");
        return new Listen(v6 == null ? m.group("host") : v6, Integer.parseInt(m.group("port")));
    }

    private Tls tls(YamlMap map, Path data) {
        Path own = data.resolve("tls");
        Tls defaults = new Tls(own.resolve("ca.pem"), own.resolve("cert.pem"), own.resolve("key.pem"));
        return map.get("tls")
                .map(YamlNode::map)
                .map(files -> {
                    files.allowOnly("ca", "cert", "key");
                    return new Tls(
                            files.get("ca").map(this::path).orElse(defaults.ca()),
                            files.get("cert").map(this::path).orElse(defaults.certificate()),
                            files.get("key").map(this::path).orElse(defaults.key()));
                })
                .orElse(defaults);
    }

    private static Duration duration(YamlMap map, String key, Duration byDefault, Duration min, Duration max) {
        return map.get(key).map(node -> node.duration(min, max)).orElse(byDefault);
    }

    private Optional<Recipes> recipes(YamlMap map) {
        Optional<Path> directory = map.get("recipes").map(this::path);
        if (directory.isPresent() && !Files.isDirectory(directory.get())) {
            map.problems().add(map.at("recipes"), directory.get() + " is no directory");
            return Optional.empty();
        }
        try {
            return Optional.of(Recipes.load(directory.orElse(null)));
        } catch (ConfigException broken) {
            map.problems().add(map.at("recipes"), "a recipe cannot be used:\n" + broken.getMessage());
            return Optional.empty();
        }
    }
}
