package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Plan.Lane;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is undone when all nodes are in service again: what was done before the first one was taken out, the last of it first. */
final class Undone {
    private Undone() {}

    /**
     * The batch, if the recipe has anything to undo.
     *
     * @param nodes the first of them makes the announcements
     */
    static Optional<Batch> batch(Recipe recipe, List<String> nodes, Estimates estimates) {
        List<Lane> lanes = nodes.stream()
                .map(n -> new Lane(n, steps(recipe, n.equals(nodes.get(0)), estimates)))
                .filter(lane -> !lane.steps().isEmpty())
                .toList();
        return lanes.isEmpty() ? Optional.empty() : Optional.of(new Batch("undo", lanes, true));
    }

    private static List<PlannedStep> steps(Recipe recipe, boolean announces, Estimates estimates) {
        return Stream.of(Phase.ANNOUNCE, Phase.CHECK)
                .filter(p -> p != Phase.ANNOUNCE || announces)
                .flatMap(p -> Optional.ofNullable(recipe.phases().get(p)).stream())
                .filter(spec -> !spec.undo().isEmpty())
                .map(spec -> PlannedStep.undo(spec.phase(), spec.on(), spec.within(), estimates.of(spec.phase())))
                .toList();
    }
}
