package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutStatus.Aborted;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.RolledBack;
import dev.rota.coordinator.rollout.RolloutStatus.Stopping;
import dev.rota.coordinator.rollout.RolloutStatus.Succeeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompensationTest {
    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    /** What is announced, and what its checks do, is taken back. */
    private static Situation desk() {
        return Situation.of("desk", "1.0", "1.1", "n1", "n2").recipeText(Situation::undone);
    }

    private static List<String> open(Drive d) {
        return d.rollout().compensations().stream().map(Compensation::id).toList();
    }

    private static List<String> leftOver(Drive d) {
        return d.state().clusterFacts().leftOver("chat").stream()
                .map(Compensation::id)
                .toList();
    }

    @Test
    void aSideEffectIsOnRecordInTheTransitionThatAsksForIt() {
        Drive d = Drive.of(shop()).untilGating("n1", Phase.DRAIN);
        assertThat(open(d)).isEmpty();
        d.untilWorking("n1", Phase.DRAIN);
        assertThat(d.rollout().compensations()).containsExactly(new Compensation("r1", "n1", Phase.DRAIN, d.now()));
        d.untilWorking("n1", Phase.STOP);
        assertThat(open(d)).containsExactly("r1/n1/drain", "r1/n1/leave", "r1/n1/stop");
    }

    @Test
    void whatTheHealthGateProvesIsDischargedThereAndTheDrainWhenTheNodeIsPutBack() {
        Drive d = Drive.of(shop()).untilGating("n1", Phase.VERIFY);
        assertThat(open(d)).containsExactly("r1/n1/drain", "r1/n1/leave", "r1/n1/stop");
        d.untilWorking("n1", Phase.UNDRAIN);
        assertThat(open(d)).containsExactly("r1/n1/drain");
        d.answer("n1", Outcome.DONE);
        assertThat(open(d)).isEmpty();
    }

    @Test
    void aRetryDoesNotRecordAgainWhatIsOnRecord() {
        Drive d = Drive.of(shop()).untilWorking("n1", Phase.DRAIN);
        List<Compensation> first = d.rollout().compensations();
        d.answer("n1", Outcome.FAILED).wait(Duration.ofMinutes(1)).control(Control.RETRY);
        d.untilWorking("n1", Phase.DRAIN);
        assertThat(d.rollout().compensations()).isEqualTo(first);
    }

    @Test
    void everyModeEndsWithNothingOnRecord() {
        for (Situation s : List.of(shop(), shop().mode(Mode.FULL_STOP), desk(), desk().mode(Mode.FULL_STOP))) {
            Drive d = Drive.of(s).until(r -> r.status().ended());
            assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
            assertThat(open(d)).isEmpty();
            assertThat(leftOver(d)).isEmpty();
        }
    }

    @Test
    void whatIsAnnouncedIsTakenBackWhenAllNodesServeTheLastOfItFirst() {
        Drive d = Drive.of(desk()).untilWorking("n1", Phase.INSTALL);
        assertThat(open(d)).containsExactly("r1/n1/check", "r1/n2/check", "r1/n1/announce", "r1/n1/stop");
        d.until(r -> r.currentBatch().filter(Compensations::undoes).isPresent());
        assertThat(Outstanding.of(d.rollout()))
                .anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(Effect.RunStep.class, r -> {
                    assertThat(r.key().phase()).isEqualTo(Phase.ANNOUNCE);
                    assertThat(r.key().attempt()).isEqualTo(2);
                    assertThat(r.undo()).isTrue();
                }));
        d.until(r -> r.status().ended());
        assertThat(open(d)).isEmpty();
    }

    @Test
    void aStepThatCannotBeTakenBackHoldsTheRollout() {
        Drive d = Drive.of(desk())
                .until(r -> r.currentBatch().filter(Compensations::undoes).isPresent());
        d.answer("n1", Outcome.FAILED);
        assertThat(d.held().sentence()).startsWith("undo announce of n1 failed");
        d.control(Control.RETRY).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
        assertThat(leftOver(d)).isEmpty();
    }

    @Test
    void anAbortTakesBackWhatIsSafeAndHandsOverTheRest() {
        Drive d = Drive.of(desk()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT);
        assertThat(d.rollout().status()).isInstanceOf(Stopping.class);
        assertThat(d.rollout().node("n1"))
                .isInstanceOfSatisfying(
                        Working.class, w -> assertThat(w.phase()).isEqualTo(Phase.ANNOUNCE));
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Aborted.class);
        assertThat(open(d)).isEmpty();
        assertThat(leftOver(d)).containsExactly("r1/n2/stop");
    }

    @Test
    void aRolloutThatIsRolledBackTakesBackWhatWasAnnouncedAndLeavesNothing() {
        Drive d = Drive.of(desk()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ROLLBACK).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(RolledBack.class);
        assertThat(d.rollout().history()).anyMatch(h -> h.undo() && h.phase() == Phase.ANNOUNCE);
        assertThat(leftOver(d)).isEmpty();
    }

    @Test
    void anAbortIsNotKeptFromItsEndByWhatCannotBeTakenBack() {
        Drive d = Drive.of(desk()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT).answer("n1", Outcome.FAILED);
        assertThat(d.rollout().status()).isNotInstanceOf(Held.class);
        d.wait(Duration.ofHours(1)).tick();
        assertThat(d.rollout().status()).isInstanceOf(Aborted.class);
        assertThat(leftOver(d)).contains("r1/n2/stop", "r1/n1/announce", "r1/n2/check");
    }

    @Test
    void anAgentThatIsStillAtWorkIsNotGivenMoreByAnAbort() {
        Drive d = Drive.of(desk().mode(Mode.FULL_STOP)).untilWorking("n1", Phase.INSTALL);
        d.answer("n1", Outcome.FAILED);
        assertThat(d.rollout().node("n2")).isInstanceOf(Working.class);
        d.control(Control.ABORT).until(r -> r.status().ended());
        assertThat(leftOver(d)).contains("r1/n2/check").doesNotContain("r1/n1/check", "r1/n1/announce");
    }

    @Test
    void anAbortAtASafePointTakesBackFirst() {
        Drive d = Drive.of(desk()).untilWorking("n1", Phase.INSTALL).control(Control.ABORT);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Aborted.class);
        assertThat(d.rollout().node("n2")).isNotInstanceOf(Stuck.class);
        assertThat(leftOver(d)).isEmpty();
    }

    @Test
    void anAbortWhileTheRolloutIsHeldTakingSomethingBackEndsIt() {
        Drive d = Drive.of(desk())
                .until(r -> r.currentBatch().filter(Compensations::undoes).isPresent());
        d.answer("n1", Outcome.FAILED).control(Control.ABORT);
        assertThat(d.rollout().status()).isInstanceOf(Aborted.class);
        assertThat(leftOver(d)).contains("r1/n1/announce");
    }

    @Test
    void whatWasLeftOverKeepsASoftRolloutFromBeginningAndAFullStopBringsItBack() {
        Drive d = Drive.of(shop()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT);
        assertThat(leftOver(d)).containsExactly("r1/n2/drain", "r1/n2/leave", "r1/n2/stop");
        assertThat(LeftOvers.refusal(d.state(), shop().plan()))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("n2 was drained and not put back into service")
                        .contains("rota doctor chat"));
        assertThat(LeftOvers.refusal(d.state(), shop().mode(Mode.FULL_STOP).plan()))
                .isEmpty();
    }

    @Test
    void anUndoThatFailsMayBeSkippedAndStaysOnRecord() {
        Drive d = Drive.of(desk())
                .until(r -> r.currentBatch().filter(Compensations::undoes).isPresent());
        d.answer("n1", Outcome.FAILED);
        assertThat(HoldAnswers.of(d.rollout()))
                .extracting(Why.Answer::name)
                .contains("retry", "skip")
                .doesNotContain("rollback");
        d.control(Control.SKIP).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
        assertThat(leftOver(d)).containsExactly("r1/n1/announce");
    }

    @Test
    void noPolicyTakesANodeBackForAnUndoThatFails() {
        Plan plan = Plans.withPolicy(
                desk().plan(),
                new Policy(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_ALL)));
        Drive d = Drive.of(desk(), plan)
                .until(r -> r.currentBatch().filter(Compensations::undoes).isPresent());
        d.answer("n1", Outcome.FAILED);
        assertThat(d.rollout().status()).isInstanceOf(Held.class);
        assertThat(d.rollout().back()).isEmpty();
    }

    @Test
    void whatAPersonHasUndoneIsOffTheRecord() {
        Drive d = Drive.of(desk()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT).until(r -> r.status().ended());
        assertThat(leftOver(d)).containsExactly("r1/n2/stop");
        Entry unknown = new Entry.UndoneByHand("q8", "chat", List.of("r1/n1/stop"), "ann", "scrapped");
        assertThat(Ledger.apply(d.state(), unknown)).isInstanceOf(Ledger.Outcome.Rejected.class);
        d.apply(new Entry.UndoneByHand("q9", "chat", List.of("r1/n2/stop"), "ann", "scrapped"));
        assertThat(leftOver(d)).isEmpty();
    }

    @Test
    void whatIsNotOnRecordMayNotBegin() {
        Drive d = Drive.of(shop()).untilGating("n1", Phase.DRAIN);
        RolloutState before = d.rollout();
        d.untilWorking("n1", Phase.DRAIN);
        RolloutState forgotten = d.rollout().withCompensations(List.of());
        assertThat(CompensationRules.recordedBefore(before, forgotten))
                .hasValueSatisfying(v ->
                        assertThat(v.sentence()).isEqualTo("rule 12: drain of n1 would begin without being on record"));
        assertThat(CompensationRules.dischargedByItsUndo(d.rollout(), forgotten))
                .hasValueSatisfying(v -> assertThat(v.sentence())
                        .isEqualTo("rule 12: r1/n1/drain would be forgotten, and nothing undid it"));
        Drive announcing = Drive.of(desk()).untilWorking("n1", Phase.ANNOUNCE);
        assertThat(CompensationRules.recordedBefore(
                        Drive.of(desk()).untilWorking("n1", Phase.CHECK).rollout(),
                        announcing.rollout().withCompensations(List.of())))
                .isPresent();
    }

    @Test
    void theNextRolloutTakesOverWhatWasLeftAndDischargesIt() {
        Drive d = Drive.of(desk()).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED);
        d.control(Control.ABORT).until(r -> r.status().ended());
        CoordinatorState after = d.state();
        Situation again = desk().mode(Mode.FULL_STOP);
        Drive next = Drive.at(after, d.now());
        next.apply(new Entry.PlanMade("", again.plan()));
        next.apply(new Entry.RolloutStarted("", "r2", again.plan().id(), "ann", d.now()));
        RolloutState r2 = next.state().rollout("r2").orElseThrow();
        assertThat(r2.compensations()).extracting(Compensation::id).startsWith("r1/n2/stop");
        assertThat(leftOver(next)).isEmpty();
    }
}
