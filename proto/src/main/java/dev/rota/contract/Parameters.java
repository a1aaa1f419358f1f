package dev.rota.contract;

import dev.rota.contract.yaml.Nearest;
import dev.rota.contract.yaml.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Gives a recipe's parameters their values: what is configured, else the default. */
public final class Parameters {
    private final Recipe recipe;
    private final Map<String, String> configured;
    private final Map<String, String> resolved = new LinkedHashMap<>();

    private Parameters(Recipe recipe, Map<String, String> configured) {
        this.recipe = recipe;
        this.configured = configured;
    }

    /**
     * Resolves all parameters. Configured values are taken literally; defaults may use other parameters and {@code node.name}.
     * A required parameter without a value and a configured value the recipe does not know are problems.
     *
     * @param recipe a recipe as loaded, so that its defaults do not depend on each other in a circle
     * @param nodeName the node the values are for
     * @param configured values by parameter name
     * @param at where a configured value is written; asked with any other name, where a missing one should be
     * @return a value for each declared parameter, in the order of the recipe; empty text for one that is missing
     */
    public static Map<String, String> resolve(
            Recipe recipe,
            String nodeName,
            Map<String, String> configured,
            UnaryOperator<String> at,
            Problems problems) {
        Set<String> known = recipe.parameters().keySet();
        for (String name : configured.keySet()) {
            if (!known.contains(name)) {
                problems.add(
                        at.apply(name),
                        "recipe '" + recipe.name() + "' has no parameter '" + name + "'" + Nearest.hint(name, known));
            }
        }
        for (Recipe.Parameter parameter : recipe.parameters().values()) {
            String name = parameter.name();
            if (parameter.defaultValue().isEmpty() && !configured.containsKey(name)) {
                String about = parameter.about().isEmpty() ? "" : " (" + parameter.about() + ")";
                problems.add(at.apply(name), "recipe '" + recipe.name() + "' needs parameter '" + name + "'" + about);
            }
        }
        Parameters parameters = new Parameters(recipe, configured);
        parameters.resolved.put(Values.NODE_NAME, nodeName);
        Map<String, String> result = new LinkedHashMap<>();
        known.forEach(name -> result.put(name, parameters.value(name)));
        return Collections.unmodifiableMap(result);
    }

    private String value(String name) {
        String done = resolved.get(name);
        if (done != null) {
            return done;
        }
        String value = Optional.ofNullable(configured.get(name)).orElseGet(() -> defaultOf(name));
        resolved.put(name, value);
        return value;
    }

    private String defaultOf(String name) {
        Optional<String> template =
                Optional.ofNullable(recipe.parameters().get(name)).flatMap(Recipe.Parameter::defaultValue);
        if (template.isEmpty()) {
            return "";
        }
        Template.names(template.get()).forEach(this::value);
        return Template.expand(template.get(), resolved);
    }
}
