package dev.rota.coordinator.notes;

import dev.rota.contract.Recipe;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a recipe adds to the general rules of reading.
 *
 * @param names the names of the product in its notes, in lower case: what follows them is a release of it
 * @param bans patterns of words that forbid a soft upgrade
 * @param permissions patterns of words that allow one
 * @param schemaChangesNeedPermission whether a change of the schema must be said to be compatible with old nodes, because the
 *     product's procedure asks for an interruption otherwise
 */
public record Phrases(
        Set<String> names, List<String> bans, List<String> permissions, boolean schemaChangesNeedPermission) {
    /** Copies the collections. */
    public Phrases {
        names = Collections.unmodifiableSet(new TreeSet<>(names));
        bans = List.copyOf(bans);
        permissions = List.copyOf(permissions);
    }

    /** The general rules and those of a recipe. */
    public static Phrases of(Recipe recipe) {
        Recipe.Notes notes = recipe.notes();
        TreeSet<String> names = new TreeSet<>(notes.names());
        names.add(recipe.name());
        return new Phrases(names, notes.bans(), notes.permissions(), notes.schemaChangesNeedPermission());
    }

    /** Only the general rules. */
    public static Phrases general(String product) {
        return new Phrases(Set.of(product), List.of(), List.of(), false);
    }
}
