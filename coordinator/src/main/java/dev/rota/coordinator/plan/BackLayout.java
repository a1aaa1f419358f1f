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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lays out who does which phases in which order on the way back. Phases that change a node use what the recipe has for going back. */
final class BackLayout {
    /** Phases that are the same whatever release they lead to. */
    private static final Set<Phase> AS_ALWAYS =
            EnumSet.of(Phase.STAGE, Phase.CHECK, Phase.ANNOUNCE, Phase.BACKUP, Phase.CLEANUP);

    private static final List<Phase> SOFT_TURN = List.of(
            Phase.BACKUP,
            Phase.DRAIN,
            Phase.LEAVE,
            Phase.STOP,
            Phase.MIGRATE,
            Phase.INSTALL,
            Phase.START,
            Phase.JOIN,
            Phase.VERIFY,
            Phase.UNDRAIN);
    private static final List<Phase> OUT = List.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP, Phase.INSTALL);
    private static final List<Phase> LAST =
            List.of(Phase.MIGRATE, Phase.INSTALL, Phase.RESTORE, Phase.START, Phase.VERIFY, Phase.UNDRAIN);
    private static final List<Phase> IN = List.of(Phase.START, Phase.JOIN, Phase.VERIFY, Phase.UNDRAIN);

    private final Recipe recipe;
    private final List<String> nodes;
    private final Set<String> restored;
    private final Estimates estimates;
    private final LeftOut leftOut;
    private final List<Batch> batches = new ArrayList<>();

    /**
     * What is not done.
     *
     * @param stopped nodes whose product does not run: nothing to back up by its commands, nothing to drain
     * @param backup no node is backed up
     * @param install the release that is there stays
     */
    record LeftOut(Set<String> stopped, boolean backup, boolean install) {
        /** Copies the set. */
        LeftOut {
            stopped = Set.copyOf(stopped);
        }

        private boolean phase(String node, Phase phase) {
            return switch (phase) {
                case BACKUP -> backup || stopped.contains(node);
                case DRAIN -> stopped.contains(node);
                case STAGE, INSTALL, MIGRATE -> install;
                default -> false;
            };
        }
    }

    /**
     * Creates it.
     *
     * @param nodes in the order they are taken out; the last one is the first that comes up
     * @param restored those whose data is put back
     */
    BackLayout(Recipe recipe, List<String> nodes, Set<String> restored, Estimates estimates, LeftOut leftOut) {
        this.recipe = recipe;
        this.nodes = List.copyOf(nodes);
        this.restored = Set.copyOf(restored);
        this.estimates = estimates;
        this.leftOut = leftOut;
    }

    /** One node after the other. */
    List<Batch> soft() {
        prepare();
        for (String node : nodes) {
            turn("take back " + node, node, SOFT_TURN, true);
        }
        undo();
        all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(batches);
    }

    /** Stop all, take all back, start the last stopped first. */
    List<Batch> stopAll() {
        String firstUp = nodes.get(nodes.size() - 1);
        List<String> others = nodes.subList(0, nodes.size() - 1);
        prepare();
        all("back up", List.of(Phase.BACKUP), true);
        all("drain", List.of(Phase.DRAIN), true);
        boolean drained = nodes.stream().anyMatch(n -> wanted(n, Phase.DRAIN));
        for (String node : nodes) {
            turn("stop " + node, node, List.of(Phase.STOP), !drained && node.equals(nodes.get(0)));
        }
        turn("migrate", firstUp, List.of(Phase.MIGRATE), false);
        all("install", List.of(Phase.INSTALL), false);
        all("restore", List.of(Phase.RESTORE), false);
        turn("start " + firstUp, firstUp, List.of(Phase.START, Phase.VERIFY), false);
        some("start the others", others, List.of(Phase.START), false);
        if (!others.isEmpty()) {
            all("verify", List.of(Phase.VERIFY), false);
        }
        all("undrain", List.of(Phase.UNDRAIN), false);
        undo();
        all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(batches);
    }

    /** All but the last leave; that one alone is taken back; the others join it and get what it has. */
    List<Batch> shrink() {
        String last = nodes.get(nodes.size() - 1);
        List<String> others = nodes.subList(0, nodes.size() - 1);
        prepare();
        all("back up", List.of(Phase.BACKUP), true);
        for (String node : others) {
            turn("take out " + node, node, OUT, node.equals(others.get(0)));
        }
        turn("stop " + last, last, List.of(Phase.DRAIN, Phase.STOP), others.isEmpty());
        turn((leftOut.install() ? "restore " : "take back ") + last, last, LAST, false);
        for (String node : others) {
            turn("bring back " + node, node, IN, false);
        }
        undo();
        all("clean up", List.of(Phase.CLEANUP), true);
        return List.copyOf(batches);
    }

    private void prepare() {
        all("prepare", List.of(Phase.STAGE, Phase.CHECK), true);
        turn("announce", nodes.get(0), List.of(Phase.ANNOUNCE), true);
    }

    private void undo() {
        Undone.batch(recipe, nodes, estimates).ifPresent(batches::add);
    }

    private void all(String title, List<Phase> phases, boolean safePoint) {
        some(title, nodes, phases, safePoint);
    }

    private void turn(String title, String node, List<Phase> phases, boolean safePoint) {
        some(title, List.of(node), phases, safePoint);
    }

    private void some(String title, List<String> who, List<Phase> phases, boolean safePoint) {
        List<Lane> lanes = who.stream()
                .map(n -> new Lane(
                        n,
                        phases.stream()
                                .filter(p -> wanted(n, p))
                                .map(this::step)
                                .toList()))
                .filter(lane -> !lane.steps().isEmpty())
                .toList();
        if (!lanes.isEmpty()) {
            batches.add(new Batch(title, lanes, safePoint));
        }
    }

    /**
     * What a migration did is undone once, by the node that goes back last, and only where the recipe says how. Data is put back only
     * where a backup is planned for.
     */
    private boolean wanted(String node, Phase phase) {
        return switch (phase) {
            case VERIFY -> true;
            case STAGE, BACKUP, DRAIN, INSTALL -> has(phase) && !leftOut.phase(node, phase);
            case RESTORE -> restored.contains(node);
            case MIGRATE ->
                !leftOut.phase(node, phase)
                        && recipe.rollback().containsKey(Phase.MIGRATE)
                        && node.equals(nodes.get(nodes.size() - 1));
            default -> has(phase);
        };
    }

    private boolean has(Phase phase) {
        return spec(phase).isPresent();
    }

    private Optional<PhaseSpec> spec(Phase phase) {
        return recipe.phase(phase, !AS_ALWAYS.contains(phase));
    }

    private PlannedStep step(Phase phase) {
        Optional<Duration> estimate = recipe.phases().containsKey(phase)
                ? estimates.of(phase)
                : spec(phase).map(PhaseSpec::estimate).orElse(estimates.of(phase));
        return spec(phase)
                .map(s -> new PlannedStep(phase, s.on(), s.within(), true, estimate, false))
                .orElseGet(() -> new PlannedStep(phase, On.SELF, Duration.ZERO, false, estimate, false));
    }
}
