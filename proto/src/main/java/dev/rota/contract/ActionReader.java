package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads what an action does: the one key that names its kind, and what belongs to it. */
final class ActionReader {
    /** The keys every action may have beside its kind. */
    static final List<String> GUARDS = List.of("title", "unless", "until", "within", "every");

    private static final List<String> KINDS = List.of(
            "run", "fetch", "unpack", "link", "copy", "archive", "restore", "remove", "service", "http", "wait");
    private static final int MAX_KEEP = 1000;

    private final TemplateCheck templates;
    private final RequestReader requests;

    ActionReader(TemplateCheck templates) {
        this.templates = templates;
        this.requests = new RequestReader(templates);
    }

    /** The work of one item of {@code do}; {@link Work.Wait} when it could not be read. */
    Work work(YamlNode node) {
        return RequestReader.kind(
                        node.map(), "an action", KINDS, RequestReader.concat(GUARDS, RequestReader.ACTION_KEYS))
                .map(kind -> work(node.map(), kind))
                .orElseGet(Work.Wait::new);
    }

    private Work work(YamlMap map, String kind) {
        List<String> keys = RequestReader.concat(List.of(kind), GUARDS);
        map.allowOnly((kind.equals("run") ? RequestReader.concat(keys, RequestReader.ACTION_KEYS) : keys)
                .toArray(String[]::new));
        YamlNode node = map.require(kind);
        return switch (kind) {
            case "run" -> requests.run(map);
            case "http" -> requests.http(node);
            case "fetch" -> {
                node.oneOf("artifact");
                yield new Work.Fetch();
            }
            case "unpack" -> {
                node.map().allowOnly("from", "to");
                yield new Work.Unpack(path(node, "from"), path(node, "to"));
            }
            case "link" -> {
                node.map().allowOnly("path", "to");
                yield new Work.Link(path(node, "path"), path(node, "to"));
            }
            case "copy" -> {
                node.map().allowOnly("from", "to");
                yield new Work.Copy(path(node, "from"), path(node, "to"));
            }
            case "archive" -> {
                node.map().allowOnly("paths", "to");
                yield new Work.Archive(paths(node), path(node, "to"));
            }
            case "restore" -> {
                node.map().allowOnly("from", "to");
                yield new Work.Restore(path(node, "from"), path(node, "to"));
            }
            case "remove" -> {
                node.map().allowOnly("paths", "keep");
                yield new Work.Remove(
                        paths(node),
                        node.map().get("keep").map(n -> n.integer(0, MAX_KEEP)).orElse(0));
            }
            case "service" -> service(node);
            default -> waiting(map, node);
        };
    }

    private Work service(YamlNode node) {
        YamlMap map = node.map();
        List<String> forms =
                List.of("unit", "start", "stop").stream().filter(map::has).toList();
        if (forms.size() != 1) {
            map.problem("a service has exactly one of unit, start, stop");
            return new Work.Wait();
        }
        return switch (forms.get(0)) {
            case "unit" -> {
                map.allowOnly("unit", "do");
                Work.Service.Verb verb =
                        map.require("do").oneOf("start", "stop").equals("start")
                                ? Work.Service.Verb.START
                                : Work.Service.Verb.STOP;
                yield service(templates.word(map.require("unit")), verb, List.of(), Optional.empty(), map);
            }
            case "start" -> {
                map.allowOnly("start", "pid", "log", "dir");
                String pid = templates.path(map.require("pid"));
                List<String> command = templates.words(map.require("start"));
                yield service("", Work.Service.Verb.START, command, Optional.of(pid), map);
            }
            default -> {
                map.allowOnly("stop");
                String pid = templates.path(map.require("stop"));
                yield service("", Work.Service.Verb.STOP, List.of(), Optional.of(pid), map);
            }
        };
    }

    private Work service(String unit, Work.Service.Verb verb, List<String> command, Optional<String> pid, YamlMap map) {
        return new Work.Service(
                unit,
                verb,
                command,
                pid,
                map.get("log").map(templates::path),
                map.get("dir").map(templates::path));
    }

    private static Work waiting(YamlMap map, YamlNode node) {
        if (!node.bool()) {
            node.problem("write 'wait: true'");
        }
        if (!map.has("until")) {
            node.problem("a wait needs 'until'");
        }
        return new Work.Wait();
    }

    private String path(YamlNode node, String key) {
        return templates.path(node.map().require(key));
    }

    private List<String> paths(YamlNode node) {
        YamlNode list = node.map().require("paths");
        if (list.isList() && list.list().isEmpty()) {
            list.problem("expected at least one");
        }
        return list.list(templates::path);
    }
}
