package dev.rota.contract;

import dev.rota.contract.MigrationChain.Migration;
import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the migration scripts of a recipe, orders them by number, and refuses gaps and overlaps. */
final class MigrationReader {
    private static final int MAX_SCRIPTS = 200;
    /** All names are one value of a step, whose length is bounded. */
    private static final int MAX_CHARACTERS = 4000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final YamlMap map;

    private MigrationReader(YamlMap map) {
        this.map = map;
    }

    /** A script's file name, where it stands, and what it leads from and to. */
    private record Named(YamlNode node, String name, Version from, Version to) {}

    static MigrationChain read(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("pattern", "scripts", "within_series");
        return new MigrationReader(map).chain();
    }

    private MigrationChain chain() {
        Optional<Pattern> pattern = pattern(map.require("pattern"));
        YamlNode scripts = map.require("scripts");
        List<YamlNode> items = scripts.list();
        if (scripts.isList() && (items.isEmpty() || items.size() > MAX_SCRIPTS)) {
            scripts.problem("expected 1 to " + MAX_SCRIPTS + " scripts, found " + items.size());
        } else if (items.stream().mapToInt(item -> item.string().length() + 1).sum() > MAX_CHARACTERS) {
            scripts.problem("the names of the scripts are longer than " + MAX_CHARACTERS + " characters together");
        }
        List<Named> named = pattern.map(p -> items.stream()
                        .limit(MAX_SCRIPTS)
                        .flatMap(item -> named(item, p).stream())
                        .sorted(Comparator.comparing(Named::from).thenComparing(Named::to))
                        .toList())
                .orElse(List.of());
        return new MigrationChain(joined(named), map.get("within_series").map(MigrationReader::name));
    }

    /** Names of one migration become one step. */
    private static List<Migration> joined(List<Named> named) {
        List<Migration> steps = new ArrayList<>();
        for (Named script : named) {
            Migration last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (last != null && last.from().equals(script.from()) && last.to().equals(script.to())) {
                List<String> names = new ArrayList<>(last.names());
                names.add(script.name());
                steps.set(steps.size() - 1, new Migration(last.from(), last.to(), names));
                continue;
            }
            if (last != null && !last.to().equals(script.from())) {
                boolean gap = last.to().compareTo(script.from()) < 0;
                script.node()
                        .problem(
                                gap
                                        ? "no script leads from " + last.to() + " to " + script.from()
                                        : "overlaps with " + last.names().get(0) + ", which leads from " + last.from()
                                                + " to " + last.to());
            }
            steps.add(new Migration(script.from(), script.to(), List.of(script.name())));
        }
        return steps;
    }

    private static Optional<Named> named(YamlNode node, Pattern pattern) {
        String name = name(node);
        Matcher found = pattern.matcher(name);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!found.matches()) {
            node.problem("'" + name + "' does not match the pattern");
            return Optional.empty();
        }
        Optional<Version> from = version(found.group("from"));
        Optional<Version> to = version(found.group("to"));
        if (from.isEmpty() || to.isEmpty() || from.get().compareTo(to.get()) >= 0) {
            node.problem("'" + name + "' does not lead from one version to a newer one, as the pattern reads it");
            return Optional.empty();
        }
        return Optional.of(new Named(node, name, from.get(), to.get()));
    }

    private static Optional<Version> version(String text) {
        return Optional.ofNullable(text).flatMap(Version::tryParse);
    }

    private static String name(YamlNode node) {
        String name = node.word();
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            node.problem("'" + name + "' is no name of a script: letters, digits, '.', '_' and '-' only, at most 128");
            return "";
        }
        return name;
    }

    private static Optional<Pattern> pattern(YamlNode node) {
        String text = node.word();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.compile(text);
            TemplateCheck.checkGroup(node, text, "from");
            TemplateCheck.checkGroup(node, text, "to");
            return text.contains("(?<from>") && text.contains("(?<to>") ? Optional.of(pattern) : Optional.empty();
        } catch (PatternSyntaxException e) {
            node.problem("bad regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }
}
