package dev.rota.coordinator.plan;

import dev.rota.contract.Change;
import dev.rota.contract.PathRule.SteppingStone;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.plan.PathResult.Found;
import dev.rota.coordinator.plan.PathResult.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the way from one version to another by the recipe's path rule. Total: every pair of versions ends in hops or a refusal. */
public final class Paths {
    static final String DOWNGRADE = "DOWNGRADE";
    static final String PATH_FORBIDDEN = "PATH_FORBIDDEN";
    /** Of the releases that could serve as one stepping stone, so many of the newest are tried. */
    private static final int MAX_CANDIDATES = 16;

    private final Recipe recipe;
    private final KnownReleases known;
    private final HopRules hops;
    private final Map<Version, Map<Version, PathResult>> found = new TreeMap<>();

    private Paths(Recipe recipe, Collection<Version> catalogue, Collection<Version> withdrawn) {
        this.recipe = recipe;
        this.known = new KnownReleases(recipe, catalogue, withdrawn);
        this.hops = new HopRules(recipe, known);
    }

    /**
     * The way from the installed version to another one.
     *
     * @param catalogue versions that can be installed
     * @param allowDowngrade the operator means it if {@code to} is older
     */
    public static PathResult find(
            Recipe recipe, Version from, Version to, Collection<Version> catalogue, boolean allowDowngrade) {
        return find(recipe, from, to, catalogue, List.of(), allowDowngrade);
    }

    /**
     * The way from the installed version to another one.
     *
     * @param withdrawn versions that exist and must not be installed
     */
    public static PathResult find(
            Recipe recipe,
            Version from,
            Version to,
            Collection<Version> catalogue,
            Collection<Version> withdrawn,
            boolean allowDowngrade) {
        if (from.equals(to)) {
            return new Found(List.of());
        }
        Paths paths = new Paths(recipe, catalogue, withdrawn);
        return to.compareTo(from) < 0 ? paths.down(from, to, allowDowngrade) : paths.up(from, to);
    }

    private PathResult down(Version from, Version to, boolean allowed) {
        String older = to + " is older than " + from;
        if (!recipe.downgradeAllowed()) {
            return new Refused(
                    DOWNGRADE,
                    older + ", and the recipe of " + recipe.name() + " does not allow downgrades",
                    List.of());
        }
        if (!allowed) {
            return new Refused(DOWNGRADE, older + "; if that is meant, add --allow-downgrade", List.of());
        }
        return new Found(List.of(new Hop(from, to, Change.DOWNGRADE, known.skipped(from, to), List.of())));
    }

    private PathResult up(Version from, Version to) {
        Version minimum = recipe.path().minimum().orElse(from);
        if (from.compareNumbers(minimum) < 0) {
            return new Refused(
                    PATH_FORBIDDEN,
                    recipe.name() + " can be upgraded from " + minimum + " on, and " + from + " is older: bring it to "
                            + minimum + " by its own procedure first",
                    List.of(minimum.text()));
        }
        return search(from, to);
    }

    /** Each part of a path is shorter than the whole, so this ends. */
    private PathResult search(Version from, Version to) {
        Map<Version, PathResult> ends = found.computeIfAbsent(from, v -> new TreeMap<>());
        PathResult before = ends.get(to);
        if (before != null) {
            return before;
        }
        List<SteppingStone> stones = recipe.path().steppingStones().stream()
                .filter(stone -> stone.between(from, to))
                .sorted(Comparator.comparing(SteppingStone::via))
                .toList();
        PathResult result = stones.isEmpty() ? hops.direct(from, to) : over(stones, from, to);
        ends.put(to, result);
        return result;
    }

    private PathResult over(List<SteppingStone> stones, Version from, Version to) {
        SteppingStone stone = stones.get(0);
        List<Version> candidates = new ArrayList<>(known.installableBetween(from, to));
        candidates.removeIf(v -> !v.beginsWith(stone.via()));
        if (candidates.isEmpty()) {
            return missing(stones, from, to);
        }
        List<PathResult> tried = new ArrayList<>();
        for (int i = candidates.size() - 1; i >= Math.max(0, candidates.size() - MAX_CANDIDATES); i--) {
            PathResult whole = join(search(from, candidates.get(i)), candidates.get(i), to);
            if (whole instanceof Found) {
                return whole;
            }
            tried.add(whole);
        }
        return tried.get(0);
    }

    private PathResult join(PathResult first, Version middle, Version to) {
        if (!(first instanceof Found start)) {
            return first;
        }
        PathResult second = search(middle, to);
        if (!(second instanceof Found end)) {
            return second;
        }
        List<Hop> all = new ArrayList<>(start.hops());
        all.addAll(end.hops());
        return new Found(all);
    }

    private Refused missing(List<SteppingStone> stones, Version from, Version to) {
        SteppingStone stone = stones.get(0);
        String via = stone.via().text();
        List<String> all = stones.stream()
                .map(SteppingStone::via)
                .distinct()
                .map(Version::text)
                .toList();
        String rest = all.size() == 1 ? "" : " (the whole way: " + String.join(", ", all) + ", " + to + ")";
        return new Refused(
                PATH_FORBIDDEN,
                recipe.name() + " goes from " + from + " to " + to + " only by way of " + via
                        + (stone.why().isEmpty() ? "" : ": " + stone.why())
                        + "; the catalogue has no release of it, so add it "
                        + "('rota releases add " + recipe.name() + " " + via + " --file FILE') and go there first"
                        + rest,
                all);
    }
}
