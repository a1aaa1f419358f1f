package dev.rota.coordinator.domain;

import java.util.List;
import java.util.Optional;

/**
 * What a hop knows about the way back to the release it comes from, beside the phases that lead on.
 *
 * @param steps phases the recipe has actions of its own for when they go back; all others are the ones that lead on
 * @param artifact of the release it goes back to, where it is known
 * @param readsNewerData that release runs on data the new one has written
 */
public record WayBack(List<Plan.PlannedStep> steps, Optional<Release.ArtifactRef> artifact, boolean readsNewerData) {
    /** Nothing is known. */
    public static final WayBack NONE = new WayBack(List.of(), Optional.empty(), false);

    /** Copies the list. */
    public WayBack {
        steps = List.copyOf(steps);
    }
}
