package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the {@code hazards} of a recipe. */
final class HazardReader {
    private static final int MAX_HAZARDS = 256;

    private HazardReader() {}

    static List<Recipe.Hazard> read(YamlNode node) {
        return PathReader.items(node, MAX_HAZARDS).stream()
                .flatMap(item -> hazard(item.map()).stream())
                .toList();
    }

    private static Optional<Recipe.Hazard> hazard(YamlMap map) {
        map.allowOnly("release", "when", "why");
        Optional<Version> release = PathReader.version(map.require("release"));
        SortedMap<String, String> when = map.get("when").map(HazardReader::when).orElseGet(TreeMap::new);
        String why = map.require("why").word();
        return release.map(r -> new Recipe.Hazard(r, when, why));
    }

    private static SortedMap<String, String> when(YamlNode node) {
        YamlMap map = node.map();
        SortedMap<String, String> when = new TreeMap<>();
        map.keys().forEach(key -> when.put(key, map.require(key).word()));
        return when;
    }
}
