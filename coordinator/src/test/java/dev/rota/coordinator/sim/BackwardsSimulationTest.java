package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole rollouts that are taken back: whatever goes wrong, no rule is broken, and where data is put back it is what was saved. */
class BackwardsSimulationTest {
    private static final int SEEDS = 400;
    private static final int MOST_FAULTS = 8;
    private static final List<Scenario> SCENARIOS = IntStream.rangeClosed(2, 5)
            .mapToObj(n -> IntStream.rangeClosed(1, n).mapToObj(i -> "n" + i).toArray(String[]::new))
            .flatMap(names -> Stream.of(
                    Backwards.soft(names),
                    Backwards.undoing(names),
                    Backwards.fullStop(names),
                    Backwards.restore(names)))
            .toList();

    @Test
    void noSeedBreaksARule() {
        List<Long> seeds = LongStream.rangeClosed(1, SEEDS).boxed().toList();
        List<String> broken = Runs.inParallel("backwards", seeds, BackwardsSimulationTest::broken).stream()
                .filter(b -> !b.isEmpty())
                .toList();
        assertThat(broken).isEmpty();
    }

    private static String broken(long seed) {
        Scenario s = SCENARIOS.get((int) (seed % SCENARIOS.size()));
        int faults = (int) (seed / SCENARIOS.size() % (MOST_FAULTS + 1));
        Operator.Habits habits =
                new Operator.Habits(seed % 3 == 0 ? 10 : 0, seed % 7 == 0 ? 5 : 0, seed % 5 < 2 ? 70 : 0);
        try {
            new World(s, seed, schedule -> Chaos.random(s.plan().mode(), schedule, faults), Set.of(), habits).run();
            return "";
        } catch (RuntimeException | AssertionError e) {
            return s.name() + ", seed " + seed + " with " + faults + " faults: " + e.getMessage();
        }
    }
}
