package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Recipe.On;
import dev.rota.contract.Recipe.PhaseSpec;
import dev.rota.coordinator.domain.Plan.Batch;
import dev.rota.coordinator.domain.Plan.Lane;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out who does which phases in which order. */
final class Layout {
    private static final List<Phase> PREPARE = List.of(Phase.STAGE, Phase.CHECK);
    private static final List<Phase> SOFT_TURN = List.of(
            Phase.BACKUP,
            Phase.DRAIN,
            Phase.LEAVE,
            Phase.STOP,
            Phase.INSTALL,
            Phase.MIGRATE,
            Phase.RESTORE,
            Phase.START,
            Phase.JOIN,
            Phase.VERIFY,
            Phase.UNDRAIN);
    private static final List<Phase> SHRINK_OUT =
            List.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP, Phase.INSTALL, Phase.MIGRATE, Phase.RESTORE);
    private static final List<Phase> SHRINK_STOP = List.of(Phase.DRAIN, Phase.STOP);
    private static final List<Phase> SHRINK_LAST =
            List.of(Phase.INSTALL, Phase.MIGRATE, Phase.RESTORE, Phase.START, Phase.VERIFY, Phase.UNDRAIN);
    private static final List<Phase> SHRINK_BACK = List.of(Phase.START, Phase.JOIN, Phase.VERIFY, Phase.UNDRAIN);

    private final Recipe recipe;
    private final List<String> nodes;
    private final Estimates estimates;
    private final List<Batch> batches = new ArrayList<>();

    private Layout(Recipe recipe, List<String> nodes, Estimates estimates) {
        this.recipe = recipe;
        this.nodes = nodes;
        this.estimates = estimates;
    }

    /** One turn after the other; the nodes of a turn side by side. */
    static List<Batch> soft(Recipe recipe, List<List<String>> turns, Estimates estimates) {
        Layout l = new Layout(recipe, turns.stream().flatMap(List::stream).toList(), estimates);
        l.prepare();
        for (List<String> turn : turns) {
            l.some("upgrade " + String.join(", ", turn), turn, SOFT_TURN, true);
        }
        l.undo();
        l.all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(l.batches);
    }

    /** Stop all, change all, start the last stopped first. */
    static List<Batch> stopAll(Recipe recipe, List<String> nodes, Estimates estimates) {
        Layout l = new Layout(recipe, nodes, estimates);
        String firstUp = nodes.get(nodes.size() - 1);
        List<String> others = nodes.subList(0, nodes.size() - 1);
        l.prepare();
        l.all("back up", List.of(Phase.BACKUP), true);
        l.all("drain", List.of(Phase.DRAIN), true);
        for (String node : nodes) {
            l.turn("stop " + node, node, List.of(Phase.STOP), !l.has(Phase.DRAIN) && node.equals(nodes.get(0)));
        }
        l.all("install", List.of(Phase.INSTALL), false);
        l.migrate(firstUp);
        l.all("restore", List.of(Phase.RESTORE), false);
        l.turn("start " + firstUp, firstUp, List.of(Phase.START, Phase.VERIFY), false);
        l.some("start the others", others, List.of(Phase.START), false);
        if (!others.isEmpty()) {
            l.all("verify", List.of(Phase.VERIFY), false);
        }
        l.all("undrain", List.of(Phase.UNDRAIN), false);
        l.undo();
        l.all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(l.batches);
    }

    /** All but the last leave; that one alone is upgraded; the others join it. */
    static List<Batch> shrink(Recipe recipe, List<String> nodes, Estimates estimates) {
        Layout l = new Layout(recipe, nodes, estimates);
        String last = nodes.get(nodes.size() - 1);
        List<String> others = nodes.subList(0, nodes.size() - 1);
        List<Phase> out = l.migratesOnce()
                ? SHRINK_OUT.stream().filter(p -> p != Phase.MIGRATE).toList()
                : SHRINK_OUT;
        l.prepare();
        l.all("back up", List.of(Phase.BACKUP), true);
        for (String node : others) {
            l.turn("take out " + node, node, out, node.equals(others.get(0)));
        }
        l.turn("stop " + last, last, SHRINK_STOP, others.isEmpty());
        l.turn("upgrade " + last, last, SHRINK_LAST, false);
        for (String node : others) {
            l.turn("bring back " + node, node, SHRINK_BACK, false);
        }
        l.undo();
        l.all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(l.batches);
    }

    private void prepare() {
        all("prepare", PREPARE, true);
        if (has(Phase.ANNOUNCE)) {
            batches.add(new Batch("announce", List.of(lane(nodes.get(0), List.of(Phase.ANNOUNCE))), true));
        }
    }

    private void undo() {
        Undone.batch(recipe, nodes, estimates).ifPresent(batches::add);
    }

    private void migrate(String firstUp) {
        some("migrate", migratesOnce() ? List.of(firstUp) : nodes, List.of(Phase.MIGRATE), false);
    }

    private boolean migratesOnce() {
        return Optional.ofNullable(recipe.phases().get(Phase.MIGRATE))
                .map(PhaseSpec::once)
                .orElse(false);
    }

    private void all(String title, List<Phase> phases, boolean safePoint) {
        some(title, nodes, phases, safePoint);
    }

    private void some(String title, List<String> who, List<Phase> phases, boolean safePoint) {
        List<Lane> lanes = who.stream()
                .map(n -> lane(n, phases))
                .filter(lane -> !lane.steps().isEmpty())
                .toList();
        if (!lanes.isEmpty()) {
            batches.add(new Batch(title, lanes, safePoint));
        }
    }

    private void turn(String title, String node, List<Phase> phases, boolean safePoint) {
        some(title, List.of(node), phases, safePoint);
    }

    private Lane lane(String node, List<Phase> phases) {
        return new Lane(
                node,
                phases.stream()
                        .filter(p -> has(p) || p == Phase.VERIFY)
                        .filter(p -> p != Phase.MIGRATE || mayMigrate(node))
                        .map(this::step)
                        .toList());
    }

    private boolean mayMigrate(String node) {
        boolean done = batches.stream()
                .flatMap(b -> b.lanes().stream())
                .filter(l -> !l.node().equals(node))
                .anyMatch(l -> l.steps().stream().anyMatch(s -> s.phase() == Phase.MIGRATE));
        PhaseSpec spec = recipe.phases().get(Phase.MIGRATE);
        return spec != null && (!spec.once() || !done);
    }

    private boolean has(Phase phase) {
        return recipe.phases().containsKey(phase);
    }

    private PlannedStep step(Phase phase) {
        PhaseSpec spec = recipe.phases().get(phase);
        return spec == null
                ? new PlannedStep(phase, On.SELF, Duration.ZERO, false, estimates.of(phase), false)
                : new PlannedStep(phase, spec.on(), spec.within(), true, estimates.of(phase), false);
    }
}
