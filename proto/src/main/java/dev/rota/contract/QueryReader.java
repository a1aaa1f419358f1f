package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.List;

/** Reads the questions whose answer is taken from text: the running version, the members, the replicas, the master. */
final class QueryReader {
    private static final List<String> KINDS = List.of("run", "http");

    private final TemplateCheck templates;
    private final RequestReader requests;

    QueryReader(TemplateCheck templates) {
        this.templates = templates;
        this.requests = new RequestReader(templates);
    }

    /** A question with one answer. */
    Recipe.Query capture(YamlNode node, String group) {
        return read(node, "capture", group);
    }

    /** A question with any number of answers. */
    Recipe.Query each(YamlNode node, String... groups) {
        return read(node, "each", groups);
    }

    private Recipe.Query read(YamlNode node, String patternKey, String... groups) {
        YamlMap map = node.map();
        Work source = RequestReader.kind(
                        map, "a query", KINDS, RequestReader.concat(RequestReader.RUN_KEYS, List.of(patternKey)))
                .map(kind -> source(map, kind, patternKey))
                .orElseGet(Work.Wait::new);
        return new Recipe.Query(source, templates.pattern(map.require(patternKey), groups), patternKey.equals("each"));
    }

    private Work source(YamlMap map, String kind, String patternKey) {
        if (kind.equals("http")) {
            map.allowOnly("http", patternKey);
            return requests.http(map.require("http"));
        }
        map.allowOnly(RequestReader.concat(List.of("run", patternKey), RequestReader.RUN_KEYS)
                .toArray(String[]::new));
        return requests.run(map);
    }
}
