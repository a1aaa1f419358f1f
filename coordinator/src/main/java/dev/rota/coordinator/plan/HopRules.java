package dev.rota.coordinator.plan;

import dev.rota.contract.Change;
import dev.rota.contract.MigrationChain;
import dev.rota.contract.MigrationChain.Migration;
import dev.rota.contract.PathRule;
import dev.rota.contract.PathRule.BannedStep;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.plan.PathResult.Found;
import dev.rota.coordinator.plan.PathResult.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hops between two versions no stepping stone stands between. */
final class HopRules {
    /** So many stops are named in a refusal. */
    private static final int MAX_NAMED = 20;

    private final Recipe recipe;
    private final PathRule rule;
    private final KnownReleases known;

    HopRules(Recipe recipe, KnownReleases known) {
        this.recipe = recipe;
        this.rule = recipe.path();
        this.known = known;
    }

    /** The hops from a version to a newer one. */
    PathResult direct(Version from, Version to) {
        return switch (rule.kind()) {
            case DIRECT, CONSECUTIVE_FOR_SOFT, CHAIN_MIGRATIONS -> through(from, List.of(to));
            case EVERY_RELEASE -> everyRelease(from, to);
            case EVERY_MAJOR -> everyMajor(from, to);
        };
    }

    private PathResult everyRelease(Version from, Version to) {
        List<Version> stops = new ArrayList<>(known.between(from, to));
        stops.removeIf(known::withdrawn);
        List<String> absent = stops.stream()
                .filter(v -> !known.installable(v))
                .limit(MAX_NAMED)
                .map(Version::text)
                .toList();
        if (!absent.isEmpty()) {
            return new Refused(
                    Paths.PATH_FORBIDDEN,
                    recipe.name() + " goes through every release, and from " + from + " to " + to
                            + " the catalogue lacks " + String.join(", ", absent) + ": " + add(absent.get(0))
                            + ", then plan again",
                    absent);
        }
        stops.add(to);
        return through(from, stops);
    }

    /** The newest release of the installed major, then that of each major between, then the target. */
    private PathResult everyMajor(Version from, Version to) {
        int first = from.parts().get(0);
        int last = to.parts().get(0);
        List<Version> stops = new ArrayList<>();
        if (first < last) {
            known.newest(from.series(1)).filter(v -> v.compareTo(from) > 0).ifPresent(stops::add);
        }
        List<String> named = new ArrayList<>(stops.stream().map(Version::text).toList());
        List<String> absent = new ArrayList<>();
        for (int major = first + 1; major < last && absent.size() < MAX_NAMED; major++) {
            Optional<Version> newest = known.newest(Version.parse(Integer.toString(major)));
            newest.ifPresent(stops::add);
            named.add(newest.map(Version::text).orElse(Integer.toString(major)));
            if (newest.isEmpty()) {
                absent.add(Integer.toString(major));
            }
        }
        if (!absent.isEmpty()) {
            return new Refused(
                    Paths.PATH_FORBIDDEN,
                    recipe.name() + " cannot skip a major release: the way from " + from + " to " + to + " is "
                            + String.join(", ", named) + ", " + to + ", and the catalogue has no release of "
                            + String.join(", ", absent) + ": add its newest ('rota releases add " + recipe.name()
                            + " VERSION "
                            + "--file FILE'), then plan again",
                    named);
        }
        stops.add(to);
        return through(from, stops);
    }

    private PathResult through(Version from, List<Version> stops) {
        List<Hop> hops = new ArrayList<>();
        Version at = from;
        for (Version stop : stops) {
            Optional<Refused> banned = banned(at, stop);
            if (banned.isPresent()) {
                return banned.get();
            }
            Optional<List<Migration>> migrations = migrations(at, stop);
            if (migrations.isEmpty()) {
                return unknown(at, stop);
            }
            Change change = Change.of(at, stop, recipe.seriesParts());
            hops.add(new Hop(at, stop, change, known.skipped(at, stop), migrations.get()));
            at = stop;
        }
        return new Found(hops);
    }

    private Optional<Refused> banned(Version from, Version to) {
        return forbidding(from, to).map(ban -> {
            List<String> instead = ban.instead().map(v -> List.of(v.text())).orElseGet(() -> allowed(from, to));
            String next =
                    instead.isEmpty() ? "choose another release" : "take " + String.join(" or ", instead) + " instead";
            return new Refused(
                    Paths.PATH_FORBIDDEN,
                    recipe.name() + " must not go from " + from + " to " + to + ": " + ban.why() + "; " + next,
                    instead);
        });
    }

    private Optional<BannedStep> forbidding(Version from, Version to) {
        return rule.banned().stream().filter(ban -> ban.forbids(from, to)).findFirst();
    }

    /** The releases of the catalogue nearest to a banned one that are not banned. */
    private List<String> allowed(Version from, Version banned) {
        List<Version> newer = known.installableAbove(from).stream()
                .filter(v -> !v.equals(banned) && forbidding(from, v).isEmpty())
                .toList();
        List<String> nearest = new ArrayList<>();
        newer.stream().filter(v -> v.compareTo(banned) < 0).reduce((a, b) -> b).ifPresent(v -> nearest.add(v.text()));
        newer.stream().filter(v -> v.compareTo(banned) > 0).findFirst().ifPresent(v -> nearest.add(v.text()));
        return nearest;
    }

    /** Nothing when the chain does not know where one of the two stands. */
    private Optional<List<Migration>> migrations(Version from, Version to) {
        if (rule.migrations().isEmpty()) {
            return Optional.of(List.of());
        }
        MigrationChain chain = rule.migrations().get();
        Optional<Version> start = chain.point(from, recipe.seriesParts());
        Optional<Version> end = chain.point(to, recipe.seriesParts());
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        List<Migration> steps = chain.between(start.get(), end.get());
        return Optional.of(
                steps.isEmpty()
                        ? chain.withinSeries()
                                .map(name -> List.of(new Migration(from, to, List.of(name))))
                                .orElse(List.of())
                        : steps);
    }

    private Refused unknown(Version from, Version to) {
        int parts = recipe.seriesParts();
        MigrationChain chain = rule.migrations().orElseThrow();
        Version stranger = chain.point(from, parts).isEmpty() ? from : to;
        List<Migration> steps = chain.steps();
        return new Refused(
                Paths.PATH_FORBIDDEN,
                "no migration of " + recipe.name() + " leads to or from " + stranger.series(parts) + " (" + stranger
                        + "): its recipe knows them from " + steps.get(0).from() + " to "
                        + steps.get(steps.size() - 1).to()
                        + "; if there is one, add its script to 'migrations' in the recipe",
                List.of());
    }

    private String add(String version) {
        return "add it ('rota releases add " + recipe.name() + " " + version + " --file FILE')";
    }
}
