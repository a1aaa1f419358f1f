package dev.rota.coordinator.plan;

import dev.rota.contract.PathRule;
import dev.rota.contract.PathRule.By;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The releases of a product its recipe or the catalogue knows, in order. What comes before a release is none. */
final class KnownReleases {
    private final PathRule rule;
    private final int seriesParts;
    private final NavigableSet<Version> all = new TreeSet<>();
    private final NavigableSet<Version> installable = new TreeSet<>();
    private final NavigableSet<Version> withdrawn = new TreeSet<>();

    KnownReleases(Recipe recipe, Collection<Version> catalogue) {
        this(recipe, catalogue, List.of());
    }

    /** A withdrawn release cannot be installed, and whoever jumps over it still jumps over its changes. */
    KnownReleases(Recipe recipe, Collection<Version> catalogue, Collection<Version> withdrawn) {
        this.rule = recipe.path();
        this.seriesParts = recipe.seriesParts();
        catalogue.stream().filter(Version::released).forEach(installable::add);
        withdrawn.stream().filter(Version::released).forEach(this.withdrawn::add);
        all.addAll(installable);
        all.addAll(this.withdrawn);
        rule.releases().stream().filter(Version::released).forEach(all::add);
    }

    /** Releases between two versions, in ascending order, whichever of the two is older. */
    List<Version> between(Version one, Version other) {
        return inside(all, one, other);
    }

    /** Releases of the catalogue between two versions. */
    List<Version> installableBetween(Version one, Version other) {
        return inside(installable, one, other);
    }

    /** Releases of the catalogue newer than a version, in ascending order. */
    List<Version> installableAbove(Version version) {
        return List.copyOf(installable.tailSet(version, false));
    }

    /** Whether the catalogue has the release. */
    boolean installable(Version version) {
        return installable.contains(version);
    }

    /** Whether the release was withdrawn from the catalogue. */
    boolean withdrawn(Version version) {
        return withdrawn.contains(version);
    }

    private static List<Version> inside(NavigableSet<Version> versions, Version one, Version other) {
        boolean up = one.compareTo(other) < 0;
        return one.equals(other)
                ? List.of()
                : List.copyOf(versions.subSet(up ? one : other, false, up ? other : one, false));
    }

    /** What a step jumps over: releases, or series where the recipe's steps are series. */
    List<Version> skipped(Version from, Version to) {
        if (rule.by() == By.RELEASE) {
            return between(from, to);
        }
        return between(from, to).stream()
                .filter(v -> !v.sameSeries(from, seriesParts) && !v.sameSeries(to, seriesParts))
                .map(v -> v.series(seriesParts))
                .distinct()
                .toList();
    }

    /** Whether the recipe lists both, so that nothing unknown can lie between them; a series follows itself. */
    boolean listed(Version from, Version to) {
        return rule.by() == By.RELEASE
                ? rule.releases().contains(from) && rule.releases().contains(to)
                : from.sameSeries(to, seriesParts) || (listsSeries(from) && listsSeries(to));
    }

    private boolean listsSeries(Version version) {
        return rule.releases().stream().anyMatch(v -> v.sameSeries(version, seriesParts));
    }

    /** The newest release of the catalogue that begins with these numbers. */
    Optional<Version> newest(Version lead) {
        return installable.descendingSet().stream()
                .filter(v -> v.beginsWith(lead))
                .findFirst();
    }
}
