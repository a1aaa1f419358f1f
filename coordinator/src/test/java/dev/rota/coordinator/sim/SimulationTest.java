package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.rollout.TransitionTable;
import dev.rota.coordinator.rollout.TransitionTable.Edge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seeds: whatever goes wrong, no rule is broken and the rollout ends as it should once the causes are removed. */
class SimulationTest {
    private static final int SEEDS = 2000;
    private static final int MOST_FAULTS = 12;
    private static final int LAST_LINES = 60;
    private static final List<Scenario> SCENARIOS = IntStream.rangeClosed(2, 5)
            .mapToObj(Scenario::all)
            .flatMap(List::stream)
            .toList();

    /** Transitions that no run takes, and why. */
    private static final Map<String, String> NOT_TAKEN = Map.of();

    private final Set<Edge> taken = new ConcurrentSkipListSet<>();

    /** {@code -Dsim.seed=N} repeats one seed and prints all that happens, {@code -Dsim.seeds=N} runs more of them. */
    @Test
    void noSeedBreaksARuleAndEveryTransitionIsTaken() {
        Long one = Long.getLong("sim.seed");
        if (one != null) {
            run(one, Integer.MAX_VALUE).forEach(System.out::println);
            return;
        }
        List<Long> seeds = LongStream.rangeClosed(1, Integer.getInteger("sim.seeds", SEEDS))
                .boxed()
                .toList();
        // Every seed twice, far apart from each other: what happens depends on nothing else.
        List<Long> twice = Stream.concat(seeds.stream(), seeds.stream()).toList();
        List<String> traces = Runs.inParallel("simulation", twice, seed -> String.join("\n", run(seed, LAST_LINES)));
        for (int i = 0; i < seeds.size(); i++) {
            assertThat(traces.get(i + seeds.size()))
                    .as("seed %d, run twice", seeds.get(i))
                    .isEqualTo(traces.get(i));
        }
        everyTransitionIsTaken();
    }

    private void everyTransitionIsTaken() {
        SortedSet<Edge> table = new TreeSet<>(TransitionTable.ofNodes());
        table.addAll(TransitionTable.ofRollouts());
        SortedSet<String> missing = new TreeSet<>();
        table.stream().filter(e -> !taken.contains(e)).forEach(e -> missing.add(e.toString()));
        assertThat(missing).as("transitions of the table that no run takes").isEqualTo(NOT_TAKEN.keySet());
        SortedSet<Edge> strange = new TreeSet<>(taken);
        strange.removeAll(table);
        assertThat(strange)
                .as("transitions that are taken and missing in the table")
                .isEmpty();
    }

    private List<String> run(long seed, int lastLines) {
        Scenario scenario = SCENARIOS.get((int) (seed % SCENARIOS.size()));
        Scenario s = seed % 5 == 3 && scenario.plan().mode() == Mode.SOFT
                ? scenario.with((int) (seed / 5 % 2), FailurePolicy.Then.ROLLBACK_NODE)
                : scenario;
        int faults = (int) (seed / SCENARIOS.size() % (MOST_FAULTS + 1));
        Operator.Habits habits =
                new Operator.Habits(seed % 3 == 0 ? 10 : 0, seed % 7 == 0 ? 5 : 0, seed % 5 < 2 ? 60 : 0);
        World world = new World(s, seed, schedule -> Chaos.random(s.plan().mode(), schedule, faults), Set.of(), habits);
        try {
            List<String> trace = world.run();
            taken.addAll(world.taken());
            return trace;
        } catch (RuntimeException | AssertionError e) {
            List<String> lines = world.lines();
            throw new AssertionError(
                    e.getMessage() + "\nin " + s.name() + " with " + faults + " faults; to repeat it:\n" + command(seed)
                            + "\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - lastLines), lines.size())),
                    e);
        }
    }

    private static String command(long seed) {
        return "./mvnw -pl coordinator -am test -Dtest=SimulationTest -Dsim.seed=" + seed
                + " -Dsurefire.failIfNoSpecifiedTests=false";
    }
}
