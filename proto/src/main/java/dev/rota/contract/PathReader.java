package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the {@code path} of a recipe. */
final class PathReader {
    private static final int MAX_RELEASES = 2000;
    private static final int MAX_STONES = 64;
    private static final int MAX_BANNED = 256;
    private static final String[] KINDS =
            Arrays.stream(PathRule.Kind.values()).map(PathRule.Kind::label).toArray(String[]::new);

    private final YamlMap path;
    private final int seriesParts;

    private PathReader(YamlMap path, int seriesParts) {
        this.path = path;
        this.seriesParts = seriesParts;
    }

    static PathRule read(YamlNode node, int seriesParts) {
        return new PathReader(node.map(), seriesParts).rule();
    }

    private PathRule rule() {
        path.allowOnly("rule", "by", "releases", "minimum", "stepping_stones", "banned", "migrations");
        YamlNode rule = path.require("rule");
        PathRule.Kind kind = PathRule.Kind.of(rule.oneOf(KINDS));
        List<Version> releases = path.get("releases").map(this::releases).orElse(List.of());
        if (kind == PathRule.Kind.CONSECUTIVE_FOR_SOFT && releases.isEmpty()) {
            rule.problem(kind.label() + " needs the known releases in 'releases'");
        }
        if (kind == PathRule.Kind.EVERY_MAJOR && seriesParts != 1) {
            rule.problem(kind.label() + " counts by the first number: it needs 'series: 1' under 'version'");
        }
        if (kind == PathRule.Kind.CHAIN_MIGRATIONS && !path.has("migrations")) {
            rule.problem(kind.label() + " needs 'migrations'");
        }
        return new PathRule(
                kind,
                path.get("by").map(node -> by(node, kind)).orElse(PathRule.By.RELEASE),
                releases,
                path.get("minimum").flatMap(PathReader::version),
                path.get("stepping_stones")
                        .map(node -> items(node, MAX_STONES).stream()
                                .flatMap(item -> stone(item).stream())
                                .toList())
                        .orElse(List.of()),
                path.get("banned")
                        .map(node -> items(node, MAX_BANNED).stream()
                                .map(PathReader::banned)
                                .toList())
                        .orElse(List.of()),
                path.get("migrations").flatMap(node -> migrations(node, kind)));
    }

    private static PathRule.By by(YamlNode node, PathRule.Kind kind) {
        if (kind != PathRule.Kind.CONSECUTIVE_FOR_SOFT) {
            node.problem("'by' belongs to " + PathRule.Kind.CONSECUTIVE_FOR_SOFT.label());
        }
        return node.oneOf(PathRule.By.RELEASE.label(), PathRule.By.SERIES.label())
                        .equals(PathRule.By.SERIES.label())
                ? PathRule.By.SERIES
                : PathRule.By.RELEASE;
    }

    private static Optional<MigrationChain> migrations(YamlNode node, PathRule.Kind kind) {
        if (kind != PathRule.Kind.CHAIN_MIGRATIONS) {
            node.problem("'migrations' belongs to " + PathRule.Kind.CHAIN_MIGRATIONS.label());
            return Optional.empty();
        }
        return Optional.of(MigrationReader.read(node));
    }

    private List<Version> releases(YamlNode node) {
        List<Version> releases = new ArrayList<>();
        for (YamlNode item : items(node, MAX_RELEASES)) {
            version(item).ifPresent(v -> {
                Optional<Version> before =
                        releases.isEmpty() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1));
                before.filter(b -> v.compareTo(b) <= 0)
                        .ifPresent(b -> item.problem("release " + v + " must be newer than the one before it, " + b));
                releases.add(v);
            });
        }
        return releases;
    }

    private static Optional<PathRule.SteppingStone> stone(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("via", "from", "to", "why");
        Optional<Version> via = version(map.require("via"));
        Optional<VersionRange> from = map.get("from").flatMap(PathReader::range);
        Optional<VersionRange> to = map.get("to").flatMap(PathReader::range);
        String why = map.get("why").map(YamlNode::word).orElse("");
        return via.map(v -> new PathRule.SteppingStone(v, from, to, why));
    }

    private static PathRule.BannedStep banned(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("from", "to", "why", "instead");
        if (node.isMap() && !map.has("from") && !map.has("to")) {
            map.problem("expected from, to or both");
        }
        return new PathRule.BannedStep(
                map.get("from").flatMap(PathReader::range),
                map.get("to").flatMap(PathReader::range),
                map.require("why").word(),
                map.get("instead").flatMap(PathReader::version));
    }

    private static Optional<VersionRange> range(YamlNode node) {
        String text = node.word();
        Optional<VersionRange> range = VersionRange.tryParse(text);
        if (range.isEmpty() && !text.isEmpty()) {
            node.problem("'" + text + "' is no range: expected " + VersionRange.FORM);
        }
        return range;
    }

    static Optional<Version> version(YamlNode node) {
        String text = node.word();
        Optional<Version> version = Version.tryParse(text);
        if (version.isEmpty() && !text.isEmpty()) {
            node.problem("'" + text + "' is not a version: expected numbers separated by dots, such as 23.01");
        }
        return version;
    }

    static List<YamlNode> items(YamlNode node, int max) {
        List<YamlNode> items = node.list();
        if (items.size() > max) {
            node.problem("expected at most " + max + ", found " + items.size());
            return items.subList(0, max);
        }
        return items;
    }
}
