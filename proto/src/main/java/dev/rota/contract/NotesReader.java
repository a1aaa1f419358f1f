package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a product's release notes are to be read. */
final class NotesReader {
    private static final int MAX_LENGTH = 200;
    private static final Pattern PHRASE = Pattern.compile(
            "(?:\\.\\.[1-9]|[\\p{L}\\p{N}'._|*-]+\\??)(?: (?:\\.\\.[1-9]|[\\p{L}\\p{N}'._|*-]+\\??))*+");

    private NotesReader() {}

    static Recipe.Notes read(Optional<YamlNode> node) {
        if (node.isEmpty()) {
            return new Recipe.Notes(List.of(), List.of(), List.of(), false, false, List.of());
        }
        YamlMap map = node.get().map();
        map.allowOnly("names", "bans", "permissions", "schema_changes_need_permission", "required", "none");
        return new Recipe.Notes(
                phrases(map, "names"),
                phrases(map, "bans"),
                phrases(map, "permissions"),
                map.get("schema_changes_need_permission").map(YamlNode::bool).orElse(false),
                map.get("required").map(YamlNode::bool).orElse(false),
                map.get("none").map(NotesReader::releases).orElse(List.of()));
    }

    private static List<Version> releases(YamlNode node) {
        return node.list().stream()
                .flatMap(item -> PathReader.version(item).stream())
                .toList();
    }

    private static List<String> phrases(YamlMap map, String key) {
        return map.get(key).map(list -> list.list(NotesReader::phrase)).orElse(List.of());
    }

    private static String phrase(YamlNode node) {
        String text = node.string().strip().toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH || !PHRASE.matcher(text).matches() || text.startsWith("..")) {
            node.problem("'" + text
                    + "' is no phrase: words separated by one space, each a word, alternatives a|b, a beginning"
                    + " such as upgrad*, with ? when it may be missing, or ..3 for up to three words of any kind; at most "
                    + MAX_LENGTH + " characters, and it begins with a word");
        }
        return text;
    }
}
