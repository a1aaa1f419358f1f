package dev.rota.contract;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import java.util.Optional;
import java.util.Set;

/** What the parts of a recipe demand of each other. */
final class RecipeRules {
    private final Recipe recipe;
    private final YamlMap root;
    private final YamlMap phases;

    private final Set<String> used;

    private RecipeRules(Recipe recipe, YamlMap root, Set<String> used) {
        this.recipe = recipe;
        this.root = root;
        this.used = used;
        this.phases = root.require("phases").map();
    }

    /** Records what is broken; {@code recipe} may be incomplete, {@code used} are the values its templates use. */
    static void check(Recipe recipe, YamlMap root, Set<String> used) {
        RecipeRules rules = new RecipeRules(recipe, root, used);
        rules.membership();
        rules.backup();
        rules.shrink();
        rules.migrations();
        rules.rollback();
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
        if (recipe.clustered() && root.has("members") && recipe.members().isEmpty()) {
            unlisted();
        }
        if (recipe.master().isPresent() && recipe.members().isEmpty()) {
            root.require("master").problem("the master is one of the members, and the recipe does not list them");
        }
        if (recipe.phases().containsKey(Phase.JOIN)) {
            joinNeeds(Phase.LEAVE, "a node joins only after it left");
            joinNeeds(Phase.BACKUP, "joining can wipe the node");
        }
    }

    /** Without a list of members nobody can prove that a node left. */
    private void unlisted() {
        Set.of(Phase.LEAVE, Phase.JOIN).stream()
                .sorted()
                .filter(recipe.phases()::containsKey)
                .forEach(
                        phase -> problem(phase, "a product with 'members: none' has no phase '" + phase.label() + "'"));
    }

    private void migrations() {
        boolean chain = recipe.path().migrations().isPresent();
        if (chain != used.contains(Values.HOP_MIGRATIONS)) {
            String value = "'${" + Values.HOP_MIGRATIONS + "}'";
            root.get("path")
                    .map(YamlNode::map)
                    .ifPresent(path -> path.require("rule")
                            .problem(
                                    chain
                                            ? "no phase uses " + value + ", so nothing runs the migrations"
                                            : "a phase uses " + value + ", which only "
                                                    + PathRule.Kind.CHAIN_MIGRATIONS.label() + " has"));
        }
        if (chain && recipe.downgradeAllowed()) {
            root.require("downgrade").problem("a chain of migrations leads forwards only");
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

    /** A node that goes back takes no other turn than the one it has had. */
    private void rollback() {
        Optional<YamlMap> back = root.get("rollback").map(YamlNode::map);
        Set.of(Phase.LEAVE, Phase.JOIN, Phase.STOP, Phase.START, Phase.DRAIN, Phase.UNDRAIN, Phase.MIGRATE).stream()
                .sorted()
                .filter(p ->
                        recipe.rollback().containsKey(p) && !recipe.phases().containsKey(p))
                .forEach(p -> back.ifPresent(map -> root.problems()
                        .add(map.at(p.label()), "'phases' has no '" + p.label() + "' that this could take back")));
        if (recipe.rollback().containsKey(Phase.RESTORE) && !recipe.phases().containsKey(Phase.BACKUP)) {
            back.ifPresent(map -> root.problems()
                    .add(map.at(Phase.RESTORE.label()), "'phases' has no 'backup' that this could put back"));
        }
        if (!recipe.clustered()) {
            recipe.rollback().values().stream()
                    .filter(spec -> spec.on() == Recipe.On.PEER)
                    .forEach(spec -> back.ifPresent(map -> root.problems()
                            .add(map.at(spec.phase().label()), "a product with 'clustered: false' has no peers")));
        }
    }

    private void problem(Phase phase, String message) {
        root.problems().add(phases.at(phase.label()), message);
    }
}
