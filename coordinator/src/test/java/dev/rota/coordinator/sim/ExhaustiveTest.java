package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The small scope as a whole: three nodes, every step of every layout, every fault, one at a time. */
class ExhaustiveTest {
    @TestFactory
    Stream<DynamicTest> everyFaultAtEveryStepEndsWell() {
        return Scenario.all(3).stream().map(s -> DynamicTest.dynamicTest(s.name(), () -> exhaust(s)));
    }

    private static void exhaust(Scenario s) {
        List<String> broken = new ArrayList<>();
        for (StepKey key : steps(s.plan())) {
            for (Fault fault : Fault.values()) {
                World world = new World(
                        s.plan(), 7, schedule -> Chaos.at(s.plan().mode(), schedule, key, fault), Set.of(), 0);
                try {
                    world.run(s.inventory());
                } catch (RuntimeException e) {
                    List<String> lines = world.lines();
                    broken.add(key + " " + fault + ": " + e.getMessage() + "\n  "
                            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 25), lines.size())));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<StepKey> steps(Plan plan) {
        List<StepKey> keys = new ArrayList<>();
        for (Plan.Batch b : plan.batches()) {
            for (Plan.Lane l : b.lanes()) {
                l.steps().stream()
                        .filter(Plan.PlannedStep::acts)
                        .map(p -> new StepKey(
                                Coordinator.ROLLOUT,
                                l.node(),
                                p.phase(),
                                hop(plan, plan.batches().indexOf(b))))
                        .filter(k -> !keys.contains(k))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    /** Where nothing fails, the attempts of a phase are its hops. */
    private static int hop(Plan plan, int batch) {
        return plan.hops().indexOf(plan.hopOf(batch)) + 1;
    }
}
