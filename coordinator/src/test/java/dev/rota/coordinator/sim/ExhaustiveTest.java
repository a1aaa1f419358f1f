package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The small scope as a whole: three nodes, every step and gate, every fault, one at a time. By default the four basic layouts; all of
 * them with {@code -Dsim.scope=all}.
 */
class ExhaustiveTest {
    private static final int BASIC_LAYOUTS = 4;

    private record Case(Scenario scenario, StepKey key, Fault fault, Operator.Habits habits) {
        String broken() {
            Plan plan = scenario.plan();
            World world = new World(scenario, 7, s -> Chaos.at(plan.mode(), s, key, fault), Set.of(), habits);
            try {
                world.run();
                return "";
            } catch (RuntimeException e) {
                return scenario.name() + " " + key + " " + fault + ": " + e.getMessage() + "\n  "
                        + String.join("\n  ", world.lines());
            }
        }
    }

    @Test
    void everyFaultAtEveryStepEndsWell() {
        boolean all = "all".equals(System.getProperty("sim.scope"));
        List<Case> cases = Stream.concat(
                        Scenario.all(3).stream().limit(all ? Long.MAX_VALUE : BASIC_LAYOUTS),
                        all ? Stream.empty() : Stream.of(Scenario.beside("n1", "n2", "n3")))
                .flatMap(s -> cases(s, Operator.Habits.CALM))
                .toList();
        assertThat(broken(cases)).isEmpty();
    }

    @Test
    void everyFaultAtEveryStepEndsWellWhenItIsAnsweredByGoingBack() {
        List<Case> cases = Scenario.backwards().stream()
                .flatMap(s -> cases(s, Operator.Habits.BACKWARDS))
                .toList();
        assertThat(broken(cases)).isEmpty();
    }

    @Test
    void everyFaultAtEveryStepIsUndone() {
        List<Case> cases = Scenario.undoing().stream()
                .flatMap(s -> cases(s, Operator.Habits.CALM))
                .toList();
        assertThat(broken(cases)).isEmpty();
    }

    @Test
    void everyFaultAtEveryStepIsUndoneAfterAnAbort() {
        List<Case> cases = Stream.concat(Scenario.undoing().stream(), Scenario.backwards().stream())
                .flatMap(s -> cases(s, new Operator.Habits(0, 20, 0)))
                .toList();
        assertThat(broken(cases)).isEmpty();
    }

    private static List<String> broken(List<Case> cases) {
        return Runs.inParallel("exhaustive", cases, Case::broken).stream()
                .filter(b -> !b.isEmpty())
                .toList();
    }

    private static Stream<Case> cases(Scenario s, Operator.Habits habits) {
        Stream<Case> faults = steps(s.plan()).entrySet().stream()
                .flatMap(e -> Stream.of(Fault.values())
                        .filter(f -> f == Fault.LEADER_CRASHES_IN_GATE
                                ? gated(e.getKey().phase())
                                : e.getValue())
                        .filter(f -> f != Fault.NONE)
                        .map(f -> new Case(s, e.getKey(), f, habits)));
        StepKey any = steps(s.plan()).keySet().iterator().next();
        return Stream.concat(Stream.of(new Case(s, any, Fault.NONE, habits)), faults);
    }

    private static boolean gated(Phase phase) {
        return Set.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP, Phase.JOIN, Phase.VERIFY)
                .contains(phase);
    }

    /**
     * The steps, and whether an agent has something to do in them. Where nothing fails, the attempts of a phase are its hops; if it is
     * undone, there are two in each.
     */
    private static Map<StepKey, Boolean> steps(Plan plan) {
        Map<StepKey, Boolean> keys = new LinkedHashMap<>();
        List<Plan.Batch> batches = new ArrayList<>(plan.batches());
        for (int i = 0; i < batches.size(); i++) {
            int hop = plan.hops().indexOf(plan.hopOf(i)) + 1;
            for (Plan.Lane l : batches.get(i).lanes()) {
                for (Plan.PlannedStep p : l.steps()) {
                    int attempt = undone(plan, l.node(), p.phase()) ? 2 * hop - (p.undo() ? 0 : 1) : hop;
                    keys.merge(new StepKey(World.ROLLOUT, l.node(), p.phase(), attempt), p.acts(), Boolean::logicalOr);
                }
            }
        }
        return keys;
    }

    private static boolean undone(Plan plan, String node, Phase phase) {
        return plan.batches().stream()
                .flatMap(b -> b.lane(node).stream())
                .flatMap(l -> l.steps().stream())
                .anyMatch(s -> s.undo() && s.phase() == phase);
    }
}
