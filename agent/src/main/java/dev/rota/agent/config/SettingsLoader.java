package dev.rota.agent.config;

import dev.rota.agent.config.Settings.Limits;
import dev.rota.agent.config.Settings.Tls;
import dev.rota.contract.Parameters;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.yaml.ConfigException;
import dev.rota.contract.yaml.Problems;
import dev.rota.contract.yaml.YamlDocument;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the agent's configuration file and everything it names, and reports all that is wrong at once. */
public final class SettingsLoader {
    private static final String DEFAULT_DATA = "/var/lib/rota-agent";
    private static final long MB = 1024L * 1024;
    private static final Limits DEFAULT_LIMITS = new Limits(MB, 200 * MB, 200);
    private static final long MIN_OUTPUT = 64 * 1024;
    private static final long MAX_OUTPUT = 64 * MB;
    private static final int MAX_PORT = 65_535;
    private static final int MIN_JOBS = 10;
    private static final int MAX_JOBS = 10_000;
    private static final int DEFAULT_KEEP = 3;
    private static final int MAX_KEEP = 1_000;

    private final Path base;

    private SettingsLoader(Path file) {
        this.base = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    /**
     * Reads and checks a configuration file.
     *
     * @param checks what to look at beside the text itself
     * @throws ConfigException listing every problem with file, line and column
     */
    public static Settings load(Path file, HostChecks checks) {
        return new SettingsLoader(file).read(YamlDocument.parse(text(file), file.toString()), checks);
    }

    private static String text(Path file) {
        String at = file + ":1:1";
        if (Files.isDirectory(file)) {
            throw new ConfigException(at, "this is a directory, not a file");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(at, "there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new ConfigException(at, "the file is not UTF-8 text", e);
        } catch (AccessDeniedException e) {
            throw new ConfigException(at, "the file cannot be read by this user", e);
        } catch (IOException e) {
            throw new ConfigException(at, "the file cannot be read: " + e.getMessage(), e);
        }
    }

    private Settings read(YamlNode root, HostChecks checks) {
        Problems problems = root.problems();
        List<ConfigException> others = new ArrayList<>();
        YamlMap map = root.map();
        map.allowOnly("node", "coordinators", "data", "tls", "recipe", "recipes", "parameters", "limits", "backups");
        String node = node(map.require("node"));
        List<String> coordinators = coordinators(map.require("coordinators"));
        Path data = map.get("data").map(this::path).orElse(Path.of(DEFAULT_DATA));
        checks.data(map.at("data"), data, problems);
        Tls tls = tls(map.require("tls"), node, checks);
        Limits limits = map.get("limits").map(SettingsLoader::limits).orElse(DEFAULT_LIMITS);
        int keepBackups = map.get("backups").map(SettingsLoader::keepBackups).orElse(DEFAULT_KEEP);
        Optional<Recipe> recipe = recipe(map, others);
        Map<String, String> configured = parameters(map);
        Map<String, String> parameters =
                recipe.map(r -> resolve(r, node, configured, map)).orElse(Map.of());
        recipe.ifPresent(r -> checks.user(map.at("recipe"), r, problems));
        throwAll(problems, others);
        return new Settings(node, coordinators, data, tls, recipe.orElseThrow(), parameters, limits, keepBackups);
    }

    private static void throwAll(Problems problems, List<ConfigException> others) {
        List<ConfigException> all = new ArrayList<>();
        try {
            problems.throwIfAny();
        } catch (ConfigException e) {
            all.add(e);
        }
        all.addAll(others);
        if (!all.isEmpty()) {
            throw ConfigException.ofAll(all);
        }
    }

    private static String node(YamlNode node) {
        String name = node.string();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            node.problem("'" + name
                    + "' is no node name: 1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
        return name;
    }

    private static List<String> coordinators(YamlNode node) {
        List<String> all = node.list(item -> {
            String address = item.string();
            if (!address.matches("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):\\d{1,5}")) {
                item.problem("'" + address + "' is no address: expected host:port");
            } else {
                port(item, address);
            }
            return address;
        });
        if (node.isList() && all.isEmpty()) {
            node.problem("expected at least one host:port");
        }
        return all;
    }

    private static void port(YamlNode item, String address) {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        if (port < 1 || port > MAX_PORT) {
            item.problem("'" + address + "' has no possible port: a port is a number from 1 to " + MAX_PORT);
        }
    }

    private Path path(YamlNode node) {
        return base.resolve(node.word()).normalize();
    }

    private Tls tls(YamlNode node, String name, HostChecks checks) {
        YamlMap map = node.map();
        map.allowOnly("ca", "cert", "key");
        YamlNode ca = map.require("ca");
        YamlNode cert = map.require("cert");
        YamlNode key = map.require("key");
        Tls tls = new Tls(path(ca), path(cert), path(key));
        if (map.has("ca") && map.has("cert") && map.has("key")) {
            checks.tls(ca, cert, key, tls, name);
        }
        return tls;
    }

    private static Limits limits(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("output", "disk_floor", "jobs");
        return new Limits(
                map.get("output").map(n -> n.size(MIN_OUTPUT, MAX_OUTPUT)).orElse(DEFAULT_LIMITS.outputBytes()),
                map.get("disk_floor").map(YamlNode::size).orElse(DEFAULT_LIMITS.diskFloorBytes()),
                map.get("jobs").map(n -> n.integer(MIN_JOBS, MAX_JOBS)).orElse(DEFAULT_LIMITS.jobs()));
    }

    private static int keepBackups(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("keep");
        return map.require("keep").integer(1, MAX_KEEP);
    }

    private Optional<Recipe> recipe(YamlMap map, List<ConfigException> others) {
        YamlNode name = map.require("recipe");
        Optional<Path> directory = map.get("recipes").map(this::path);
        if (directory.isPresent() && !Files.isDirectory(directory.get())) {
            map.problems().add(map.at("recipes"), directory.get() + " is no directory");
        }
        try {
            Recipes recipes = Recipes.load(directory.orElse(null));
            Optional<Recipe> found = recipes.find(name.string());
            if (found.isEmpty() && map.has("recipe")) {
                String known = String.join(
                        ", ", recipes.all().stream().map(Recipe::name).toList());
                name.problem("no recipe '" + name.string() + "'; known: " + known);
            }
            return found;
        } catch (ConfigException e) {
            others.add(e);
            return Optional.empty();
        }
    }

    private static Map<String, String> parameters(YamlMap map) {
        Map<String, String> all = new LinkedHashMap<>();
        map.get("parameters")
                .map(YamlNode::map)
                .ifPresent(p ->
                        p.keys().forEach(name -> all.put(name, p.require(name).string())));
        return all;
    }

    private static Map<String, String> resolve(
            Recipe recipe, String node, Map<String, String> configured, YamlMap map) {
        Optional<YamlMap> written =
                map.get("parameters").filter(YamlNode::isMap).map(YamlNode::map);
        UnaryOperator<String> at = name -> written.map(p -> p.at(name)).orElse(map.at("parameters"));
        return Parameters.resolve(recipe, node, configured, at, map.problems());
    }
}
