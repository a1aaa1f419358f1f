package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.FailurePolicy.Then;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Retrying;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutStatus.Held;
import dev.rota.coordinator.rollout.RolloutStatus.RolledBack;
import dev.rota.coordinator.rollout.RolloutStatus.Running;
import dev.rota.coordinator.rollout.RolloutStatus.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node's turn is taken back, asked for or by policy; what may pass is retried; what may stay is left out. */
class RollbackTest {
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3").ranFrom("e".repeat(64));
    }

    private static Situation desk() {
        return Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3");
    }

    private static Drive with(Situation s, int retries, Then then) {
        return Drive.of(s, Plans.withPolicy(s.plan(), new Policy(new FailurePolicy(retries, PAUSE, then))));
    }

    private static Drive failedAt(Drive d, String node, Phase phase) {
        return d.untilWorking(node, phase).answer(node, Outcome.FAILED);
    }

    private static String way(Drive d, String node) {
        return d.rollout().lane(node).stream().map(s -> s.phase().label()).collect(Collectors.joining(" "));
    }

    private static List<String> answers(Drive d) {
        return Why.answers(d.rollout()).stream().map(Why.Answer::name).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BACKUP  |",
                "DRAIN   | verify undrain",
                "LEAVE   | leave stop start join verify undrain",
                "STOP    | stop start join verify undrain",
                "INSTALL | install start join verify undrain",
                "START   | stop install start join verify undrain",
                "JOIN    | leave stop install start join verify undrain",
                "UNDRAIN | drain leave stop install start join verify undrain"
            })
    void theWayBackIsTheReverseOfWhatWasBegun(Phase failed, String way) {
        Drive d = failedAt(Drive.of(shop()), "n2", failed).control(Control.ROLLBACK);

        assertThat(d.rejection()).isEmpty();
        assertThat(way(d, "n2")).isEqualTo(way == null ? "" : way);
        assertThat(d.rollout().lane("n2")).allMatch(Plan.PlannedStep::back);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isEqualTo(new RolledBack("ann", d.now(), false));
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
        assertThat(d.rollout().mixedSince()).isPresent();
    }

    @Test
    void theFirstNodeThatGoesBackLeavesNothingMixed() {
        Drive d = failedAt(Drive.of(shop()), "n1", Phase.JOIN)
                .control(Control.ROLLBACK)
                .until(r -> r.status().ended());
        assertThat(d.rollout().mixedSince()).isEmpty();
        assertThat(d.rollout().facts().left()).isEmpty();
        assertThat(d.rollout().facts().down()).isEmpty();
    }

    @Test
    void aNodeThatHalfJoinedIsRemovedByASurvivorWhateverItSaysItself() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.JOIN).control(Control.ROLLBACK);
        d.look("n2", v -> {
            v.remove("n2");
            v.computeIfPresent("n3", (n, o) -> Observations.members(o, List.of("shop@n1", "shop@n2", "shop@n3")));
            return v;
        });
        assertThat(d.rollout().node("n2")).isInstanceOfSatisfying(Working.class, w -> {
            assertThat(w.phase()).isEqualTo(Phase.LEAVE);
            assertThat(w.executor()).isNotEqualTo("n2");
        });
    }

    @Test
    void aSurvivorThatDoesNotServeKeepsTheNodeFromBeingRemoved() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.JOIN).control(Control.ROLLBACK);
        d.look("n2", v -> {
            v.computeIfPresent("n3", (n, o) -> Observations.unhealthy(o));
            return v;
        });
        assertThat(d.rollout().node("n2")).isInstanceOf(Gating.class);
    }

    @Test
    void theHealthGateAsksForWhatTheNodeRanBefore() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.START)
                .control(Control.ROLLBACK)
                .untilGating("n2", Phase.VERIFY)
                .wait(Duration.ofSeconds(5));
        assertThat(d.view())
                .hasEntrySatisfying(
                        "n2", seen -> assertThat(seen.artifactSha256()).isEqualTo("e".repeat(64)));
        d.look("n2", v -> otherArtifact(v, "n2"));
        assertThat(d.rollout().node("n2"))
                .isInstanceOfSatisfying(
                        Gating.class,
                        g -> assertThat(g.evidence()).anyMatch(line -> line.contains("eeeeeeeeeeee is expected")));
    }

    private static SortedMap<String, NodeObservation> otherArtifact(SortedMap<String, NodeObservation> v, String node) {
        v.computeIfPresent(
                node,
                (n, o) -> new NodeObservation(
                        n,
                        o.at(),
                        o.member(),
                        o.version(),
                        "f".repeat(64),
                        o.healthy(),
                        "",
                        o.members(),
                        o.replicas(),
                        o.diskFreeBytes(),
                        o.problems(),
                        0));
        return v;
    }

    @Test
    void whatTheNewReleaseProvedDoesNotCountOnTheWayBack() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.UNDRAIN);
        assertThat(d.rollout().facts().verified()).contains("n2");
        d.control(Control.ROLLBACK);
        assertThat(d.rollout().facts().verified()).doesNotContain("n2");
        assertThat(d.rollout().facts().upgraded()).doesNotContain("n2");

        RolloutState cheating = d.rollout().with(d.rollout().facts().verified("n2"));
        RolloutState before = failedAt(Drive.of(shop()), "n2", Phase.UNDRAIN).rollout();
        assertThat(SafetyRules.check(before, cheating))
                .get()
                .satisfies(v -> assertThat(v.number()).isEqualTo(5));
    }

    @Test
    void aStepThatFailsOnTheWayBackIsHeldAndRollbackGoesOnWithIt() {
        Drive d = with(shop(), 3, Then.ROLLBACK_NODE);
        failedAt(d, "n2", Phase.INSTALL);
        d.untilWorking("n2", Phase.START).answer("n2", Outcome.TIMED_OUT);
        assertThat(d.held().phase()).isEqualTo(Phase.START);
        assertThat(answers(d)).containsExactly("retry", "rollback", "rollback-all", "abort");
        String way = way(d, "n2");
        d.control(Control.ROLLBACK);
        assertThat(way(d, "n2")).isEqualTo(way);
        assertThat(d.rollout().node("n2"))
                .isInstanceOfSatisfying(
                        Working.class, w -> assertThat(w.phase()).isEqualTo(Phase.START));
        d.until(r -> r.status() instanceof RolledBack);
    }

    @Test
    void byPolicyTheNodeGoesBackByItself() {
        Drive d = failedAt(with(shop(), 0, Then.ROLLBACK_ALL), "n2", Phase.START)
                .until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOfSatisfying(RolledBack.class, r -> {
            assertThat(r.by()).isEqualTo("policy");
            assertThat(r.all()).isTrue();
        });
        assertThat(d.rollout().back().keySet()).containsExactly("n1", "n2");
        assertThat(d.rollout().facts().upgraded()).isEmpty();
        assertThat(d.rollout().mixedSince()).isEmpty();
    }

    @Test
    void allGoBackOneAfterTheOtherTheLastOneUpgradedFirst() {
        Drive d = failedAt(Drive.of(shop()), "n3", Phase.START);
        assertThat(answers(d)).containsExactly("retry", "rollback", "rollback-all", "abort");
        d.control(Control.ROLLBACK_ALL);
        List<String> order = new ArrayList<>();
        d.until(r -> {
            assertThat(r.facts().outOfService()).hasSizeLessThanOrEqualTo(1);
            r.facts().outOfService().stream().filter(n -> !order.contains(n)).forEach(order::add);
            return r.status().ended();
        });
        assertThat(order).containsExactly("n3", "n2", "n1");
        assertThat(way(d, "n3")).isEqualTo("stop install start join verify undrain");
        assertThat(way(d, "n1")).isEqualTo("drain leave stop install start join verify undrain");
        assertThat(d.rollout().facts().upgraded()).isEmpty();
        assertThat(d.rollout().status())
                .isInstanceOfSatisfying(
                        RolledBack.class, r -> assertThat(r.by()).isEqualTo("ann"));
    }

    @Test
    void whereNothingHadBeenDoneToTheOneThatFailedTheOthersGoBackAtOnce() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.CHECK);
        Drive late = failedAt(Drive.of(shop()), "n2", Phase.BACKUP).control(Control.ROLLBACK_ALL);
        assertThat(answers(d)).doesNotContain("rollback-all");
        assertThat(late.rejection()).isEmpty();
        assertThat(late.rollout().node("n1")).isInstanceOf(Gating.class);
        late.until(r -> r.status() instanceof RolledBack);
        assertThat(late.rollout().back().keySet()).containsExactly("n1", "n2");
    }

    @Test
    void betweenTwoNodesThatGoBackItCanBePausedAndAborted() {
        for (Control c : List.of(Control.PAUSE, Control.ABORT)) {
            Drive d = failedAt(Drive.of(shop()), "n3", Phase.START).control(Control.ROLLBACK_ALL);
            d.untilWorking("n3", Phase.UNDRAIN).control(c).answer("n3", Outcome.DONE);
            assertThat(d.rollout().facts().outOfService()).isEmpty();
            assertThat(d.rollout().facts().upgraded()).containsExactly("n1", "n2");
            if (c == Control.PAUSE) {
                assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Paused.class);
                d.control(Control.RESUME).until(r -> r.status() instanceof RolledBack);
                assertThat(d.rollout().facts().upgraded()).isEmpty();
            } else {
                assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Aborted.class);
            }
        }
    }

    @Test
    void onTheWayBackAPersonMayStillSendTheOthersBack() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.INSTALL).control(Control.ROLLBACK);
        d.untilWorking("n2", Phase.START).answer("n2", Outcome.FAILED).control(Control.ROLLBACK_ALL);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().back().keySet()).containsExactly("n1", "n2");
    }

    /** The one that failed has its backup put back; those that serve have taken writes since theirs. */
    @Test
    void whatServesWithTheNewReleaseIsNotOverwrittenByItsBackup() {
        Drive d = failedAt(Drive.of(withRestore()), "n2", Phase.START).control(Control.ROLLBACK_ALL);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().back().keySet()).containsExactly("n2");
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
        assertThat(Why.explain(d.rollout(), n -> true, d.now()).waitingFor())
                .contains(
                        "n2 went back to 1.0", "stayed n1 (what was written to n1 since it was upgraded would be lost");
    }

    @Test
    void aGateBeforeAStepIsAHoldWhateverThePolicy() {
        Drive d = with(shop(), 0, Then.ROLLBACK_NODE).untilGating("n2", Phase.JOIN);
        d.look("n2", v -> noAnswer(v, "n3")).wait(Duration.ofMinutes(1)).look("n2", v -> noAnswer(v, "n3"));
        assertThat(d.rollout().status()).isInstanceOf(Held.class);
        assertThat(d.rollout().node("n2")).isInstanceOf(Stuck.class);
    }

    private static SortedMap<String, NodeObservation> noAnswer(SortedMap<String, NodeObservation> v, String node) {
        v.remove(node);
        return v;
    }

    @Test
    void aHealthGateThatFailsTooLongGoesBackByPolicy() {
        Drive d = with(shop(), 5, Then.ROLLBACK_NODE)
                .untilGating("n2", Phase.VERIFY)
                .wait(Duration.ofSeconds(2));
        d.look("n2", v -> noAnswer(v, "n3")).wait(Duration.ofMinutes(1)).look("n2", v -> noAnswer(v, "n3"));
        assertThat(d.rollout().status()).isInstanceOf(Running.class);
        assertThat(way(d, "n2")).startsWith("leave stop install");
    }

    @Test
    void aRetryWaitsLongerEachTimeAndThenThereIsAHold() {
        Drive d = with(shop(), 2, Then.HOLD).untilWorking("n2", Phase.INSTALL);
        for (Duration pause : List.of(PAUSE, PAUSE.multipliedBy(2))) {
            d.answer("n2", Outcome.TIMED_OUT);
            assertThat(d.rollout().node("n2"))
                    .isInstanceOfSatisfying(
                            Retrying.class,
                            r -> assertThat(r.until()).isEqualTo(d.now().plus(pause)));
            d.wait(pause.minusMillis(1)).tick();
            assertThat(d.rollout().node("n2")).isInstanceOf(Retrying.class);
            d.wait(Duration.ofMillis(1)).tick();
            assertThat(d.rollout().node("n2")).isInstanceOf(Working.class);
        }
        d.answer("n2", Outcome.TIMED_OUT);
        assertThat(d.held().code()).isEqualTo("STEP_TIMED_OUT");
        assertThat(d.rollout().attempts("n2", Phase.INSTALL)).isEqualTo(3);
    }

    @Test
    void whatWouldFailAgainIsNotRetried() {
        Drive d = with(shop(), 2, Then.HOLD).untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.REFUSED);
        assertThat(d.held().code()).isEqualTo("STEP_REFUSED");
    }

    @Test
    void aSilentAgentIsAskedAgain() {
        Drive d = with(shop(), 1, Then.HOLD)
                .untilWorking("n2", Phase.INSTALL)
                .wait(Duration.ofMinutes(2))
                .tick();
        assertThat(d.rollout().node("n2")).isInstanceOf(Retrying.class);
    }

    @Test
    void inAFullStopNoNodeGoesBackByItself() {
        Drive d = failedAt(with(shop().mode(Mode.FULL_STOP), 0, Then.ROLLBACK_NODE), "n2", Phase.INSTALL);
        assertThat(d.held().evidence()).last().asString().contains("no rollback by policy: in a full stop");
        assertThat(answers(d)).containsExactly("retry", "abort");
        assertThat(d.control(Control.ROLLBACK).rejection()).isEqualTo("NO_WAY_BACK");
    }

    @Test
    void dataThatNothingPutsBackStandsInTheWay() {
        Drive d = failedAt(Drive.of(desk()), "n1", Phase.START);
        assertThat(answers(d)).containsExactly("retry", "abort");
        assertThat(Why.explain(d.rollout(), n -> true, d.now()).evidence())
                .anyMatch(line -> line.startsWith("no rollback: the new release may have changed the data of n1"));
        Drive early = failedAt(Drive.of(desk()), "n1", Phase.INSTALL);
        assertThat(answers(early)).contains("rollback");
    }

    private static Situation withRestore() {
        return desk().recipeText(
                        t -> t.replace(
                                        "  stop:\n",
                                        "  backup:\n    do: [{archive: {paths: [\"${root}/data\"], to: \"${backup.dir}/d.tgz\"}}]\n  stop:\n")
                                + "rollback:\n  restore:\n    within: 7s\n    do: [{restore: {from: \"${backup.dir}/d.tgz\", to: \"${root}/data\"}}]\n");
    }

    @Test
    void theBackupIsPutBackWhereTheRecipeSaysHow() {
        Drive d = failedAt(Drive.of(withRestore()), "n1", Phase.START).control(Control.ROLLBACK);
        assertThat(way(d, "n1")).isEqualTo("stop install restore start verify");
        d.untilWorking("n1", Phase.RESTORE);
        assertThat(Outstanding.of(d.rollout())).singleElement().isInstanceOfSatisfying(Effect.RunStep.class, r -> {
            assertThat(r.back()).isTrue();
            assertThat(r.within()).isEqualTo(Duration.ofSeconds(7));
        });
        d.until(r -> r.status() instanceof RolledBack);
    }

    @Test
    void aNodeToWhichNothingWasDoneMayBeLeftOut() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.BACKUP);
        assertThat(answers(d)).containsExactly("retry", "rollback", "rollback-all", "skip", "abort");
        d.control(Control.SKIP).until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(Succeeded.class);
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1", "n3");
        assertThat(d.rollout().skipped()).containsExactly(new Skip("n2", Phase.BACKUP, true, "ann", at(d)));
        assertThat(d.rollout().mixedSince()).isPresent();
    }

    private static Instant at(Drive d) {
        return d.rollout().skipped().get(0).at();
    }

    @Test
    void aStepOfATurnIsNeverLeftOut() {
        for (Phase p : List.of(Phase.DRAIN, Phase.LEAVE, Phase.STOP, Phase.JOIN, Phase.UNDRAIN)) {
            Drive d = failedAt(Drive.of(shop()), "n2", p);
            assertThat(answers(d)).doesNotContain("skip");
            assertThat(d.control(Control.SKIP).rejection()).isEqualTo("NOT_SAFE_TO_SKIP");
        }
    }

    @Test
    void cleaningUpMayBeLeftOutAndIsNoReasonToGoBack() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.CLEANUP);
        assertThat(answers(d)).containsExactly("retry", "skip", "abort");
        d.control(Control.SKIP).until(r -> r.status() instanceof Succeeded);
    }

    @Test
    void whereTheWayGoesOnNoNodeIsLeftBehind() {
        Situation hops = Situation.of("desk", "1.0", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                .catalogue("1.1");
        Drive d = failedAt(Drive.of(hops), "n1", Phase.CHECK);
        assertThat(answers(d)).doesNotContain("skip").contains("rollback");
    }

    @Test
    void aVersionThatWasRolledBackIsRememberedUntilItSucceeds() {
        Drive d = failedAt(Drive.of(shop()), "n2", Phase.START)
                .control(Control.ROLLBACK)
                .until(r -> r.status().ended());
        assertThat(FailedVersions.of(d.state(), "chat", "shop")).singleElement().satisfies(f -> {
            assertThat(f.version().text()).isEqualTo("23.04");
            assertThat(f.rollout()).isEqualTo(Drive.ID);
            assertThat(f.why()).contains("start of n2");
        });
        Drive untouched = failedAt(Drive.of(shop()), "n1", Phase.CHECK)
                .control(Control.ROLLBACK)
                .until(r -> r.status().ended());
        assertThat(untouched.rollout().status()).isInstanceOf(RolledBack.class);
        assertThat(FailedVersions.of(untouched.state(), "chat", "shop")).isEmpty();
    }
}
