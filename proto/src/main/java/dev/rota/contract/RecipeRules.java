package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.Set;

/** What the parts of a recipe demand of each other. */
final class RecipeRules {
    private final Recipe recipe;
    private final YamlMap root;
    private final YamlMap phases;

    private RecipeRules(Recipe recipe, YamlMap root) {
        this.recipe = recipe;
        this.root = root;
        this.phases = root.require("phases").map();
    }

    /** Records what is broken; {@code recipe} may be incomplete. */
    static void check(Recipe recipe, YamlMap root) {
        RecipeRules rules = new RecipeRules(recipe, root);
        rules.membership();
        rules.backup();
        rules.shrink();
    }

    private void membership() {
        if (recipe.clustered() && !root.has("members")) {
            root.problem("key 'members' is missing; only a recipe with 'clustered: false' goes without");
        }
        if (!recipe.clustered()) {
            Set.of(Phase.LEAVE, Phase.JOIN).stream()
                    .sorted()
                    .filter(recipe.phases()::containsKey)
                    .forEach(phase ->
                            problem(phase, "a product with 'clustered: false' has no phase '" + phase.label() + "'"));
            recipe.phases().values().stream()
                    .filter(spec -> spec.on() == Recipe.On.PEER)
                    .forEach(spec -> problem(spec.phase(), "a product with 'clustered: false' has no peers"));
        }
        if (recipe.phases().containsKey(Phase.JOIN)) {
            joinNeeds(Phase.LEAVE, "a node joins only after it left");
            joinNeeds(Phase.BACKUP, "joining can wipe the node");
        }
    }

    private void joinNeeds(Phase needed, String why) {
        if (!recipe.phases().containsKey(needed)) {
            problem(Phase.JOIN, "phase 'join' needs phase '" + needed.label() + "': " + why);
        }
    }

    private void backup() {
        Recipe.PhaseSpec backup = recipe.phases().get(Phase.BACKUP);
        if (backup != null && backup.actions().stream().noneMatch(action -> action.work() instanceof Work.Archive)) {
            problem(
                    Phase.BACKUP,
                    "phase 'backup' needs an archive action, which lists, hashes and verifies the backup");
        }
    }

    private void shrink() {
        if (recipe.fullStop() == Recipe.FullStop.SHRINK
                && !(recipe.phases().containsKey(Phase.LEAVE) && recipe.phases().containsKey(Phase.JOIN))) {
            root.get("full_stop")
                    .map(YamlNode::map)
                    .ifPresent(map -> map.require("strategy").problem("shrink needs the phases 'leave' and 'join'"));
        }
    }

    private void problem(Phase phase, String message) {
        root.problems().add(phases.at(phase.label()), message);
    }
}
