package dev.rota.contract;

import dev.rota.contract.yaml.Nearest;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads a recipe's templates and checks that each value they use is available where they stand. */
final class TemplateCheck {
    /** Where a template stands; each place has the values of the one before and some more. */
    enum Scope {
        /** Defaults of parameters, and the member name. */
        SETUP,
        /** What is asked at any time, outside a rollout too. */
        NODE,
        /** A phase without a peer. */
        PHASE,
        /** A phase with a peer. */
        PEER;

        private Set<String> known() {
            return switch (this) {
                case SETUP -> Set.of(Values.NODE_NAME);
                case NODE -> Set.of(Values.NODE_NAME, Values.NODE_MEMBER);
                case PHASE -> Values.ALL.stream().filter(v -> !isPeer(v)).collect(Collectors.toSet());
                case PEER -> Values.ALL;
            };
        }
    }

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]\\s]+\\]|[^:\\s]+):\\d{1,5}");

    private final Set<String> parameters;
    private final Set<String> used;
    private final Scope scope;

    private TemplateCheck(Set<String> parameters, Set<String> used, Scope scope) {
        this.parameters = parameters;
        this.used = used;
        this.scope = scope;
    }

    static TemplateCheck of(Set<String> parameters) {
        return new TemplateCheck(parameters, new TreeSet<>(), Scope.NODE);
    }

    /** The same recipe's templates at another place. */
    TemplateCheck in(Scope other) {
        return new TemplateCheck(parameters, used, other);
    }

    /** Names of all values any template of the recipe used so far. */
    Set<String> used() {
        return used;
    }

    /** Any text. */
    String text(YamlNode node) {
        return checked(node, node.string());
    }

    private String checked(YamlNode node, String template) {
        try {
            Template.names(template).forEach(name -> check(node, name));
        } catch (IllegalArgumentException e) {
            node.problem(String.valueOf(e.getMessage()));
        }
        return template;
    }

    /** Text that is not blank. */
    String word(YamlNode node) {
        return checked(node, node.word());
    }

    /** At least one text, none blank. */
    List<String> words(YamlNode node) {
        if (node.isList() && node.list().isEmpty()) {
            node.problem("expected at least one");
        }
        return node.list(this::word);
    }

    /** An absolute path, or one that starts with a value. */
    String path(YamlNode node) {
        String path = word(node);
        if (!path.isEmpty() && !path.startsWith("/") && !path.startsWith("${")) {
            node.problem("expected an absolute path, found '" + path + "'");
        }
        return path;
    }

    /** A web address, or one that starts with a value. */
    String url(YamlNode node) {
        String url = word(node);
        if (!url.isEmpty() && !url.matches("(?s)(https?://|\\$\\{).*")) {
            node.problem("expected an address that starts with http:// or https://, found '" + url + "'");
        }
        return url;
    }

    /** A host and a port; not looked at before its values are known. */
    String address(YamlNode node) {
        String address = word(node);
        if (!address.isEmpty()
                && !address.contains("${")
                && !ADDRESS.matcher(address).matches()) {
            node.problem("expected host:port, found '" + address + "'");
        }
        return address;
    }

    /** A regular expression that has the named groups. */
    String pattern(YamlNode node, String... groups) {
        String template = word(node);
        if (template.isEmpty()) {
            return template;
        }
        try {
            Map<String, String> any = new TreeMap<>();
            Template.names(template).forEach(name -> any.put(name, "x"));
            String regex = Template.expandPattern(template, any);
            Pattern.compile(regex, Pattern.MULTILINE);
            for (String group : groups) {
                checkGroup(node, regex, group);
            }
        } catch (PatternSyntaxException e) {
            node.problem("bad regular expression: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            node.problem(String.valueOf(e.getMessage()));
        }
        return template;
    }

    /** Environment variables; their values may be empty. */
    Map<String, String> variables(YamlNode node) {
        YamlMap map = node.map();
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : map.keys()) {
            if (!VARIABLE.matcher(name).matches()) {
                map.problems().add(map.at(name), "'" + name + "' is no name of a variable: letters, digits and _ only");
            }
            variables.put(name, text(map.require(name)));
        }
        return Collections.unmodifiableMap(variables);
    }

    /** Java 17 cannot list named groups, but a reference to a group that is not there does not compile. */
    static void checkGroup(YamlNode node, String regex, String group) {
        try {
            Pattern.compile(regex + "\n\\k<" + group + ">", Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            node.problem("the regular expression needs a group (?<" + group + ">...)");
        }
    }

    private void check(YamlNode node, String name) {
        used.add(name);
        if (parameters.contains(name) || scope.known().contains(name)) {
            return;
        }
        Set<String> available = new TreeSet<>(parameters);
        available.addAll(scope.known());
        if (isPeer(name) && Values.ALL.contains(name)) {
            node.problem("value '${" + name + "}' is known only in phases with 'on: peer' and in join");
        } else if (Values.ALL.contains(name)) {
            node.problem("value '${" + name + "}' is not known here; known here: " + String.join(", ", available));
        } else {
            String hint = Nearest.to(name, available)
                    .map(near -> "; did you mean '${" + near + "}'?")
                    .orElse(";");
            node.problem("unknown value '${" + name + "}'" + hint + " known here: " + String.join(", ", available));
        }
    }

    private static boolean isPeer(String name) {
        return name.startsWith("peer.");
    }
}
