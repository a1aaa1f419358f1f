package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the top of a recipe file; what is in it is read by the other readers. */
final class RecipeReader {
    private static final int FORMAT = 1;
    private static final int MAX_SERIES = 6;
    private static final int DEFAULT_SERIES = 2;
    private static final Duration MAX_GATE = Duration.ofHours(24);
    private static final Duration MIN_EVERY = Duration.ofMillis(10);
    private static final Duration MAX_EVERY = Duration.ofMinutes(1);

    private final YamlMap root;
    private final TemplateCheck templates;
    private final Optional<YamlMap> declared;

    RecipeReader(YamlNode node) {
        this.root = node.map();
        this.declared = root.get("parameters").map(YamlNode::map);
        this.templates = TemplateCheck.of(
                declared.map(map -> new LinkedHashSet<>(map.keys())).orElseGet(LinkedHashSet::new));
    }

    /** The recipe as far as it could be read; it must not be used when there are problems. */
    Recipe read(String digest, String source) {
        root.allowOnly(
                "format",
                "recipe",
                "about",
                "clustered",
                "version",
                "path",
                "procedure",
                "notes",
                "hazards",
                "full_stop",
                "downgrade",
                "parameters",
                "environment",
                "user",
                "member",
                "members",
                "replicas",
                "master",
                "health",
                "installed",
                "gate",
                "between",
                "phases",
                "rollback");
        root.require("format").integer(FORMAT, FORMAT);
        root.get("about").ifPresent(YamlNode::string);
        boolean clustered = flag("clustered", true);
        YamlMap version = root.require("version").map();
        version.allowOnly("scheme", "series", "detect");
        int seriesParts =
                version.get("series").map(n -> n.integer(1, MAX_SERIES)).orElse(DEFAULT_SERIES);
        boolean membersKnown = root.get("members").filter(node -> !isNone(node)).isPresent();
        QueryReader queries = new QueryReader(templates);
        Recipe recipe = new Recipe(
                name(),
                digest,
                source,
                clustered,
                scheme(version),
                seriesParts,
                queries.capture(version.require("detect"), "version"),
                PathReader.read(root.require("path"), seriesParts),
                root.get("procedure").map(RecipeReader::procedure).orElse(new Recipe.Procedure(true, true)),
                NotesReader.read(root.get("notes")),
                root.get("hazards").map(HazardReader::read).orElse(List.of()),
                fullStop(),
                flag("downgrade", false),
                declared.map(map -> ParameterReader.read(map, templates)).orElse(Map.of()),
                root.get("environment").map(templates::variables).orElse(Map.of()),
                root.get("user").map(templates::word).orElse(""),
                root.get("member")
                        .map(templates.in(TemplateCheck.Scope.SETUP)::word)
                        .orElse("${" + Values.NODE_NAME + "}"),
                root.get("members").filter(n -> membersKnown).map(n -> queries.each(n, "member")),
                root.get("replicas").map(n -> queries.each(n, "name", "value")),
                root.get("master").map(n -> queries.capture(n, "member")),
                new ConditionReader(templates, membersKnown).list(root.require("health")),
                templates.path(root.require("installed")),
                gate(),
                new PhaseReader(templates, membersKnown).read(root.require("phases")),
                root.get("rollback")
                        .map(new PhaseReader(templates, membersKnown)::readRollback)
                        .orElse(Map.of()),
                new Recipe.Watching(between()));
        RecipeRules.check(recipe, root, templates.used());
        if (root.problems().isEmpty()) {
            declared.ifPresent(map -> ParameterReader.refuseUnused(map, templates.used()));
        }
        return recipe;
    }

    private String name() {
        YamlNode name = root.require("recipe");
        String text = name.word();
        if (!text.isEmpty() && !text.matches("[a-z][a-z0-9-]{0,31}")) {
            name.problem("'" + text + "' is no name of a recipe: lower-case letters, digits and -, at most 32");
        }
        return text;
    }

    private static VersionScheme scheme(YamlMap version) {
        version.get("scheme").ifPresent(n -> n.oneOf(VersionScheme.DOTTED.label()));
        return VersionScheme.DOTTED;
    }

    /** The product has a cluster, but does not say who is in it. */
    private static boolean isNone(YamlNode members) {
        return members.isScalar() && members.string().equals("none");
    }

    private static Recipe.Procedure procedure(YamlNode node) {
        if (node.isScalar()) {
            boolean soft = soft(node);
            return new Recipe.Procedure(soft, soft);
        }
        YamlMap map = node.map();
        map.allowOnly("update", "upgrade");
        return new Recipe.Procedure(soft(map.require("update")), soft(map.require("upgrade")));
    }

    private static boolean soft(YamlNode node) {
        return node.oneOf("soft", "full-stop").equals("soft");
    }

    private Recipe.FullStop fullStop() {
        Optional<YamlMap> map = root.get("full_stop").map(YamlNode::map);
        map.ifPresent(m -> m.allowOnly("strategy"));
        return map.map(m -> m.require("strategy")
                                .oneOf(Recipe.FullStop.STOP_ALL.label(), Recipe.FullStop.SHRINK.label()))
                        .filter(Recipe.FullStop.SHRINK.label()::equals)
                        .isPresent()
                ? Recipe.FullStop.SHRINK
                : Recipe.FullStop.STOP_ALL;
    }

    private Recipe.GateSettings gate() {
        Optional<YamlMap> map = root.get("gate").map(YamlNode::map);
        map.ifPresent(m -> m.allowOnly("wait", "stable", "retry", "every"));
        return new Recipe.GateSettings(
                gate(map, "wait", Recipe.GateSettings.DEFAULT.initial()),
                gate(map, "stable", Recipe.GateSettings.DEFAULT.stable()),
                gate(map, "retry", Recipe.GateSettings.DEFAULT.retry()),
                map.flatMap(m -> m.get("every"))
                        .map(n -> n.duration(MIN_EVERY, MAX_EVERY))
                        .orElse(Recipe.GateSettings.DEFAULT.every()));
    }

    private Duration between() {
        Optional<YamlMap> map = root.get("between").map(YamlNode::map);
        map.ifPresent(m -> m.allowOnly("stable"));
        return gate(map, "stable", Duration.ZERO);
    }

    private static Duration gate(Optional<YamlMap> map, String key, Duration otherwise) {
        return map.flatMap(m -> m.get(key))
                .map(n -> n.duration(Duration.ZERO, MAX_GATE))
                .orElse(otherwise);
    }

    private boolean flag(String key, boolean otherwise) {
        return root.get(key).map(YamlNode::bool).orElse(otherwise);
    }
}
