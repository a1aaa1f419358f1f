package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.rollout.TransitionTable;
import dev.rota.coordinator.rollout.TransitionTable.Edge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
            .map(s -> watched(s, Duration.ofSeconds(20)))
            .toList();

    private final Set<String> holds = new ConcurrentSkipListSet<>();
    private final Set<Edge> taken = new ConcurrentSkipListSet<>();

    private static Scenario watched(Scenario s, Duration downtime) {
        return s.with(Watched.with(
                s.plan(),
                new Oversight(
                        Optional.of(Onlooker.PROBE.plan()),
                        new Budget(Optional.of(downtime), Optional.empty()),
                        List.of(Onlooker.BLOCKER.plan()),
                        Duration.ofMinutes(2),
                        Optional.of(Duration.ofSeconds(5)),
                        List.of())));
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
        assertThat(holds).contains("BUDGET_EXCEEDED", "BLOCKED", "PROBE_FAILS");
        SortedSet<Edge> strange = new TreeSet<>(taken);
        strange.removeAll(TransitionTable.ofNodes());
        strange.removeAll(TransitionTable.ofRollouts());
        assertThat(strange)
                .as("transitions that are taken and missing in the table")
                .isEmpty();
    }

    /** The run of a seed, before it begins. */
    static World world(long seed) {
        Scenario s = scenario(seed);
        Operator.Habits habits =
                new Operator.Habits(seed % 3 == 0 ? 10 : 0, seed % 7 == 0 ? 5 : 0, seed % 5 == 0 ? 50 : 0);
        return new World(s, seed, schedule -> Chaos.random(s.plan().mode(), schedule, faults(seed)), Set.of(), habits);
    }

    /** All goes well, but for three seconds in which nobody reaches the service, and the budget is one. */
    static World away(Scenario plain, long atMs, Operator.Habits habits) {
        Scenario s = watched(plain, Duration.ofSeconds(1));
        World world = new World(s, atMs, schedule -> Chaos.random(s.plan().mode(), schedule, 0), Set.of(), habits);
        world.onlooker().away(atMs, 3_000);
        return world;
    }

    private static Scenario scenario(long seed) {
        return SCENARIOS.get((int) (seed % SCENARIOS.size()));
    }

    private static int faults(long seed) {
        return (int) (seed / SCENARIOS.size() % (MOST_FAULTS + 1));
    }

    private List<String> run(long seed, int lastLines) {
        World world = world(seed);
        try {
            List<String> trace = world.run();
            holds.addAll(world.onlooker().holds());
            taken.addAll(world.taken());
            return trace;
        } catch (RuntimeException | AssertionError e) {
            List<String> lines = world.lines();
            throw new AssertionError(
                    e.getMessage() + "\nin " + scenario(seed).name() + " with " + faults(seed)
                            + " faults, -Dsim.watched=" + seed + "\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - lastLines), lines.size())),
                    e);
        }
    }
}
