package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Turns;
import dev.rota.coordinator.domain.Turns.Why;
import dev.rota.coordinator.fixture.Situation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who takes a turn when, with whom, and why. */
class TurnOrderTest {
    private static Situation shop(String... nodes) {
        return Situation.of("shop", "23.01", "23.04", nodes);
    }

    private static Situation desk(String... nodes) {
        return Situation.of("desk", "1.0", "1.1", nodes);
    }

    private static TurnRequest percent(int max, int min) {
        return new TurnRequest(max, min, 0, List.of(), false);
    }

    private static TurnRequest canaries(int count, String... names) {
        return new TurnRequest(0, 0, count, List.of(names), true);
    }

    private static NodeObservation seen(Situation s, String node) {
        return s.inputs().observations().values().stream()
                .filter(o -> o.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static List<List<String>> turns(Plan plan) {
        return plan.batches().stream()
                .filter(b ->
                        b.lanes().stream().anyMatch(l -> l.steps().stream().anyMatch(s -> s.phase() == Phase.INSTALL)))
                .map(b -> b.lanes().stream().map(Plan.Lane::node).toList())
                .toList();
    }

    private static List<String> reasons(Plan plan) {
        return plan.policy().turns().order().stream()
                .map(p -> p.node() + " " + p.why().label())
                .toList();
    }

    @Test
    void withoutAnythingSpecialTheConfigurationDecidesAndNothingIsSaid() {
        Plan plan = shop("n1", "n2", "n3").plan();

        assertThat(turns(plan)).containsExactly(List.of("n1"), List.of("n2"), List.of("n3"));
        assertThat(plan.policy().turns()).isEqualTo(Turns.PLAIN);
    }

    @Test
    void unreadyFirstThenCanariesThenTheRestAndTheMasterLast() {
        Plan plan = shop("n1", "n2", "n3", "n4", "n5")
                .unready("n4")
                .leads("n1")
                .turns(canaries(1))
                .plan();

        assertThat(reasons(plan))
                .containsExactly("n4 unready", "n2 canary", "n3 configuration", "n5 configuration", "n1 master");
        assertThat(turns(plan)).allSatisfy(t -> assertThat(t).hasSize(1));
    }

    @Test
    void anUnreadyMasterGoesFirst() {
        Plan plan = desk("n1", "n2", "n3").unready("n2").leads("n2").plan();

        assertThat(reasons(plan)).first().isEqualTo("n2 unready");
    }

    @Test
    void nodesThatNameTwoMastersHaveBothOfThemLast() {
        Situation apart = shop("n1", "n2", "n3").leads("n2");
        apart.see("n3", seen(shop("n1", "n2", "n3").leads("n1"), "n3"));

        assertThat(turns(apart.plan())).containsExactly(List.of("n3"), List.of("n1"), List.of("n2"));
    }

    @Test
    void namedCanariesGoInTheOrderGivenEvenTheMaster() {
        Plan plan = shop("n1", "n2", "n3")
                .leads("n3")
                .turns(canaries(0, "n3", "n2"))
                .plan();

        assertThat(turns(plan)).containsExactly(List.of("n3"), List.of("n2"), List.of("n1"));
        assertThat(plan.policy().turns().order().get(0).sentence()).contains("leads the others");
    }

    @Test
    void aPauseStandsBehindTheLastCanaryAtASafePoint() {
        Plan plan = shop("n1", "n2", "n3").turns(canaries(1)).plan();

        int batch = plan.policy().turns().pausesBefore().get(0);
        assertThat(plan.policy().turns().pausesBefore()).hasSize(1);
        assertThat(plan.batches().get(batch - 1).lane("n1")).isPresent();
        assertThat(plan.batches().get(batch).safePoint()).isTrue();
        assertThat(plan.batches().get(batch).lane("n2")).isPresent();
    }

    @Test
    void canariesThatCannotBeAreRefused() {
        assertThat(shop("n1", "n2").turns(canaries(0, "n9")).refused().sentence())
                .contains("canary n9 is no node of chat");
        assertThat(shop("n1", "n2").turns(canaries(2)).refused().sentence()).contains("no node is left to go after");
        assertThat(shop("n1", "n2").turns(canaries(0, "n1", "n2")).refused().code())
                .isEqualTo("CANARY");
        assertThat(desk("n1", "n2")
                        .mode(Mode.FULL_STOP)
                        .turns(canaries(1))
                        .refused()
                        .code())
                .isEqualTo("CANARY");
    }

    @Test
    void withoutZonesNodesTakeTurnsSideBySide() {
        Plan plan = shop("n1", "n2", "n3", "n4", "n5").bounds(2, 1).plan();

        assertThat(turns(plan)).startsWith(List.of("n1"));
        assertThat(turns(plan).stream().flatMap(List::stream)).containsExactly("n1", "n2", "n3", "n4", "n5");
        assertThat(turns(plan)).allSatisfy(t -> assertThat(t).hasSizeLessThanOrEqualTo(2));
        assertThat(turns(plan)).contains(List.of("n2", "n3"));
    }

    @Test
    void whatIsDoneOnceForAllIsDoneByANodeAlone() {
        List<Plan.Batch> migrating = shop("n1", "n2", "n3").bounds(2, 1).plan().batches().stream()
                .filter(b ->
                        b.lanes().stream().anyMatch(l -> l.steps().stream().anyMatch(s -> s.phase() == Phase.MIGRATE)))
                .toList();

        assertThat(migrating).hasSize(1);
        assertThat(migrating.get(0).lanes()).hasSize(1);
    }

    @Test
    void onlyNodesOfOneZoneGoSideBySide() {
        Plan plan = zoned().bounds(3, 1).plan();

        assertThat(turns(plan)).containsExactly(List.of("n1", "n3"), List.of("n2", "n4"), List.of("n5"));
        assertThat(plan.policy().turns().order().get(0).sentence()).isEqualTo("side by side with n3 of zone a");
    }

    private static Situation zoned() {
        return desk("n1", "n2", "n3", "n4", "n5")
                .zone("n1", "a")
                .zone("n2", "b")
                .zone("n3", "a")
                .zone("n4", "b");
    }

    @Test
    void aZoneIsFinishedBeforeTheNextBeginsAlsoOneByOne() {
        Plan plan = zoned().plan();

        assertThat(turns(plan).stream().flatMap(List::stream)).containsExactly("n1", "n3", "n2", "n4", "n5");
        assertThat(reasons(plan)).containsExactly("n1 zone", "n3 zone", "n2 zone", "n4 zone", "n5 zone");
        assertThat(plan.policy().turns().order().get(4).sentence()).startsWith("node n5 without a zone");
    }

    @Test
    void zonesThatStandTogetherInTheConfigurationNeedNoExplanation() {
        Plan plan = desk("n1", "n2", "n3", "n4")
                .zone("n1", "a")
                .zone("n2", "a")
                .zone("n3", "b")
                .zone("n4", "b")
                .plan();

        assertThat(plan.policy().turns()).isEqualTo(Turns.PLAIN);
    }

    @Test
    void theZoneOfTheCanaryGoesOnAndThatOfTheMasterComesLast() {
        Situation s = zoned().turns(canaries(0, "n4")).leads("n1");

        assertThat(turns(s.plan()).stream().flatMap(List::stream)).containsExactly("n4", "n2", "n5", "n3", "n1");
    }

    @Test
    void aNamedCanaryThatDoesNotServeIsOneAllTheSame() {
        Plan plan =
                desk("n1", "n2", "n3").unready("n2").turns(canaries(0, "n2")).plan();

        assertThat(reasons(plan)).first().isEqualTo("n2 canary");
        assertThat(plan.policy().turns().order().get(0).sentence()).contains("does not serve: port closed");
        assertThat(plan.policy().turns().pausesBefore()).hasSize(1);
    }

    @Test
    void countedCanariesLeadOnlyWhereNoOtherIsLeft() {
        Situation apart = desk("n1", "n2", "n3").leads("n2");
        apart.see("n3", seen(desk("n1", "n2", "n3").leads("n3"), "n3"));

        assertThat(reasons(apart.unready("n1").turns(canaries(1)).plan()))
                .containsExactly("n1 unready", "n2 canary", "n3 master");
    }

    @Test
    void theMasterIsAloneAndNeverFewerServeThanMust() {
        Plan plan = desk("n1", "n2", "n3", "n4").leads("n1").bounds(3, 2).plan();
        Plan led = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3", "n4")
                .leads("n1")
                .bounds(3, 2)
                .plan();

        assertThat(turns(plan)).allSatisfy(t -> assertThat(t).hasSizeLessThanOrEqualTo(2));
        assertThat(turns(led)).last().isEqualTo(List.of("n1"));
    }

    @Test
    void percentagesAreOfTheWholeClusterAndBecomeNumbers() {
        Plan plan = desk("n1", "n2", "n3", "n4", "n5", "n6", "n7")
                .turns(percent(30, 50))
                .plan();

        assertThat(plan.maxUnavailable()).isEqualTo(2);
        assertThat(plan.minServing()).isEqualTo(4);
        assertThat(plan.policy().turns().maxUnavailableAsked()).isEqualTo("30%");
        assertThat(plan.policy().turns().minServingAsked()).isEqualTo("50%");
        assertThat(turns(plan)).startsWith(List.of("n1", "n2"));
    }

    @Test
    void atLeastOneNodeMayAlwaysBeOut() {
        assertThat(desk("n1", "n2", "n3").turns(percent(10, 0)).plan().maxUnavailable())
                .isEqualTo(1);
    }

    @Test
    void aPercentageThatLeavesNoRoomIsRefusedWithItsNumber() {
        assertThat(desk("n1", "n2", "n3").turns(percent(0, 90)).refused().sentence())
                .contains("--min-serving 90% (3)");
    }

    @Test
    void unreadyNodesAreTakenAlone() {
        Plan plan = desk("n1", "n2", "n3", "n4").unready("n3").bounds(3, 1).plan();

        assertThat(turns(plan)).first().isEqualTo(List.of("n3"));
    }

    @Test
    void aFullStopHasTheMasterStoppedLastSoThatItStartsFirst() {
        Plan plan = desk("n1", "n2", "n3").mode(Mode.FULL_STOP).leads("n1").plan();

        List<String> stops = plan.batches().stream()
                .filter(b -> b.title().startsWith("stop "))
                .flatMap(b -> b.lanes().stream())
                .map(Plan.Lane::node)
                .toList();
        assertThat(stops).containsExactly("n2", "n3", "n1");
    }

    @Test
    void everyReasonHasItsWord() {
        assertThat(Stream.of(Why.values()).map(Why::label).map(Why::of))
                .allSatisfy(w -> assertThat(w).isPresent());
    }
}
