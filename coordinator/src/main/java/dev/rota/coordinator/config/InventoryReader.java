package dev.rota.coordinator.config;

import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.yaml.Nearest;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Inventory.Cluster;
import dev.rota.coordinator.domain.Inventory.Node;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.security.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the clusters and their nodes. A node name stands for one node, whatever its cluster. */
final class InventoryReader {
    private static final int MAX_ZONE = 63;

    private final Optional<Recipes> recipes;
    private final Map<String, String> placeOfNode = new HashMap<>();
    private final SortedMap<String, ClusterChecks> checks = new TreeMap<>();

    /** {@code recipes} is empty when they could not be read; then recipe names are not checked. */
    InventoryReader(Optional<Recipes> recipes) {
        this.recipes = recipes;
    }

    Inventory read(YamlNode clusters) {
        YamlMap byName = clusters.map();
        if (clusters.isMap() && byName.keys().isEmpty()) {
            clusters.problem("there is no cluster");
        }
        List<Cluster> all = new ArrayList<>();
        for (String name : byName.keys()) {
            if (!Names.valid(name)) {
                byName.problems().add(byName.at(name), "'" + name + "' is no name: " + Names.RULE);
            }
            all.add(cluster(name, byName.require(name)));
        }
        return new Inventory(all);
    }

    /** How the clusters that were read are watched from outside. */
    SortedMap<String, ClusterChecks> checks() {
        return checks;
    }

    private Cluster cluster(String name, YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("recipe", "nodes", "assume", "probe", "blockers");
        YamlNode recipe = map.require("recipe");
        YamlNode nodes = map.require("nodes");
        List<Node> members = nodes.list(this::node);
        if (nodes.isList() && members.isEmpty()) {
            nodes.problem("cluster '" + name + "' has no node");
        }
        checks.put(name, ChecksReader.read(map));
        return new Cluster(name, recipe(recipe), members, assume(map.get("assume")));
    }

    private static SortedMap<String, String> assume(Optional<YamlNode> node) {
        SortedMap<String, String> all = new TreeMap<>();
        if (node.isEmpty()) {
            return all;
        }
        YamlMap map = node.get().map();
        for (String key : map.keys()) {
            YamlNode value = map.require(key);
            String text = value.word();
            if (!key.matches("[a-z][a-z0-9._-]{0,31}") || text.length() > MAX_ZONE) {
                value.problem("'" + key + ": " + text
                        + "' is no assumption: a name of lower-case letters, digits and ._-, and one word"
                        + ", such as storage: sql");
            }
            all.put(key, text);
        }
        return all;
    }

    private String recipe(YamlNode node) {
        String name = node.word();
        if (recipes.isEmpty() || name.isEmpty() || recipes.get().find(name).isPresent()) {
            return name;
        }
        List<String> known = recipes.get().all().stream().map(Recipe::name).toList();
        node.problem("there is no recipe '" + name + "'" + Nearest.hint(name, known) + "; known: "
                + String.join(", ", known));
        return name;
    }

    private Node node(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("name", "zone");
        YamlNode nameNode = map.require("name");
        String name = ConfigReader.name(nameNode);
        String earlier = name.isEmpty() ? null : placeOfNode.putIfAbsent(name, nameNode.at());
        if (earlier != null) {
            nameNode.problem("node '" + name + "' is there twice, first at " + earlier);
        }
        return new Node(name, map.get("zone").map(InventoryReader::zone).orElse(""));
    }

    private static String zone(YamlNode node) {
        String zone = node.word();
        if (zone.length() > MAX_ZONE) {
            node.problem("a zone has at most " + MAX_ZONE + " characters");
        }
        return zone;
    }
}
