package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.rollout.TransitionTable;
import dev.rota.coordinator.rollout.TransitionTable.Edge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seeds: whatever goes wrong, no rule is broken and the rollout ends as it should once the causes are removed. */
class SimulationTest {
    private static final int SEEDS = 2000;
    private static final int MOST_FAULTS = 12;
    private static final int LAST_LINES = 60;
    /** Of the seeds that are watched from outside. */
    private static final int WATCHED = 220;

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
        LongStream.rangeClosed(1, 40).forEach(this::rareMoments);
        LongStream.rangeClosed(1, WATCHED).forEach(seed -> {
            World world = WatchedTest.world(seed);
            world.run();
            taken.addAll(world.taken());
        });
        for (long atMs = 100; atMs < 20_000; atMs += 300) {
            overTheBudget(atMs);
        }
        LongStream.rangeClosed(41, 160).forEach(seed -> pausedWhileAllFail(Fault.REFUSED, seed));
        everyTransitionIsTaken();
    }

    /** Nobody reaches the service for a while, in every part of a rollout. */
    private void overTheBudget(long atMs) {
        List<String> kinds = List.of("soft-2", "soft-stay-2", "soft-manual-2", "shrink-2");
        for (Scenario s : Scenario.all(2)) {
            if (kinds.contains(s.name())) {
                for (Operator.Habits habits : List.of(Operator.Habits.CALM, new Operator.Habits(10, 20, 0))) {
                    World world = WatchedTest.away(s, atMs, habits);
                    world.run();
                    taken.addAll(world.taken());
                }
            }
        }
    }

    /** Failures that come at a moment chance finds too seldom. */
    private void rareMoments(long seed) {
        Scenario soft = Scenario.all(3).get(0);
        StepKey check = new StepKey(World.ROLLOUT, "n2", Phase.CHECK, 1);
        rareMoment(
                soft.with(2, FailurePolicy.Then.HOLD),
                Map.of(
                        new StepKey(World.ROLLOUT, "n1", Phase.STAGE, 1), Fault.FAILS_BEFORE_EFFECT,
                        new StepKey(World.ROLLOUT, "n2", Phase.STAGE, 1), Fault.REFUSED),
                Operator.Habits.CALM,
                seed);
        rareMoment(soft, Map.of(check, Fault.REFUSED), Operator.Habits.BACKWARDS, seed);
        rareMoment(
                soft.with(0, FailurePolicy.Then.ROLLBACK_NODE),
                Map.of(new StepKey(World.ROLLOUT, "n1", Phase.LEAVE, 1), Fault.TIMES_OUT_AFTER_EFFECT),
                Operator.Habits.CALM,
                seed);
        rareMoment(
                Scenario.undoing().get(0),
                Map.of(new StepKey(World.ROLLOUT, "n2", Phase.INSTALL, 1), Fault.FAILS_BEFORE_EFFECT),
                new Operator.Habits(0, 5, 0),
                seed);
        rareMoment(
                Scenario.beside("n1", "n2", "n3"),
                Map.of(
                        new StepKey(World.ROLLOUT, "n2", Phase.STOP, 1), Fault.FAILS_BEFORE_EFFECT,
                        new StepKey(World.ROLLOUT, "n3", Phase.BACKUP, 1), Fault.TIMES_OUT_AFTER_EFFECT),
                new Operator.Habits(0, 0, 60),
                seed);
        rareMoment(
                Scenario.all(3).stream()
                        .filter(s -> s.name().startsWith("soft-manual"))
                        .findFirst()
                        .orElseThrow(),
                Stream.of("n1", "n2", "n3")
                        .collect(Collectors.toMap(
                                n -> new StepKey(World.ROLLOUT, n, Phase.CHECK, 1), n -> Fault.REFUSED)),
                Operator.Habits.BACKWARDS,
                seed);
        for (Fault f : List.of(
                Fault.FAILS_BEFORE_EFFECT,
                Fault.REFUSED,
                Fault.TIMES_OUT_AFTER_EFFECT,
                Fault.AGENT_GONE_BEFORE_EFFECT)) {
            pausedWhileAllFail(f, seed);
            undoFails(f, seed);
        }
    }

    private void pausedWhileAllFail(Fault fault, long seed) {
        rareMoment(
                Scenario.all(3).get(0).with(0, FailurePolicy.Then.ROLLBACK_NODE),
                List.of("n1", "n2", "n3").stream()
                        .collect(Collectors.toMap(n -> new StepKey(World.ROLLOUT, n, Phase.CHECK, 1), n -> fault)),
                new Operator.Habits(100, 0, 0),
                seed);
    }

    /** What is undone at the end of a rollback, or of an abort, fails on every node: the rollout ends all the same. */
    private void undoFails(Fault f, long seed) {
        Scenario announced = Scenario.undoing().get(0);
        Map<StepKey, Fault> faults = new HashMap<>();
        for (Plan.Member m : announced.plan().members()) {
            faults.put(new StepKey(World.ROLLOUT, m.node(), Phase.CHECK, 2), f);
            faults.put(new StepKey(World.ROLLOUT, m.node(), Phase.ANNOUNCE, 2), f);
        }
        rareMoment(announced, faults, new Operator.Habits(0, 50, 0), seed);
        faults.put(new StepKey(World.ROLLOUT, "n1", Phase.STOP, 1), Fault.FAILS_BEFORE_EFFECT);
        Scenario back = announced.with(0, FailurePolicy.Then.ROLLBACK_NODE);
        rareMoment(back, faults, Operator.Habits.CALM, seed);
        rareMoment(back, faults, new Operator.Habits(100, 0, 0), seed);
    }

    private void rareMoment(Scenario s, Map<StepKey, Fault> faults, Operator.Habits habits, long seed) {
        World world = new World(s, seed, schedule -> Chaos.at(s.plan().mode(), schedule, faults), Set.of(), habits);
        world.run();
        taken.addAll(world.taken());
    }

    private void everyTransitionIsTaken() {
        SortedSet<Edge> table = new TreeSet<>(TransitionTable.ofNodes());
        table.addAll(TransitionTable.ofRollouts());
        SortedSet<Edge> strange = new TreeSet<>(taken);
        strange.removeAll(table);
        assertThat(strange)
                .as("transitions that are taken and missing in the table")
                .isEmpty();
        SortedSet<String> missing = new TreeSet<>();
        table.stream().filter(e -> !taken.contains(e)).forEach(e -> missing.add(e.toString()));
        assertThat(missing).as("transitions of the table that no run takes").isEqualTo(NOT_TAKEN.keySet());
    }

    private List<String> run(long seed, int lastLines) {
        Scenario scenario = SCENARIOS.get((int) (seed % SCENARIOS.size()));
        Scenario s = withPolicy(scenario, seed);
        int faults = (int) (seed / SCENARIOS.size() % (MOST_FAULTS + 1));
        Operator.Habits habits =
                new Operator.Habits(seed % 3 == 0 ? 10 : 0, seed % 7 == 0 ? 5 : 0, seed % 5 < 2 ? 70 : 0);
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

    private static Scenario withPolicy(Scenario scenario, long seed) {
        if (scenario.plan().mode() != Mode.SOFT || seed % 5 < 3) {
            return scenario;
        } else if (seed % 5 == 4) {
            return scenario.with(2, FailurePolicy.Then.HOLD);
        }
        return scenario.with(
                (int) (seed / 5 % 2),
                seed / 5 % 3 == 0 ? FailurePolicy.Then.ROLLBACK_ALL : FailurePolicy.Then.ROLLBACK_NODE);
    }

    private static String command(long seed) {
        return "./mvnw -pl coordinator -am test -Dtest=SimulationTest -Dsim.seed=" + seed
                + " -Dsurefire.failIfNoSpecifiedTests=false";
    }
}
