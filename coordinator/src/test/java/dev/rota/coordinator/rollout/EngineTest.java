package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.Paused;
import dev.rota.coordinator.rollout.RolloutStatus.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static Situation soft() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    private static Situation shrink() {
        return soft().mode(Mode.FULL_STOP);
    }

    private static Situation stopAll() {
        return Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3").mode(Mode.FULL_STOP);
    }

    @Test
    void everyModeEndsWellWhenAllGoesWell() {
        for (Situation s : List.of(soft(), shrink(), stopAll())) {
            Drive d = Drive.of(s).until(r -> r.status().ended());
            assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
            assertThat(d.rollout().facts().outOfService()).isEmpty();
            assertThat(d.rollout().facts().upgraded()).containsExactly("n1", "n2", "n3");
            assertThat(d.rollout().mixedSince()).isEmpty();
        }
    }

    @Test
    void aPausedRolloutGoesOnWhenItIsResumed() {
        Drive d = Drive.of(soft()).untilWorking("n1", Phase.STAGE).control(Control.PAUSE);
        d.until(r -> r.status() instanceof Paused);
        d.control(Control.RESUME);
        assertThat(d.rejection()).isEmpty();
        d.until(r -> r.status() instanceof Succeeded);
    }

    @Test
    void aBackupWithoutDigestHoldsBeforeTheNodeLeaves() {
        Drive d = Drive.of(soft()).untilWorking("n1", Phase.BACKUP);
        d.answer("n1", Drive.report(Outcome.DONE, false));
        assertThat(d.held().code()).isEqualTo("BACKUP_UNVERIFIED");
        assertThat(d.rollout().node("n1")).isInstanceOf(Stuck.class);
        d.control(Control.RETRY).until(r -> r.status() instanceof Succeeded);
    }

    @Test
    void aSafetyRuleThatForbidsTheNextStepHoldsTheRollout() {
        Plan plan = withoutBackup(soft().plan());
        Drive d = Drive.of(soft(), plan).untilGating("n1", Phase.LEAVE);
        d.wait(Duration.ofSeconds(1)).look("n1");
        assertThat(d.held().code()).isEqualTo("SAFETY_RULE");
        assertThat(d.held().sentence()).contains("would leave without a verified backup, and has to join again");
        assertThat(d.rollout().node("n1")).isInstanceOf(Stuck.class);
    }

    private static Plan withoutBackup(Plan p) {
        List<Plan.Batch> batches = new ArrayList<>();
        for (Plan.Batch b : p.batches()) {
            batches.add(new Plan.Batch(
                    b.title(),
                    b.lanes().stream()
                            .map(l -> new Plan.Lane(
                                    l.node(),
                                    l.steps().stream()
                                            .filter(s -> s.phase() != Phase.BACKUP)
                                            .toList()))
                            .toList(),
                    b.safePoint()));
        }
        return Plans.withBatches(p, batches);
    }

    @Test
    void aLeaveWhoseAnswerWasLostCanBeRetried() {
        Drive d = Drive.of(soft()).untilWorking("n1", Phase.LEAVE);
        d.wait(Duration.ofMinutes(2)).tick();
        assertThat(d.held().code()).isEqualTo("AGENT_SILENT");
        d.control(Control.RETRY);
        assertThat(d.rollout().node("n1")).isInstanceOf(Gating.class);
        d.wait(Duration.ofSeconds(1)).look("n1", v -> hasLeft(v, "n1"));
        assertThat(d.key("n1")).isEqualTo(new StepKey(Drive.ID, "n1", Phase.LEAVE, 2));
        d.until(r -> r.status() instanceof Succeeded);
    }

    @Test
    void aNodeThatFellOutOfTheClusterByItselfMayNotLeave() {
        Drive d = Drive.of(soft()).untilGating("n1", Phase.LEAVE);
        d.look("n1", v -> hasLeft(v, "n1"));
        assertThat(d.rollout().node("n1")).isInstanceOf(Gating.class);
    }

    /** The others no longer list the node, and it runs alone, empty. */
    private static SortedMap<String, NodeObservation> hasLeft(SortedMap<String, NodeObservation> view, String node) {
        String member = "shop@" + node;
        view.replaceAll((n, o) -> Observations.members(
                o,
                n.equals(node)
                        ? List.of(member)
                        : o.members().orElseThrow().stream()
                                .filter(m -> !m.equals(member))
                                .toList()));
        view.computeIfPresent(node, (n, o) -> Observations.replicas(o, "carts", "0"));
        return view;
    }

    @Test
    void noNodeIsTakenOutWhileAnotherIsStillCatchingUp() {
        Drive d = Drive.of(soft()).untilGating("n2", Phase.DRAIN);
        assertThat(Outstanding.of(d.rollout()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Look.class, l -> assertThat(l.replicas()).isTrue());
        d.look("n2", v -> {
            v.computeIfPresent("n1", (n, o) -> Observations.replicas(o, "carts", "6"));
            return v;
        });
        assertThat(d.rollout().node("n2"))
                .isInstanceOfSatisfying(
                        Gating.class, g -> assertThat(g.evidence()).contains("carts: n1 has 6, n2 has 7"));
        assertThat(d.rollout().facts().outOfService()).isEmpty();
    }

    @Test
    void aNodeThatDoesNotServeMayHoldWhatNoOtherHas() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2")).untilGating("n1", Phase.LEAVE);
        d.look("n1", v -> {
            v.computeIfPresent("n1", (n, o) -> Observations.unhealthy(Observations.replicas(o, "carts", "8")));
            return v;
        });
        assertThat(d.rollout().node("n1"))
                .isInstanceOfSatisfying(
                        Gating.class, g -> assertThat(g.evidence()).containsExactly("carts: n1 has 8, n2 has 7"));
    }

    @Test
    void theHealthGateAsksEveryMember() {
        Drive d = Drive.of(soft()).untilGating("n1", Phase.VERIFY).wait(Duration.ofSeconds(10));
        d.look("n1", v -> {
            v.remove("n3");
            return v;
        });
        assertThat(d.rollout().node("n1")).isInstanceOfSatisfying(Gating.class, g -> {
            assertThat(g.passingSince()).isEmpty();
            assertThat(g.evidence()).containsExactly("the agent of n3 does not answer");
        });
    }

    @Test
    void aNodeThatWasUpgradedBeforehandIsThePreferredPeer() {
        Drive d = Drive.of(soft().runs("n3", "23.04")).untilWorking("n1", Phase.JOIN);
        assertThat(d.rollout().node("n1"))
                .isInstanceOfSatisfying(Working.class, w -> assertThat(w.peer()).contains("n3"));
    }

    @Test
    void aNodeJoinsOnlyUpgradedPeersWhenThereIsOneHoweverOftenItIsRetried() {
        Drive d = Drive.of(soft()).untilWorking("n2", Phase.JOIN);
        for (int attempt = 1; attempt < 4; attempt++) {
            assertThat(d.rollout().node("n2"))
                    .isInstanceOfSatisfying(
                            Working.class, w -> assertThat(w.peer()).contains("n1"));
            d.answer("n2", Outcome.FAILED).control(Control.RETRY).untilWorking("n2", Phase.JOIN);
        }
    }

    @Test
    void aReportForAnotherRolloutIsRefused() {
        Drive d = Drive.of(soft()).untilWorking("n1", Phase.STAGE);
        StepKey k = d.key("n1");
        d.send(new Event.StepReported(
                new StepKey("r2", k.node(), k.phase(), k.attempt()), Drive.report(Outcome.DONE, false), d.now()));
        assertThat(d.rejection()).isEqualTo("LATE");
    }

    @Test
    void everyNodeThatIsUndrainedMustHaveBeenVerified() {
        Drive d = Drive.of(soft()).untilWorking("n1", Phase.STAGE);
        RolloutState before = d.rollout();
        RolloutState after =
                undraining(undraining(before, "n1"), "n2").with(before.facts().verified("n1"));
        assertThat(SafetyRules.check(before, after)).isPresent().get().satisfies(v -> {
            assertThat(v.number()).isEqualTo(5);
            assertThat(v.node()).isEqualTo("n2");
        });
    }

    private static RolloutState undraining(RolloutState s, String node) {
        return s.with(node, new Working(0, Phase.UNDRAIN, 1, node, Optional.empty(), s.startedAt(), s.startedAt()));
    }

    @Test
    void theFirstHoldStaysWhileOtherLanesGoOn() {
        Drive d = Drive.of(stopAll()).untilWorking("n1", Phase.INSTALL);
        d.answer("n1", Outcome.FAILED).answer("n2", Outcome.TIMED_OUT).answer("n3", Outcome.DONE);
        assertThat(d.rollout().status())
                .isInstanceOfSatisfying(Held.class, h -> assertThat(h.node()).isEqualTo("n1"));
        d.control(Control.RETRY).until(r -> r.status() instanceof Succeeded);
    }
}
