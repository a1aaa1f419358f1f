package dev.rota.coordinator.app;

import dev.rota.contract.Change;
import dev.rota.contract.PathRule;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.ProductRules;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a recipe says about a product, as far as its notes are concerned. A product without one is read by the general rules. */
final class NotesProduct {
    private NotesProduct() {}

    static ProductRules of(String product, Recipes recipes) {
        return recipes.find(product).<ProductRules>map(FromRecipe::new).orElseGet(() -> new Unknown(product));
    }

    /** A cluster that may be upgraded node by node, from any release to any later one. */
    private record Unknown(String name) implements ProductRules {
        @Override
        public Phrases phrases() {
            return Phrases.general(name);
        }

        @Override
        public boolean clustered() {
            return true;
        }

        @Override
        public Mode whenSilent(Version from, Version to, boolean stops) {
            return Mode.SOFT;
        }

        @Override
        public Optional<String> skips(Version from, Version to, SortedSet<Version> known) {
            return Optional.empty();
        }
    }

    private record FromRecipe(Recipe recipe) implements ProductRules {
        @Override
        public Phrases phrases() {
            return Phrases.of(recipe);
        }

        @Override
        public boolean clustered() {
            return recipe.clustered();
        }

        @Override
        public Mode whenSilent(Version from, Version to, boolean stops) {
            return recipe.procedure().soft(Change.of(from, to, recipe.seriesParts()), stops)
                    ? Mode.SOFT
                    : Mode.FULL_STOP;
        }

        /** What the notes name as neighbours is one step; of what they do not name, the recipe knows. */
        @Override
        public Optional<String> skips(Version from, Version to, SortedSet<Version> known) {
            if (recipe.path().kind() != PathRule.Kind.CONSECUTIVE_FOR_SOFT) {
                return Optional.empty();
            }
            List<Version> named = between(from, to, known);
            boolean neighbours = named.isEmpty() && names(known, from) && names(known, to);
            List<Version> skipped = named.isEmpty() && !neighbours ? recipeSkips(from, to) : named;
            return skipped.isEmpty()
                    ? Optional.empty()
                    : Optional.of("going from " + from + " to " + to + " skips "
                            + String.join(
                                    ", ", skipped.stream().map(Version::text).toList()));
        }

        private List<Version> recipeSkips(Version from, Version to) {
            List<Version> skipped =
                    between(from, to, new TreeSet<>(recipe.path().releases()));
            boolean series = recipe.path().by() == PathRule.By.SERIES;
            return skipped.stream()
                    .filter(v -> !series || !v.sameSeries(from, recipe.seriesParts()))
                    .toList();
        }

        /** Patch releases of the target are part of the step. */
        private static List<Version> between(Version from, Version to, SortedSet<Version> releases) {
            return releases.stream()
                    .filter(v -> v.compareTo(from) > 0 && v.compareTo(to) < 0 && !v.beginsWith(to))
                    .toList();
        }

        private static boolean names(SortedSet<Version> known, Version version) {
            return known.stream().anyMatch(v -> v.beginsWith(version) || version.beginsWith(v));
        }
    }
}
