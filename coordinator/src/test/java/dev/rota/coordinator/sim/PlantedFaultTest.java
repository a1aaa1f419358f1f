package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.fixture.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A simulation that cannot fail proves nothing: each mistake that is planted must be noticed by the rule it breaks. */
class PlantedFaultTest {
    private static final Scenario SOFT = Scenario.all(3).get(0);
    private static final Scenario STOP_ALL = Scenario.all(3).get(3);

    @Test
    void withoutItsHealthGateANodeServesThatShouldNot() {
        assertThat(caught(SOFT, Plant.BLIND_HEALTH_GATE, Phase.JOIN, Fault.CLAIMS_EFFECT))
                .startsWith("5 no service outside the cluster");
    }

    @Test
    void withoutItsHealthGateASlotIsGivenBackTooEarly() {
        assertThat(caught(Scenario.all(3).get(1), Plant.BLIND_HEALTH_GATE, Phase.START, Fault.CLAIMS_EFFECT))
                .startsWith("13 slot held until serving");
    }

    @Test
    void stepsDispatchedBeforeTheCommitAreNoticed() {
        assertThat(caught(SOFT, Plant.DISPATCH_BEFORE_COMMIT, Phase.CHECK, Fault.COORDINATOR_CRASHES_BEFORE_COMMIT))
                .startsWith("6 committed before dispatched");
    }

    @Test
    void aHoldThatFreesTheSlotIsNoticed() {
        assertThat(caught(SOFT, Plant.HOLD_FREES_SLOT, Phase.STOP, Fault.FAILS_AFTER_EFFECT))
                .startsWith("13 slot held until serving");
    }

    @Test
    void anAgentThatForgetsIsNoticed() {
        assertThat(caught(SOFT, Plant.FORGETFUL_AGENT, Phase.INSTALL, Fault.ORDER_DUPLICATED))
                .startsWith("6 at most once");
    }

    @Test
    void aLeaveBeforeTheOthersAreCompleteIsNoticed() {
        Set<String> caught = new TreeSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            World world = new World(
                    SOFT.plan(), seed, s -> Chaos.random(SOFT.plan().mode(), s, 0), Set.of(Plant.BLIND_TO_REPLICAS), 0);
            breach(world, SOFT).ifPresent(caught::add);
        }
        assertThat(caught).anyMatch(m -> m.startsWith("3 no leave unless the others are complete"));
    }

    @Test
    void startingTheNodeThatWasStoppedFirstLosesWrites() {
        Plan p = STOP_ALL.plan();
        Plan wrong = reversingStarts(p);
        Set<String> caught = new TreeSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            World world = new World(wrong, seed, s -> Chaos.random(p.mode(), s, 0), Set.of(), 0);
            breach(world, STOP_ALL).ifPresent(caught::add);
        }
        assertThat(caught).anyMatch(m -> m.startsWith("no acknowledged write is lost"));
    }

    @Test
    void withoutAnythingPlantedNothingIsCaught() {
        World world = new World(SOFT.plan(), 7, s -> Chaos.random(SOFT.plan().mode(), s, 0), Set.of(), 0);
        assertThat(breach(world, SOFT)).isEmpty();
    }

    private static String caught(Scenario s, Plant plant, Phase phase, Fault fault) {
        StepKey key = new StepKey(Coordinator.ROLLOUT, "n1", phase, 1);
        World world =
                new World(s.plan(), 7, schedule -> Chaos.at(s.plan().mode(), schedule, key, fault), Set.of(plant), 0);
        return breach(world, s).orElse("nothing was caught");
    }

    private static Optional<String> breach(World world, Scenario s) {
        try {
            world.run(s.inventory());
            return Optional.empty();
        } catch (Breach e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static Plan reversingStarts(Plan p) {
        UnaryOperator<String> other = n -> n.equals("n1") ? "n3" : n.equals("n3") ? "n1" : n;
        List<Plan.Batch> batches = new ArrayList<>();
        for (Plan.Batch b : p.batches()) {
            boolean start = b.title().startsWith("start");
            List<Plan.Lane> lanes = b.lanes().stream()
                    .map(l -> start ? new Plan.Lane(other.apply(l.node()), l.steps()) : l)
                    .toList();
            batches.add(new Plan.Batch(b.title(), lanes, b.safePoint()));
        }
        return Plans.withBatches(p, batches);
    }
}
