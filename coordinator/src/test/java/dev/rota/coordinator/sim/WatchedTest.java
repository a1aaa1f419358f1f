package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Seeds with an outside probe, a budget and a blocker: what is measured is the truth, whatever happens to the coordinators. */
class WatchedTest {
    private static final int SEEDS = 400;
    private static final int MOST_FAULTS = 8;
    private static final int LAST_LINES = 60;
    private static final List<Scenario> SCENARIOS = IntStream.rangeClosed(2, 3)
            .mapToObj(Scenario::all)
            .flatMap(List::stream)
            .map(WatchedTest::watched)
            .toList();

    private final Set<String> holds = new ConcurrentSkipListSet<>();

    private static Scenario watched(Scenario s) {
        Plan p = s.plan();
        Oversight o = new Oversight(
                Optional.of(Onlooker.PROBE.plan()),
                new Budget(Optional.of(Duration.ofSeconds(20)), Optional.empty()),
                List.of(Onlooker.BLOCKER.plan()),
                Duration.ofMinutes(2),
                Optional.of(Duration.ofSeconds(5)),
                List.of());
        return s.with(PlanCodec.address(new Plan(
                "",
                p.cluster(),
                p.product(),
                p.recipeDigest(),
                p.hops(),
                p.members(),
                p.batches(),
                p.gate(),
                p.maxUnavailable(),
                p.minServing(),
                p.membersCompared(),
                p.replicasCompared(),
                p.evidence(),
                p.policy().with(o),
                p.basis(),
                p.createdAt(),
                p.createdBy())));
    }

    /** {@code -Dsim.watched=N} repeats one seed and prints all that happens. */
    @Test
    void whatIsMeasuredIsTheTruthAndNoNodeGoesAgainstABlocker() {
        Long one = Long.getLong("sim.watched");
        if (one != null) {
            run(one, Integer.MAX_VALUE).forEach(System.out::println);
            return;
        }
        List<Long> seeds = LongStream.rangeClosed(1, SEEDS).boxed().toList();
        List<String> first = Runs.inParallel("watched", seeds, seed -> String.join("\n", run(seed, LAST_LINES)));
        List<Long> some = seeds.subList(0, SEEDS / 4);
        assertThat(Runs.inParallel("watched again", some, seed -> String.join("\n", run(seed, LAST_LINES))))
                .isEqualTo(first.subList(0, some.size()));
        assertThat(holds).contains("BUDGET_EXCEEDED", "BLOCKED");
    }

    private List<String> run(long seed, int lastLines) {
        Scenario s = SCENARIOS.get((int) (seed % SCENARIOS.size()));
        int faults = (int) (seed / SCENARIOS.size() % (MOST_FAULTS + 1));
        Operator.Habits habits = new Operator.Habits(seed % 3 == 0 ? 10 : 0, seed % 7 == 0 ? 5 : 0, 0);
        World world = new World(s, seed, schedule -> Chaos.random(s.plan().mode(), schedule, faults), Set.of(), habits);
        try {
            List<String> trace = world.run();
            holds.addAll(world.onlooker().holds());
            return trace;
        } catch (RuntimeException | AssertionError e) {
            List<String> lines = world.lines();
            throw new AssertionError(
                    e.getMessage() + "\nin " + s.name() + " with " + faults + " faults, -Dsim.watched=" + seed + "\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - lastLines), lines.size())),
                    e);
        }
    }
}
