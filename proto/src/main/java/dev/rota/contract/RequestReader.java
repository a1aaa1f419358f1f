package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads commands and HTTP requests, which actions, conditions and queries share. */
final class RequestReader {
    /** The keys of a command beside {@code run}. */
    static final List<String> RUN_KEYS = List.of("env", "dir", "stdin", "exit", "expect", "reject");

    /** The same where the command is an action. */
    static final List<String> ACTION_KEYS = concat(RUN_KEYS, List.of("log"));

    private static final List<String> METHODS = List.of("get", "post", "put", "delete");

    private final TemplateCheck templates;

    RequestReader(TemplateCheck templates) {
        this.templates = templates;
    }

    Work.Run run(YamlMap map) {
        return new Work.Run(
                templates.words(map.require("run")),
                map.get("env").map(templates::variables).orElse(Map.of()),
                map.get("dir").map(templates::path),
                map.get("stdin").map(templates::text),
                map.get("exit").map(RequestReader::exit).orElse(List.of(0)),
                patterns(map.get("expect")),
                patterns(map.get("reject")),
                map.get("log").map(templates::path));
    }

    Work.Http http(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("get", "post", "put", "delete", "body", "headers", "status", "expect", "reject");
        List<String> methods = map.keys().stream().filter(METHODS::contains).toList();
        if (methods.size() != 1) {
            map.problem("expected exactly one of get, post, put, delete");
        }
        String method = methods.isEmpty() ? "get" : methods.get(0);
        map.get("body").filter(body -> method.equals("get")).ifPresent(body -> body.problem("a get has no body"));
        return new Work.Http(
                method.toUpperCase(Locale.ROOT),
                map.get(method).map(templates::url).orElse(""),
                map.get("body").map(templates::text),
                map.get("headers").map(this::headers).orElse(Map.of()),
                map.get("status")
                        .map(n -> n.list(code -> code.integer(100, 599)))
                        .orElse(List.of()),
                patterns(map.get("expect")),
                patterns(map.get("reject")));
    }

    private Map<String, String> headers(YamlNode node) {
        YamlMap map = node.map();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : map.keys()) {
            if (!name.matches("[A-Za-z0-9-]+")) {
                map.problems().add(map.at(name), "'" + name + "' is no name of a header: letters, digits and - only");
            }
            headers.put(name, templates.text(map.require(name)));
        }
        return Collections.unmodifiableMap(headers);
    }

    private static List<Integer> exit(YamlNode node) {
        if (node.isScalar()) {
            if (!node.string().equals("any")) {
                node.problem("expected 'any' or a list of exit codes such as [0, 3], found '" + node.string() + "'");
            }
            return List.of();
        }
        List<Integer> codes = node.list(code -> code.integer(0, 255));
        if (node.isList() && codes.isEmpty()) {
            node.problem("expected at least one exit code; write 'any' to accept all");
        }
        return codes;
    }

    private List<String> patterns(Optional<YamlNode> node) {
        return node.map(list -> list.list(item -> templates.pattern(item))).orElse(List.of());
    }

    /** Finds the one key of a map that says its kind; none or several are a problem. */
    static Optional<String> kind(YamlMap map, String what, List<String> kinds, List<String> others) {
        List<String> found = map.keys().stream().filter(kinds::contains).toList();
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        List<String> known = concat(kinds, others);
        if (!known.containsAll(map.keys())) {
            map.allowOnly(known.toArray(String[]::new));
        } else if (found.isEmpty()) {
            map.problem(what + " needs one of: " + String.join(", ", kinds));
        } else {
            map.problems().add(map.at(found.get(1)), what + " has only one kind, found: " + String.join(", ", found));
        }
        return Optional.empty();
    }

    static List<String> concat(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
