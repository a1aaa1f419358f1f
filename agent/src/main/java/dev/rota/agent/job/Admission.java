package dev.rota.agent.job;

import dev.rota.agent.action.Context;
import dev.rota.agent.action.Expansion;
import dev.rota.agent.file.DiskFullException;
import dev.rota.agent.file.Space;
import dev.rota.agent.step.Code;
import dev.rota.agent.step.Verdict;
import dev.rota.contract.Recipe;
import dev.rota.contract.Work;
import dev.rota.wire.agent.v1.RunStep;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Decides whether an order can be carried out at all; what it refuses has not begun. */
final class Admission {
    private static final int MAX_VALUES = 64;
    private static final int MAX_VALUE = 4_096;

    private final Contexts contexts;

    Admission(Contexts contexts) {
        this.contexts = contexts;
    }

    /** Why the order is refused, if it is. */
    Optional<Verdict> refusal(JobId id, RunStep order) throws IOException {
        Recipe recipe = contexts.recipe();
        if (!order.getRecipe().equals(recipe.name()) || !order.getRecipeDigest().equals(recipe.digest())) {
            return refused(
                    Code.RECIPE_MISMATCH,
                    "the coordinator means recipe " + order.getRecipe() + " with digest " + order.getRecipeDigest()
                            + "; this agent has " + recipe.name() + " with " + recipe.digest() + " from "
                            + recipe.source());
        }
        Optional<Recipe.PhaseSpec> found = Contexts.phase(recipe, id, order);
        if (found.isEmpty()) {
            return refused(
                    Code.NO_PHASE,
                    "recipe " + recipe.name() + " has no "
                            + (order.getUndo() ? "undo of phase " : "phase ")
                            + id.phase().label());
        }
        Recipe.PhaseSpec phase = found.get();
        if (order.getValuesCount() > MAX_VALUES
                || order.getValuesMap().values().stream().anyMatch(v -> v.length() > MAX_VALUE)) {
            return refused(Code.BAD_REQUEST, "more than " + MAX_VALUES + " values, or one longer than " + MAX_VALUE);
        }
        try {
            contexts.backup(order);
        } catch (IllegalArgumentException e) {
            return refused(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        try {
            Context context = contexts.step(order);
            expandAll(phase, context.values(), recipe.environment());
        } catch (IllegalArgumentException e) {
            return refused(Code.MISSING_VALUE, String.valueOf(e.getMessage()));
        }
        return diskRefusal(phase);
    }

    private static void expandAll(Recipe.PhaseSpec phase, Expansion values, Map<String, String> environment) {
        environment.values().forEach(values::text);
        for (Recipe.Action action : phase.actions()) {
            values.text(action.title());
            values.work(action.work());
            values.conditions(action.unless());
            values.conditions(action.until());
        }
    }

    /** Only what writes is refused: a full disk must not keep a product from being stopped or started. */
    private Optional<Verdict> diskRefusal(Recipe.PhaseSpec phase) throws IOException {
        boolean writes = phase.actions().stream().map(Recipe.Action::work).anyMatch(Admission::writes);
        try {
            if (writes) {
                new Space(contexts.places().data(), contexts.diskFloorBytes()).require(0);
            }
            return Optional.empty();
        } catch (DiskFullException e) {
            return refused(Code.DISK_FULL, String.valueOf(e.getMessage()));
        }
    }

    private static boolean writes(Work work) {
        return work instanceof Work.Fetch
                || work instanceof Work.Unpack
                || work instanceof Work.Copy
                || work instanceof Work.Archive
                || work instanceof Work.Restore;
    }

    private static Optional<Verdict> refused(Code code, String message) {
        return Optional.of(Verdict.refused(code, message));
    }
}
