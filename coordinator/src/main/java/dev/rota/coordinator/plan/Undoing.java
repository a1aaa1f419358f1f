package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Undo;
import dev.rota.coordinator.notes.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be taken back after a hop, and what cannot, as far as the recipe and the notes tell. */
final class Undoing {
    /** More is not read. */
    private static final int MAX_CITED = 10;

    private final List<Undo> found = new ArrayList<>();

    private Undoing() {}

    /** For a hop that begins to change something with this batch. */
    static List<Undo> of(Recipe recipe, Hop hop, Mode mode, ReadNotes notes, Optional<Batch> firstEffect) {
        Undoing u = new Undoing();
        firstEffect.ifPresent(
                b -> u.can("everything, until '" + b.title() + "' begins: an abort before leaves all as it was"));
        u.turn(recipe, hop, mode);
        if (recipe.phases().containsKey(Phase.BACKUP)) {
            u.can(
                    "a node's data and configuration: its agent keeps the backup that is taken before the node is changed,"
                            + " verified; "
                            + (recipe.rollback().containsKey(Phase.RESTORE)
                                    ? "a node that goes back gets it, and so does the cluster from a plan with --rollback-of"
                                    : "it is put back by hand, since the recipe does not say how"));
        } else {
            u.cannot("nothing is backed up: the recipe of " + recipe.name() + " has no backup");
        }
        if (recipe.downgradeAllowed()) {
            u.can("the release: " + recipe.name() + " may go back to " + hop.from() + " with --allow-downgrade");
        } else {
            u.cannot("the release, once all nodes were stopped for it: " + recipe.name()
                    + " does not run on data of a newer one, so the way back to " + hop.from()
                    + " is its backup, and what was written since is lost");
        }
        if (recipe.phases().containsKey(Phase.MIGRATE) || !hop.migrations().isEmpty()) {
            u.cannot("what migrate does to the data"
                    + (hop.migrations().isEmpty() ? "" : ", with " + String.join(" ", hop.scripts())));
        }
        notes.findings().stream()
                .filter(f -> f.kind() == Finding.Kind.ONE_WAY && !f.optional())
                .map(ReadNotes::citation)
                .distinct()
                .limit(MAX_CITED)
                .forEach(c -> u.found.add(new Undo(false, "what the notes call final", Optional.of(c))));
        return List.copyOf(u.found);
    }

    /** Whether a node whose turn fails goes back to the release before; the engine asks the same when it comes to that. */
    private void turn(Recipe recipe, Hop hop, Mode mode) {
        boolean rejoins =
                recipe.phases().containsKey(Phase.LEAVE) && recipe.phases().containsKey(Phase.JOIN);
        if (mode != Mode.SOFT) {
            cannot("a node of a full stop: none goes back by itself");
        } else if (rejoins || recipe.downgradeAllowed() || recipe.rollback().containsKey(Phase.RESTORE)) {
            can("a node whose turn fails: it goes back to " + hop.from()
                    + " with 'rota rollouts rollback', or by itself with --on-failure rollback-node");
        } else {
            cannot("a node whose turn fails once " + hop.to() + " has started on it: the recipe of " + recipe.name()
                    + " does not say how its backup is put back");
        }
    }

    private void can(String sentence) {
        found.add(new Undo(true, sentence, Optional.empty()));
    }

    private void cannot(String sentence) {
        found.add(new Undo(false, sentence, Optional.empty()));
    }
}
