package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Waiting;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.Paused;
import dev.rota.coordinator.rollout.RolloutStatus.RolledBack;
import dev.rota.coordinator.rollout.RolloutStatus.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Nodes that take their turns side by side, and the pause after the canaries. */
class SideBySideTest {
    private int mostOut;

    /** n1 alone, because it migrates for all; then n2 and n3 side by side. */
    private static Situation pair() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3").bounds(2, 1);
    }

    private static Situation five(String recipe, String from, String to) {
        return Situation.of(recipe, from, to, "n1", "n2", "n3", "n4", "n5").bounds(3, 2);
    }

    private static boolean changesMembers(NodeState n) {
        return n instanceof Working w && (w.phase() == Phase.LEAVE || w.phase() == Phase.JOIN);
    }

    /** Whoever may go on goes on, in any order. */
    private Drive anyOrder(Situation s, long seed) {
        Random random = new Random(seed);
        Drive d = Drive.of(s);
        int most = 0;
        while (!d.rollout().status().ended()) {
            List<String> busy = new ArrayList<>();
            d.rollout().nodes().forEach((n, state) -> {
                if (state instanceof Working || state instanceof Gating) {
                    busy.add(n);
                }
            });
            assertThat(busy).as("seed %d: %s", seed, d.rollout().nodes()).isNotEmpty();
            String n = busy.get(random.nextInt(busy.size()));
            d.wait(Duration.ofSeconds(1));
            if (d.rollout().node(n) instanceof Working) {
                d.answer(n, Outcome.DONE);
            } else {
                d.look(n);
            }
            assertThat(d.rejection()).isEmpty();
            assertThat(d.rollout().nodes().values().stream().filter(SideBySideTest::changesMembers))
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(d.rollout().status()).as("seed %d", seed).isNotInstanceOf(Held.class);
            most = Math.max(most, d.rollout().facts().outOfService().size());
        }
        mostOut = Math.max(mostOut, most);
        return d;
    }

    @Test
    void whateverTheOrderAllGoesWellAndOnlyOneAtATimeLeavesOrJoins() {
        for (long seed = 0; seed < 60; seed++) {
            for (Situation s : List.of(pair(), five("shop", "23.01", "23.04"), five("desk", "1.0", "1.1"))) {
                assertThat(anyOrder(s, seed).rollout().status()).isInstanceOf(Succeeded.class);
            }
        }
        assertThat(mostOut).isEqualTo(3);
    }

    @Test
    void aNodeWaitsToLeaveWhileAnotherLeavesAndTheReasonIsShown() {
        Drive d = Drive.of(pair()).untilWorking("n2", Phase.LEAVE);
        d.only("n3", n -> n instanceof Ready);

        assertThat(d.rollout().nodes().get("n3")).isInstanceOf(Ready.class);
        assertThat(Why.explain(d.rollout(), n -> true, d.now()).evidence())
                .anyMatch(e -> e.startsWith("n3 waits for n2"));

        d.answer("n2", Outcome.DONE);

        assertThat(d.rollout().node("n3"))
                .isInstanceOfSatisfying(
                        Gating.class, g -> assertThat(g.purpose()).isEqualTo(GatePurpose.TAKE_OUT));
    }

    @Test
    void aNodeDoesNotLeaveWhileOneThatCameBackHasNotProvedItself() {
        Drive d = Drive.of(pair()).untilGating("n2", Phase.VERIFY);

        assertThat(d.rollout().node("n3")).isNotInstanceOf(Gating.class);
        assertThat(changesMembers(d.rollout().node("n3"))).isFalse();
    }

    @Test
    void aFailureLetsWhatIsGoneComeBackAndKeepsTheRest() {
        Drive d = Drive.of(five("desk", "1.0", "1.1")).until(r -> r.node("n1") instanceof Gating);
        d.only("n1", n -> n instanceof Working w && w.phase() == Phase.STOP);
        d.only("n2", n -> n instanceof Working w && w.phase() == Phase.STOP);
        assertThat(d.rollout().node("n3")).isInstanceOf(Gating.class);
        d.answer("n1", Outcome.DONE).answer("n2", Outcome.FAILED);
        assertThat(d.held().node()).isEqualTo("n2");

        d.only("n1", n -> n instanceof Ready);

        assertThat(d.rollout().facts().serving("n1")).isTrue();
        assertThat(d.held().node()).isEqualTo("n2");
    }

    @Test
    void aNodeThatIsOnlyDrainedStaysThereWhileTheRolloutIsHeld() {
        Drive d = Drive.of(pair()).untilWorking("n2", Phase.LEAVE);
        d.until(r -> r.node("n2") instanceof Working w && w.phase() == Phase.STOP);
        d.only("n3", n -> n instanceof Working w && w.phase() == Phase.DRAIN);
        d.answer("n2", Outcome.FAILED).answer("n3", Outcome.DONE);

        assertThat(d.rollout().status()).isInstanceOf(Held.class);
        assertThat(d.rollout().node("n3")).isInstanceOf(Ready.class);

        d.control(Control.RETRY).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
    }

    /** Found by the simulation: the agent of n3's helper was gone before it could say that n3 has left. */
    @Test
    void whoMayHaveLeftAlreadyIsTriedAgainBeforeAnyOtherLeaves() {
        Drive d = Drive.of(pair()).until(r -> r.node("n3") instanceof Working w && w.phase() == Phase.BACKUP);
        d.only("n3", n -> n instanceof Working w && w.phase() == Phase.LEAVE);
        d.only("n2", n -> n instanceof Ready);
        d.wait(Duration.ofMinutes(5)).tick();
        assertThat(d.held().code()).isEqualTo("AGENT_SILENT");

        d.control(Control.RETRY);

        assertThat(d.rollout().node("n2")).isInstanceOf(Ready.class);
        assertThat(d.rollout().node("n3"))
                .isInstanceOfSatisfying(
                        Gating.class, g -> assertThat(g.purpose()).isEqualTo(GatePurpose.LEAVE));
    }

    @Test
    void aMemberThatIsOutAndDoesNotAnswerKeepsTheOthersFromLeaving() {
        Drive d = Drive.of(pair()).untilWorking("n2", Phase.STOP);
        d.only("n3", n -> n instanceof Gating g && g.purpose() == GatePurpose.LEAVE);
        d.look("n3", v -> without(v, "n1"));

        assertThat(d.rollout().node("n3"))
                .isInstanceOfSatisfying(
                        Gating.class, open -> assertThat(open.evidence()).contains("the agent of n1 does not answer"));
    }

    private static SortedMap<String, NodeObservation> without(SortedMap<String, NodeObservation> view, String node) {
        view.remove(node);
        return view;
    }

    /** Found by the simulation: the node was the only one that was complete, and nothing was compared. */
    @Test
    void aNodeWhoseOwnAgentIsSilentIsNotTakenOut() {
        Drive d = Drive.of(pair()).untilGating("n1", Phase.DRAIN);
        d.look("n1", v -> without(v, "n1"));

        assertThat(d.rollout().node("n1"))
                .isInstanceOfSatisfying(
                        Gating.class, open -> assertThat(open.evidence()).contains("the agent of n1 does not answer"));
    }

    @Test
    void theRolloutPausesByItselfAfterTheCanaries() {
        Drive d = Drive.of(pair().turns(new TurnRequest(0, 0, 1, List.of(), true)));
        d.until(r -> r.status() instanceof Paused);

        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        Why why = Why.explain(d.rollout(), n -> true, d.now());
        assertThat(why.code()).isEqualTo("PAUSED_AFTER_CANARY");
        assertThat(why.waitingFor()).contains("the canary n1 has had its turn, and the plan pauses here");
        assertThat(why.evidence()).anyMatch(e -> e.startsWith("n1 runs 23.04 and has been healthy since"));
        assertThat(why.evidence()).contains("next: n2, n3");
        assertThat(why.answers().stream().map(Why.Answer::name)).containsExactly("resume", "abort");

        d.control(Control.RESUME).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
    }

    private static Drive policy(Situation s, FailurePolicy.Then then) {
        Plan p = s.plan();
        FailurePolicy failure = new FailurePolicy(0, Duration.ofSeconds(10), then);
        return Drive.of(s, Plans.withPolicy(p, p.policy().with(failure)));
    }

    /** n2 fails while n3 stands before its take-out gate. */
    private static Drive besideTheGate(FailurePolicy.Then then) {
        Drive d = policy(five("desk", "1.0", "1.1").recipeText(t -> t + "downgrade: true\n"), then)
                .until(r -> r.node("n1") instanceof Gating);
        d.only("n1", n -> n instanceof Working w && w.phase() == Phase.INSTALL);
        d.only("n2", n -> n instanceof Working w && w.phase() == Phase.STOP);
        assertThat(d.rollout().node("n3")).isInstanceOf(Gating.class);
        return d;
    }

    @Test
    void aHoldKeepsInWhatIsAboutToGoOut() {
        Drive d = besideTheGate(FailurePolicy.Then.HOLD);

        d.answer("n2", Outcome.FAILED);

        assertThat(d.rollout().node("n3")).isInstanceOf(Ready.class);
        assertThat(Why.explain(d.rollout(), n -> true, d.now()).evidence())
                .contains("n1 goes on until it serves again", "n3 waits, in service");
        d.only("n1", n -> n instanceof Ready);
        d.control(Control.RETRY).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
    }

    @Test
    void whenANodeGoesBackThoseBesideItThatAreGoneComeUpAndTheRestStays() {
        Drive d = besideTheGate(FailurePolicy.Then.ROLLBACK_NODE);

        d.answer("n2", Outcome.FAILED);

        assertThat(d.rollout().node("n3")).isInstanceOf(Waiting.class);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(RolledBack.class);
        assertThat(d.rollout().back().keySet()).containsExactly("n2");
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
    }

    @Test
    void whenAllGoBackThoseBesideItGoBackFromWhereTheyAre() {
        Drive d = besideTheGate(FailurePolicy.Then.ROLLBACK_ALL);

        d.answer("n2", Outcome.FAILED).answer("n1", Outcome.DONE);

        assertThat(d.rollout().back().keySet()).containsExactly("n1", "n2");
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(RolledBack.class);
        assertThat(d.rollout().facts().upgraded()).isEmpty();
        assertThat(d.rollout().facts().outOfService()).isEmpty();
    }

    /** A bad release: both are members again, and neither becomes healthy. */
    @Test
    void twoNodesThatAreBothUnhealthyGoBackAlthoughEachSeesTheOther() {
        Situation s = pair();
        Drive d = policy(s, FailurePolicy.Then.HOLD)
                .until(r -> r.node("n3") instanceof Working w && w.phase() == Phase.BACKUP);
        d.only("n2", n -> n instanceof Working w && w.phase() == Phase.STOP);
        d.only("n3", n -> n instanceof Working w && w.phase() == Phase.STOP);
        d.only("n2", n -> n instanceof Gating g && g.purpose() == GatePurpose.VERIFY);
        d.only("n3", n -> n instanceof Gating g && g.purpose() == GatePurpose.VERIFY);
        d.look("n2", SideBySideTest::bothSick).look("n3", SideBySideTest::bothSick);
        d.wait(Duration.ofMinutes(5)).look("n2", SideBySideTest::bothSick).look("n3", SideBySideTest::bothSick);
        assertThat(d.rollout().stuck().keySet()).containsExactly("n2", "n3");

        d.control(Control.ROLLBACK);

        for (int i = 0; i < 200 && !d.rollout().status().ended(); i++) {
            d.wait(Duration.ofSeconds(1));
            for (String n : List.of("n2", "n3")) {
                boolean leaving = d.rollout().node(n) instanceof Gating g && g.purpose() == GatePurpose.LEAVE;
                if (leaving) {
                    d.look(n, SideBySideTest::bothSick);
                } else if (d.rollout().node(n) instanceof Gating) {
                    d.look(n);
                } else if (d.rollout().node(n) instanceof Working) {
                    d.answer(n, Outcome.DONE);
                }
            }
        }
        assertThat(d.rollout().status()).isInstanceOf(RolledBack.class);
        assertThat(d.rollout().back().keySet()).containsExactly("n2", "n3");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
    }

    private static SortedMap<String, NodeObservation> bothSick(SortedMap<String, NodeObservation> view) {
        for (String n : List.of("n2", "n3")) {
            view.computeIfPresent(n, (k, o) -> Observations.unhealthy(o));
        }
        return view;
    }

    @Test
    void nobodyGoesOutWhileItHelpsAnother() {
        Situation s = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3", "n4")
                .recipeText(t -> t.replace("  drain:\n", "  drain:\n    on: peer\n"))
                .bounds(2, 1);
        for (long seed = 0; seed < 40; seed++) {
            assertThat(anyOrder(s, seed).rollout().status()).isInstanceOf(Succeeded.class);
        }
    }

    /** As no planner makes it: the gate does not let the second one out. */
    @Test
    void nodesOfTwoZonesAreNeverOutAtOnceWhateverThePlanSays() {
        Situation s = five("desk", "1.0", "1.1").zone("n1", "a").zone("n2", "b");
        List<Plan.Batch> batches = new ArrayList<>();
        List<Plan.Lane> turns = new ArrayList<>();
        for (Plan.Batch b : s.plan().batches()) {
            boolean turn = b.lanes().stream()
                    .anyMatch(l -> l.steps().stream().anyMatch(step -> step.phase() == Phase.INSTALL));
            if (turn) {
                turns.addAll(b.lanes());
            } else {
                batches.add(b);
            }
        }
        batches.add(new Plan.Batch("upgrade all", turns, true));
        Drive d = Drive.of(s, Plans.withBatches(s.plan(), batches)).until(r -> r.node("n1") instanceof Gating);
        d.only("n1", n -> n instanceof Working w && w.phase() == Phase.INSTALL);

        d.look("n2");
        d.wait(Duration.ofMinutes(1)).look("n2");

        assertThat(d.held().code()).isEqualTo("NO_SLOT");
        assertThat(d.held().sentence()).contains("zone a and zone b would be out of service at once");
    }

    @Test
    void stuckLanesAreRetriedTogether() {
        Drive d = Drive.of(pair()).untilWorking("n2", Phase.STOP);
        d.answer("n2", Outcome.FAILED);
        assertThat(d.rollout().node("n2")).isInstanceOf(Stuck.class);

        d.control(Control.RETRY).until(r -> r.status().ended());

        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
    }
}
