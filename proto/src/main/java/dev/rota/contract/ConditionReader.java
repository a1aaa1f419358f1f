package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads the conditions of {@code health}, {@code unless} and {@code until}. */
final class ConditionReader {
    private static final List<String> KINDS =
            List.of("run", "http", "tcp", "file", "members", "process", "link", "version", "free");
    private static final List<String> OTHERS =
            RequestReader.concat(RequestReader.RUN_KEYS, List.of("open", "exists", "to", "at_least"));
    /** Stands for a condition that could not be read; a recipe with one is refused. */
    private static final Condition UNREADABLE = new Condition.FileThere("/", true);

    private final TemplateCheck templates;
    private final RequestReader requests;
    private final boolean membersKnown;

    ConditionReader(TemplateCheck templates, boolean membersKnown) {
        this.templates = templates;
        this.requests = new RequestReader(templates);
        this.membersKnown = membersKnown;
    }

    /** At least one condition. */
    List<Condition> list(YamlNode node) {
        if (node.isList() && node.list().isEmpty()) {
            node.problem("expected at least one condition");
        }
        return node.list(this::read);
    }

    private Condition read(YamlNode node) {
        return RequestReader.kind(node.map(), "a condition", KINDS, OTHERS)
                .map(kind -> read(node.map(), kind))
                .orElse(UNREADABLE);
    }

    private Condition read(YamlMap map, String kind) {
        return switch (kind) {
            case "run" -> {
                map.allowOnly(RequestReader.concat(List.of("run"), RequestReader.RUN_KEYS)
                        .toArray(String[]::new));
                yield new Condition.CommandAnswers(requests.run(map));
            }
            case "http" -> {
                map.allowOnly("http");
                yield new Condition.HttpAnswers(requests.http(map.require("http")));
            }
            case "tcp" -> {
                map.allowOnly("tcp", "open");
                yield new Condition.TcpPort(templates.address(map.require("tcp")), flag(map, "open"));
            }
            case "file" -> {
                map.allowOnly("file", "exists");
                yield new Condition.FileThere(templates.path(map.require("file")), flag(map, "exists"));
            }
            case "members" -> {
                map.allowOnly("members");
                yield members(map.require("members"));
            }
            case "process" -> {
                map.allowOnly("process");
                yield process(map.require("process"));
            }
            case "link" -> {
                map.allowOnly("link", "to");
                yield new Condition.LinkPoints(templates.path(map.require("link")), templates.path(map.require("to")));
            }
            case "version" -> {
                map.allowOnly("version");
                yield new Condition.VersionRuns(templates.word(map.require("version")));
            }
            default -> {
                map.allowOnly("free", "at_least");
                yield new Condition.DiskFree(
                        templates.path(map.require("free")),
                        map.require("at_least").size());
            }
        };
    }

    private Condition members(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("has", "lacks");
        if (!membersKnown) {
            node.problem("a condition on members needs the recipe's 'members' query");
        }
        if (map.has("has") == map.has("lacks")) {
            map.problem("expected either has or lacks");
        }
        Optional<YamlNode> name = map.get("has").or(() -> map.get("lacks"));
        return new Condition.MemberListed(name.map(templates::word).orElse(""), map.has("has"));
    }

    private Condition process(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("pid", "command", "runs");
        if (map.has("pid") == map.has("command")) {
            map.problem("expected either pid or command");
        }
        return new Condition.ProcessRuns(
                map.get("pid").map(templates::path),
                map.get("command").map(command -> templates.pattern(command)),
                flag(map, "runs"));
    }

    private static boolean flag(YamlMap map, String key) {
        return map.get(key).map(YamlNode::bool).orElse(true);
    }
}
