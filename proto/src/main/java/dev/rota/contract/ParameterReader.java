package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters a recipe declares. */
final class ParameterReader {
    private final YamlMap map;
    private final TemplateCheck templates;
    private final Map<String, Recipe.Parameter> parameters = new LinkedHashMap<>();

    private ParameterReader(YamlMap map, TemplateCheck templates) {
        this.map = map;
        this.templates = templates;
    }

    /** Reads the declarations; {@code templates} must know all their names. */
    static Map<String, Recipe.Parameter> read(YamlMap map, TemplateCheck templates) {
        ParameterReader reader = new ParameterReader(map, templates.in(TemplateCheck.Scope.SETUP));
        map.keys().forEach(name -> reader.parameters.put(name, reader.parameter(name, map.require(name))));
        map.keys().forEach(name -> reader.refuseCircle(name, new LinkedHashSet<>()));
        return Collections.unmodifiableMap(reader.parameters);
    }

    /** Makes every parameter that no template used a problem; only sensible when all templates could be read. */
    static void refuseUnused(YamlMap map, Set<String> used) {
        for (String name : map.keys()) {
            if (!used.contains(name)) {
                map.problems().add(map.at(name), "parameter '" + name + "' is used nowhere");
            }
        }
    }

    private Recipe.Parameter parameter(String name, YamlNode node) {
        if (!name.matches("[a-z][a-z0-9_-]{0,31}")) {
            map.problems()
                    .add(
                            map.at(name),
                            "'" + name
                                    + "' is no name of a parameter: lower-case letters, digits, _ and -, at most 32");
        }
        YamlMap declared = node.map();
        declared.allowOnly("default", "about");
        return new Recipe.Parameter(
                name,
                declared.get("default").map(templates::text),
                declared.get("about").map(YamlNode::string).orElse(""));
    }

    /** Reports a circle once, at the parameter of it that is declared first. */
    private void refuseCircle(String name, Set<String> way) {
        if (way.contains(name)) {
            boolean startsHere = way.iterator().next().equals(name);
            boolean declaredFirst = map.keys().stream()
                    .filter(way::contains)
                    .findFirst()
                    .filter(name::equals)
                    .isPresent();
            if (startsHere && declaredFirst) {
                map.problems()
                        .add(
                                map.at(name),
                                "parameter defaults go in a circle: " + String.join(" -> ", way) + " -> " + name);
            }
            return;
        }
        way.add(name);
        for (String next : uses(name)) {
            if (parameters.containsKey(next)) {
                refuseCircle(next, way);
            }
        }
        way.remove(name);
    }

    private Set<String> uses(String name) {
        try {
            return Optional.ofNullable(parameters.get(name))
                    .flatMap(Recipe.Parameter::defaultValue)
                    .map(Template::names)
                    .orElse(Set.of());
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }
}
