package dev.rota.coordinator.plan;

import dev.rota.contract.Recipe;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.WayBack;
import java.util.List;
import java.util.Optional;

/** How a node's turn in a hop is taken back, as far as recipe and catalogue tell. */
final class WaysBack {
    private WaysBack() {}

    /** Of a hop that comes after these. */
    static WayBack of(PlanInputs in, Hop hop, List<PlannedHop> before, Estimates estimates) {
        Recipe recipe = in.recipe();
        Optional<Release.ArtifactRef> artifact = before.isEmpty()
                ? in.release(hop.from()).map(Release::artifact)
                : Optional.of(before.get(before.size() - 1).artifact());
        return new WayBack(steps(recipe, estimates), artifact, recipe.downgradeAllowed());
    }

    /** What the recipe does of its own when it goes back. */
    static List<PlannedStep> steps(Recipe recipe, Estimates estimates) {
        return recipe.rollback().values().stream()
                .map(s -> new PlannedStep(
                        s.phase(), s.on(), s.within(), true, s.estimate().or(() -> estimates.of(s.phase())), true))
                .toList();
    }
}
