package dev.rota.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.fixture.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that cannot fail proves nothing: each mistake that is planted must be noticed by the rule it breaks. */
class PlantedFaultTest {
    private static final int SEEDS = 20;
    private static final Scenario SOFT = Scenario.all(3).get(0);
    private static final Scenario SOFT_STAY = Scenario.all(3).get(1);
    private static final Scenario SOFT_UNDO = Scenario.all(3).stream()
            .filter(s -> s.name().startsWith("soft-undo"))
            .findFirst()
            .orElseThrow();
    private static final Scenario STOP_ALL = Scenario.all(3).get(3);

    @Test
    void effectsBeforeTheCommitAreNoticed() {
        assertThat(caught(SOFT, Plant.EFFECT_BEFORE_COMMIT, Phase.CHECK, Fault.NONE))
                .anyMatch(m -> m.startsWith("6 committed before dispatched"));
    }

    @Test
    void anOldLeaderThatIsObeyedIsNoticed() {
        assertThat(caught(SOFT, Plant.NO_FENCING, Phase.DRAIN, Fault.OLD_LEADER_ORDERS_LATE))
                .anyMatch(m -> m.startsWith("6 nothing begins that nobody asks for"));
    }

    @Test
    void aTimeOutThatFreesTheSlotIsNoticed() {
        assertThat(caught(SOFT, Plant.TIME_OUT_FREES_SLOT, Phase.STOP, Fault.TIMES_OUT_AFTER_EFFECT))
                .anyMatch(m -> m.startsWith("13 slot held until serving"));
    }

    @Test
    void aSilentAgentWhoseSlotIsFreedIsNoticed() {
        assertThat(caught(SOFT, Plant.TIME_OUT_FREES_SLOT, Phase.INSTALL, Fault.AGENT_GONE_AFTER_EFFECT))
                .anyMatch(m -> m.startsWith("13 slot held until serving"));
    }

    @Test
    void aStepThatIsRedoneAfterARestartIsNoticed() {
        assertThat(caught(SOFT, Plant.FORGETFUL_AGENT, Phase.INSTALL, Fault.AGENT_CRASHES_BEFORE_EFFECT))
                .anyMatch(m -> m.startsWith("6 at most once"));
    }

    @Test
    void aGateClockThatIsLostInAFailoverIsNoticed() {
        assertThat(caught(SOFT_STAY, Plant.GATE_CLOCK_LOST, Phase.VERIFY, Fault.LEADER_CRASHES_IN_GATE))
                .anyMatch(m -> m.startsWith("gate clock survives"));
    }

    @Test
    void anAcknowledgementBeforeTheCommitIsNoticed() {
        assertThat(caught(SOFT, Plant.ACKNOWLEDGES_EARLY, Phase.STOP, Fault.APPEND_LOST_UNHEARD))
                .anyMatch(m -> m.startsWith("14 what was acknowledged survives"));
    }

    @Test
    void withoutItsHealthGateANodeServesThatShouldNot() {
        assertThat(caught(SOFT, Plant.BLIND_HEALTH_GATE, Phase.JOIN, Fault.CLAIMS_EFFECT))
                .anyMatch(m -> m.startsWith("5 no service outside the cluster"));
    }

    @Test
    void withoutItsHealthGateASlotIsGivenBackTooEarly() {
        assertThat(caught(SOFT_STAY, Plant.BLIND_HEALTH_GATE, Phase.START, Fault.CLAIMS_EFFECT))
                .anyMatch(m -> m.startsWith("13 slot held until serving"));
    }

    @Test
    void aLeaveBeforeTheOthersAreCompleteIsNoticed() {
        assertThat(caught(SOFT, Plant.BLIND_TO_REPLICAS, Phase.CHECK, Fault.NONE))
                .anyMatch(m -> m.startsWith("3 no leave unless the others are complete"));
    }

    @Test
    void aHalfJoinedNodeThatGoesBackWithoutBeingRemovedIsNoticed() {
        assertThat(goingBack(Plant.FORGETS_THE_HALF_JOINED, Phase.JOIN, Fault.HALF_DONE))
                .anyMatch(m -> m.startsWith("4 no join while the others list a node of another release"));
    }

    @Test
    void anUndrainBeforeTheHealthGateOfTheWayBackIsNoticed() {
        assertThat(goingBack(Plant.UNDRAINS_TOO_EARLY, Phase.START, Fault.FAILS_AFTER_EFFECT))
                .anyMatch(m -> m.startsWith("5 no service outside the cluster"));
    }

    private static Set<String> goingBack(Plant plant, Phase phase, Fault fault) {
        Set<String> all = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            breach(SOFT, seed, Set.of(plant), at(SOFT, phase, fault), Operator.Habits.BACKWARDS)
                    .ifPresent(all::add);
        }
        return all;
    }

    @Test
    void startingTheNodeThatWasStoppedFirstLosesWrites() {
        assertThat(breaches(STOP_ALL.with(reversingStarts(STOP_ALL.plan())), Set.of(), s -> calm(STOP_ALL, s)))
                .anyMatch(m -> m.startsWith("no acknowledged write is lost"));
    }

    @Test
    void aDrainThatIsNotOnRecordIsNoticed() {
        assertThat(caught(SOFT, Plant.EFFECT_NOT_RECORDED, Phase.CHECK, Fault.NONE))
                .anyMatch(m -> m.startsWith("12 every side effect is on record"));
    }

    @Test
    void anAnnouncementThatIsNotOnRecordIsNoticed() {
        assertThat(caught(SOFT_UNDO, Plant.EFFECT_NOT_RECORDED, Phase.CHECK, Fault.NONE))
                .anyMatch(m -> m.startsWith("12 every side effect is on record"));
    }

    @Test
    void whatStaysOnRecordAlthoughItIsUndoneIsNoticed() {
        assertThat(caught(SOFT, Plant.UNDO_NOT_RECORDED, Phase.CHECK, Fault.NONE))
                .anyMatch(m -> m.startsWith("12 nothing is left over of what succeeded"));
    }

    @Test
    void whatStaysOnRecordAfterARollbackIsNoticed() {
        Scenario back = SOFT_UNDO.with(0, FailurePolicy.Then.ROLLBACK_NODE);
        assertThat(caught(back, Plant.UNDO_NOT_RECORDED, Phase.STOP, Fault.FAILS_BEFORE_EFFECT))
                .anyMatch(m -> m.startsWith("12 nothing is left over of what succeeded"));
    }

    @Test
    void anAbortedRolloutThatTakesItsRecordWithItIsNoticed() {
        Set<String> all = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            breach(
                            SOFT,
                            seed,
                            Set.of(Plant.NOTHING_HANDED_OVER),
                            at(SOFT, Phase.INSTALL, Fault.FAILS_BEFORE_EFFECT),
                            new Operator.Habits(0, 25, 0))
                    .ifPresent(all::add);
        }
        assertThat(all).anyMatch(m -> m.startsWith("12 every side effect is on record"));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void withoutAnythingPlantedNothingIsCaught(Fault fault) {
        for (Scenario s : List.of(SOFT, SOFT_STAY)) {
            for (Phase phase : List.of(Phase.DRAIN, Phase.STOP, Phase.VERIFY)) {
                assertThat(breach(s, 1, Set.of(), at(s, phase, fault))).isEmpty();
            }
        }
    }

    private static Set<String> caught(Scenario s, Plant plant, Phase phase, Fault fault) {
        return breaches(s, Set.of(plant), at(s, phase, fault));
    }

    private static Function<Schedule, Chaos> at(Scenario s, Phase phase, Fault fault) {
        StepKey key = new StepKey(World.ROLLOUT, "n1", phase, 1);
        return schedule -> Chaos.at(s.plan().mode(), schedule, key, fault);
    }

    private static Chaos calm(Scenario s, Schedule schedule) {
        return Chaos.random(s.plan().mode(), schedule, 0);
    }

    private static Set<String> breaches(Scenario s, Set<Plant> plants, Function<Schedule, Chaos> chaos) {
        Set<String> all = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            breach(s, seed, plants, chaos).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<String> breach(Scenario s, long seed, Set<Plant> plants, Function<Schedule, Chaos> chaos) {
        return breach(s, seed, plants, chaos, Operator.Habits.CALM);
    }

    private static Optional<String> breach(
            Scenario s, long seed, Set<Plant> plants, Function<Schedule, Chaos> chaos, Operator.Habits habits) {
        try {
            new World(s, seed, chaos, plants, habits).run();
            return Optional.empty();
        } catch (Breach | AssertionError e) {
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
