package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.StepReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What takes a node's turn back, from what it has begun so far in the current hop: the reverse of it, in reverse. What may have half
 * happened is finished before it is undone, so that nothing depends on how far it got, and no step needs the node to be well.
 */
final class WayBackFrom {
    /** Phases after which a node is not what it was before its turn. */
    private static final Set<Phase> EFFECTS = EnumSet.of(
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
    /** Phases in which the new release may change the node's data. */
    private static final Set<Phase> CHANGES_DATA = EnumSet.of(Phase.MIGRATE, Phase.RESTORE, Phase.START);
    /** Phases the node does not run through: it must be started anew to be what it was. */
    private static final Set<Phase> RESTARTS =
            EnumSet.of(Phase.LEAVE, Phase.STOP, Phase.INSTALL, Phase.MIGRATE, Phase.RESTORE, Phase.START);

    private final RolloutState state;
    private final PlannedHop hop;
    private final String node;
    private final Facts facts;

    private WayBackFrom(RolloutState state, String node) {
        this.state = state;
        this.hop = state.hop();
        this.node = node;
        this.facts = state.facts();
    }

    /** Why the node's turn cannot be taken back, if it cannot. */
    static Optional<String> obstacle(RolloutState state, String node) {
        return new WayBackFrom(state, node).obstacle();
    }

    /** The way back; none when nothing that takes effect was begun. */
    static List<PlannedStep> steps(RolloutState state, String node) {
        return new WayBackFrom(state, node).steps();
    }

    /** The node that goes back next, of those that were upgraded before and are to go back as well: the last one upgraded first. */
    static Optional<String> next(RolloutState state) {
        if (state.back().values().stream().noneMatch(Turnback::all)) {
            return Optional.empty();
        }
        List<String> upgraded = new ArrayList<>();
        for (StepRecord r : state.history()) {
            if (r.gate().equals(Optional.of(GatePurpose.VERIFY))
                    && r.outcome() == StepReport.Outcome.DONE
                    && state.facts().upgraded().contains(r.node())) {
                upgraded.remove(r.node());
                upgraded.add(0, r.node());
            }
        }
        return upgraded.stream().filter(n -> obstacle(state, n).isEmpty()).findFirst();
    }

    /** Whether the node is no longer what it was before its turn in this hop, or may not be. */
    static boolean tookEffect(RolloutState state, String node) {
        return new WayBackFrom(state, node).tookEffect();
    }

    private Optional<String> obstacle() {
        if (state.plan().repair()) {
            return Optional.of("it installs nothing that could be taken back");
        }
        if (undoesSomething()) {
            return Optional.of(node + " has had its turn: what is undone now was done before it");
        }
        if (hop.mode() != Mode.SOFT) {
            return Optional.of("in a full stop no node goes back by itself");
        }
        if (facts.upgraded().contains(node) && !facts.outOfService().contains(node)) {
            return state.back().values().stream().anyMatch(Turnback::all)
                    ? obstacleInService()
                    : Optional.of(node + " is upgraded and in service: its turn is over");
        }
        if (!begun(CHANGES_DATA) || rejoins() || hop.wayBack().readsNewerData()) {
            return Optional.empty();
        }
        if (own(Phase.RESTORE).isEmpty()) {
            return Optional.of("the new release may have changed the data of " + node + ", " + hop.from()
                    + " does not run on it, and the recipe does not say how to put the backup back"
                    + " (rollback: restore)");
        }
        return facts.backedUp().contains(node)
                ? Optional.empty()
                : Optional.of("there is no verified backup of " + node + " to put back");
    }

    private boolean undoesSomething() {
        NodeState now = state.node(node);
        return (now instanceof NodeState.Working w && Outstanding.undoes(state, node, w.step()))
                || (now instanceof NodeState.Stuck st && Outstanding.undoes(state, node, st.step()));
    }

    /** A node that serves with the new release has taken writes that its backup does not have. */
    private Optional<String> obstacleInService() {
        return !begun(CHANGES_DATA) || rejoins() || hop.wayBack().readsNewerData()
                ? Optional.empty()
                : Optional.of(
                        "what was written to " + node + " since it was upgraded would be lost with its backup, and "
                                + hop.from() + " does not run on its data");
    }

    /** What it leaves behind when it leaves again, its peers give it back. */
    private boolean rejoins() {
        return begun(Phase.LEAVE) && step(Phase.JOIN).isPresent();
    }

    private boolean tookEffect() {
        return facts.outOfService().contains(node) || begun(EFFECTS);
    }

    private List<PlannedStep> steps() {
        if (!tookEffect()) {
            return List.of();
        }
        boolean restarts = begun(RESTARTS);
        List<PlannedStep> way = new ArrayList<>();
        add(way, begun(Phase.UNDRAIN), step(Phase.DRAIN));
        add(way, leavesAgain(), step(Phase.LEAVE));
        add(way, restarts && (begun(Phase.START) || !facts.down().contains(node)), step(Phase.STOP));
        add(way, begun(Phase.MIGRATE), own(Phase.MIGRATE));
        add(way, begun(Phase.INSTALL), step(Phase.INSTALL));
        add(way, begun(CHANGES_DATA) && !rejoins(), own(Phase.RESTORE));
        add(way, restarts, step(Phase.START));
        add(way, begun(Phase.LEAVE), step(Phase.JOIN));
        add(way, true, step(Phase.VERIFY));
        add(way, facts.outOfService().contains(node) || begun(Phase.UNDRAIN), step(Phase.UNDRAIN));
        return way;
    }

    /** A node that has joined, or half joined, is a member of the release it goes back from; a survivor removes it. */
    private boolean leavesAgain() {
        return begun(Phase.JOIN) || (begun(Phase.LEAVE) && !facts.left().contains(node));
    }

    private static void add(List<PlannedStep> way, boolean needed, Optional<PlannedStep> step) {
        if (needed) {
            step.ifPresent(way::add);
        }
    }

    private boolean begun(Set<Phase> phases) {
        return phases.stream().anyMatch(this::begun);
    }

    /** Started in this hop: attempts of earlier hops are all in the history. */
    private boolean begun(Phase phase) {
        return state.attempts(node, phase) > state.attemptsBefore(hop.firstBatch(), node, phase);
    }

    private Optional<PlannedStep> step(Phase phase) {
        return own(phase)
                .or(() -> state
                        .plan()
                        .batches()
                        .subList(hop.firstBatch(), state.plan().endOf(hop))
                        .stream()
                        .flatMap(b -> b.lane(node).stream())
                        .map(Plan.Lane::steps)
                        .flatMap(List::stream)
                        .filter(s -> s.phase() == phase)
                        .map(PlannedStep::goingBack)
                        .findFirst());
    }

    /** What the recipe has for the phase when it goes back. */
    private Optional<PlannedStep> own(Phase phase) {
        return hop.wayBack().steps().stream().filter(s -> s.phase() == phase).findFirst();
    }
}
