package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a rollout must undo: put on record in the transition that asks for a step, taken off when the step that undoes it is done. */
final class Compensations {
    private static final Set<Phase> PROVEN_BY_VERIFY = Set.of(Phase.LEAVE, Phase.STOP);

    private Compensations() {}

    /**
     * A rollout before its first event, with what earlier ones of its cluster left over. A repair knows which nodes are not there: those it
     * will start, and those it cannot bring back.
     */
    static RolloutState takenOver(RolloutState fresh, List<Compensation> leftOver) {
        RolloutState s = fresh.withCompensations(leftOver);
        if (!s.plan().repair()) {
            return s;
        }
        SortedSet<String> left = new TreeSet<>();
        SortedSet<String> down = new TreeSet<>();
        for (Compensation c : leftOver) {
            boolean proven = steps(s.plan(), c.node()).anyMatch(p -> p.phase() == Phase.VERIFY);
            boolean starts = steps(s.plan(), c.node()).anyMatch(p -> p.phase() == Phase.START);
            if (c.phase() == Phase.LEAVE && !proven) {
                left.add(c.node());
            } else if (c.phase() == Phase.STOP && (starts || !proven)) {
                down.add(c.node());
            }
        }
        SortedSet<String> no = new TreeSet<>();
        return s.with(new Facts(no, left, down, no, no, no, no));
    }

    private static Stream<PlannedStep> steps(Plan plan, String node) {
        return plan.batches().stream().flatMap(b -> b.lane(node).stream()).flatMap(l -> l.steps().stream());
    }

    /** Whether what the phase did to the node is to be undone. */
    static boolean open(RolloutState s, String node, Phase phase) {
        return s.compensations().stream().anyMatch(is(node, phase));
    }

    /** The step is about to be dispatched. */
    static RolloutState dispatched(RolloutState s, String node, PlannedStep step, Instant now) {
        if (step.undo() || open(s, node, step.phase()) || !undone(s, node, step.phase())) {
            return s;
        }
        List<Compensation> all = new ArrayList<>(s.compensations());
        all.add(new Compensation(s.id(), node, step.phase(), now));
        return s.withCompensations(all);
    }

    /** Whether a step of this phase has an effect that is undone some day. */
    static boolean undone(RolloutState s, String node, Phase phase) {
        return Compensation.TAKES_OUT.contains(phase) || undoPlanned(s, node, phase);
    }

    private static boolean undoPlanned(RolloutState s, String node, Phase phase) {
        return s.plan().batches().subList(Math.max(0, s.batch()), s.plan().endOf(s.hop())).stream()
                .flatMap(b -> b.lane(node).stream())
                .flatMap(l -> l.steps().stream())
                .anyMatch(p -> p.undo() && p.phase() == phase);
    }

    /** The step is done. */
    static RolloutState done(RolloutState s, String node, PlannedStep step) {
        if (step.undo()) {
            return without(s, is(node, step.phase()));
        }
        return step.phase() == Phase.UNDRAIN ? without(s, is(node, Phase.DRAIN)) : s;
    }

    /**
     * The node has passed its health gate: it runs, and all members see it.
     *
     * @param undrainComes it is put back into the balancer by a step of its own
     */
    static RolloutState verified(RolloutState s, String node, boolean undrainComes) {
        return without(
                s,
                c -> c.node().equals(node)
                        && (PROVEN_BY_VERIFY.contains(c.phase()) || (c.phase() == Phase.DRAIN && !undrainComes)));
    }

    private static Predicate<Compensation> is(String node, Phase phase) {
        return c -> c.node().equals(node) && c.phase() == phase;
    }

    private static RolloutState without(RolloutState s, Predicate<Compensation> discharged) {
        List<Compensation> left =
                s.compensations().stream().filter(discharged.negate()).toList();
        return left.size() == s.compensations().size() ? s : s.withCompensations(left);
    }

    /** Index of the batch of the current hop that undoes what can be undone at any time; -1: there is none. */
    static int undoBatch(RolloutState s) {
        List<Plan.Batch> batches = s.plan().batches();
        for (int i = Math.max(0, s.batch()); i < s.plan().endOf(s.hop()); i++) {
            if (undoes(batches.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether no batch of the current hop has anything to undo. */
    static boolean noneOpen(RolloutState s) {
        int batch = undoBatch(s);
        return batch < 0
                || s.plan().batches().get(batch).lanes().stream()
                        .noneMatch(l -> l.steps().stream().anyMatch(p -> open(s, l.node(), p.phase())));
    }

    /** Whether all the batch does is to undo something. */
    static boolean undoes(Plan.Batch batch) {
        return batch.lanes().stream().flatMap(l -> l.steps().stream()).allMatch(PlannedStep::undo);
    }
}
