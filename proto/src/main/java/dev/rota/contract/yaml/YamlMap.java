package dev.rota.contract.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and values of a YAML map, in file order. */
public final class YamlMap {
    private final YamlNode node;
    private final Map<String, YamlNode.Entry> entries;

    YamlMap(YamlNode node, Map<String, YamlNode.Entry> entries) {
        this.node = node;
        this.entries = entries;
    }

    /** Where the map starts: {@code file:line:column}. */
    public String at() {
        return node.at();
    }

    /** Where a key is written; where the map starts if it has no such key. */
    public String at(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? node.at() : entry.at();
    }

    /** The collector shared by all values of the file. */
    public Problems problems() {
        return node.problems();
    }

    /** Records a problem with the map as a whole; nothing if it was found missing before. */
    public void problem(String message) {
        node.problem(message);
    }

    /** The keys in file order. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The value of a key, if it is there. */
    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(YamlNode.Entry::value);
    }

    /** The value of a key; when it is not there that is a problem, and the value reads as defaults. */
    public YamlNode require(String key) {
        return get(key).orElseGet(() -> {
            node.problem("key '" + key + "' is missing");
            return YamlNode.absent(node.at(), node.problems());
        });
    }

    /** Makes every other key a problem that names the nearest known key and all that are allowed. */
    public void allowOnly(String... keys) {
        List<String> allowed = Arrays.asList(keys);
        entries.forEach((key, entry) -> {
            if (!allowed.contains(key)) {
                String hint = Nearest.to(key, allowed)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(";");
                problems()
                        .add(
                                entry.at(),
                                "unknown key '" + key + "'" + hint + " allowed: " + String.join(", ", allowed));
            }
        });
    }
}
