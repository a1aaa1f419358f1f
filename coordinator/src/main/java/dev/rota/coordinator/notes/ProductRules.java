package dev.rota.coordinator.notes;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import java.util.Optional;
import java.util.SortedSet;

/** What the decision has to know about a product besides its notes. */
public interface ProductRules {
    /** What the recipe adds to the rules of reading. */
    Phrases phrases();

    /** Whether the product runs as a cluster at all. */
    boolean clustered();

    /**
     * What the product's own procedure does when the notes are silent.
     *
     * @param stops whether a step in the notes stops the server
     */
    Mode whenSilent(Version from, Version to, boolean stops);

    /**
     * Why a hop is more than one step for a soft upgrade, or nothing when it is one.
     *
     * @param known the releases the notes name
     */
    Optional<String> skips(Version from, Version to, SortedSet<Version> known);
}
