package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is seen from outside the nodes, in the gates and in the rollout as a whole. */
class OversightTest {
    private static final ProbePlan PROBE =
            new ProbePlan("GET http://127.0.0.1:8080/", Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final BlockerPlan ALERTS = new BlockerPlan("alerts", "GET http://127.0.0.1:9093/");

    private static Oversight with(Optional<ProbePlan> probe, Budget budget, List<BlockerPlan> blockers, int between) {
        return new Oversight(
                probe,
                budget,
                blockers,
                Duration.ofMinutes(10),
                between == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(between)),
                List.of());
    }

    private static final Oversight BLOCKERS = with(Optional.empty(), Budget.none(), List.of(ALERTS), 0);
    private static final Oversight PROBED = with(Optional.of(PROBE), Budget.none(), List.of(), 0);

    private static Oversight budget(long ms) {
        return with(Optional.of(PROBE), new Budget(Optional.of(Duration.ofMillis(ms)), Optional.empty()), List.of(), 0);
    }

    private static Drive drive(Oversight o) {
        return drive(o, List.of());
    }

    private static Drive drive(Oversight o, List<Known> known) {
        return drive(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"), o, known);
    }

    private static Drive drive(Situation situation, Oversight o, List<Known> known) {
        Plan plan = Watched.with(situation.plan(), o);
        Drive d = Drive.at(CoordinatorState.empty(), Situation.T0);
        d.apply(new Entry.InventoryDeclared(situation.inventory()));
        d.apply(new Entry.PlanMade("", plan));
        d.apply(new Entry.RolloutStarted("", Drive.ID, plan.id(), "ann", d.now(), known));
        return d;
    }

    /** A look that sees all nodes as they should be, and this from outside. */
    private static void look(Drive d, String node, Sight sight) {
        look(d, node, sight, v -> v);
    }

    private static void look(
            Drive d, String node, Sight sight, UnaryOperator<SortedMap<String, NodeObservation>> edit) {
        Gating g = (Gating) d.rollout().node(node);
        d.send(new Event.Looked(node, g.purpose(), g.attempt(), edit.apply(new TreeMap<>(d.view())), sight, d.now()));
    }

    private static Sight blocked(String said) {
        return new Sight(Optional.empty(), List.of(new BlockerAnswer("alerts", true, said)));
    }

    private static final Sight FREE = new Sight(Optional.empty(), List.of(new BlockerAnswer("alerts", false, "")));

    private static Sight probe(Instant at, boolean ok, Optional<Instant> failedAt) {
        return new Sight(Optional.of(new ProbeSight(at, ok, ok ? "" : "no connection", failedAt)), List.of());
    }

    private static Sight well(Drive d) {
        return probe(d.now(), true, Optional.empty());
    }

    private static Drive atTakeOut(Oversight o) {
        return drive(o).until(r -> r.node("n1") instanceof Gating g && g.purpose() == GatePurpose.TAKE_OUT);
    }

    private static SortedMap<String, NodeObservation> unhealthy(SortedMap<String, NodeObservation> view, String node) {
        NodeObservation o = Observations.unhealthy(Objects.requireNonNull(view.get(node)));
        view.put(
                node,
                new NodeObservation(
                        o.node(),
                        o.at(),
                        o.member(),
                        o.version(),
                        o.artifactSha256(),
                        o.healthy(),
                        o.unhealthyReason(),
                        Optional.empty(),
                        Optional.empty(),
                        o.diskFreeBytes(),
                        o.problems(),
                        o.productMs()));
        return view;
    }

    @Test
    void aBlockerKeepsTheNextNodeInServiceUntilItLetsItGo() {
        Drive d = atTakeOut(BLOCKERS);
        look(d, "n1", blocked("2 alerts fire"));
        d.wait(Duration.ofMinutes(5));
        look(d, "n1", blocked("2 alerts fire"));

        assertThat(d.rollout().facts().outOfService()).isEmpty();
        Why why = Why.explain(d.rollout(), n -> true, d.now());
        assertThat(why.code()).isEqualTo("BLOCKED");
        assertThat(why.evidence()).contains("blocker alerts lets no node be taken out: 2 alerts fire");
        assertThat(why.waitingFor())
                .startsWith("the take-out gate of n1 to hold; held if the blockers let no node pass");

        look(d, "n1", FREE);
        assertThat(d.rollout().facts().outOfService()).containsExactly("n1");
        StepRecord gate = d.rollout().history().get(d.rollout().history().size() - 1);
        assertThat(gate.gate()).contains(GatePurpose.TAKE_OUT);
        assertThat(gate.facts()).containsEntry("flips", "1").containsKeys("change.1", "change.2");
    }

    @Test
    void aBlockerThatBlocksTooLongHoldsTheRollout() {
        Drive d = atTakeOut(BLOCKERS);
        look(d, "n1", blocked("2 alerts fire"));
        d.wait(Duration.ofMinutes(10).minusMillis(1));
        look(d, "n1", blocked("2 alerts fire"));
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        d.wait(Duration.ofMillis(1_001));
        look(d, "n1", blocked("2 alerts fire"));
        assertThat(d.held().code()).isEqualTo("BLOCKED");
        assertThat(d.held().sentence())
                .isEqualTo(
                        "the take-out gate of n1 does not hold: blocker alerts lets no node be taken out: 2 alerts fire");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        assertThat(Why.answers(d.rollout())).extracting(Why.Answer::name).contains("retry", "abort");

        d.control(Control.RETRY);
        look(d, "n1", FREE);
        assertThat(d.rollout().facts().outOfService()).containsExactly("n1");
    }

    @Test
    void aBlockerThatWasNotAskedBlocks() {
        Drive d = atTakeOut(BLOCKERS);
        look(d, "n1", Sight.none());
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .containsExactly("blocker alerts lets no node be taken out: it was not asked");
    }

    @Test
    void aSickClusterIsNotWaitedForAsLongAsABlocker() {
        Drive d = atTakeOut(BLOCKERS);
        look(d, "n1", blocked("2 alerts fire"));
        d.wait(Duration.ofMinutes(5));
        look(d, "n1", blocked("2 alerts fire"), v -> unhealthy(v, "n2"));
        d.wait(Duration.ofSeconds(29));
        look(d, "n1", blocked("2 alerts fire"), v -> unhealthy(v, "n2"));
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        d.wait(Duration.ofSeconds(1));
        look(d, "n1", blocked("2 alerts fire"), v -> unhealthy(v, "n2"));
        assertThat(d.held().code()).isEqualTo("NODE_UNHEALTHY");
    }

    @Test
    void theClusterMustKeepBeingWellBetweenTwoNodes() {
        Drive d = atTakeOut(with(Optional.of(PROBE), Budget.none(), List.of(), 20));
        look(d, "n1", well(d));
        d.wait(Duration.ofSeconds(19));
        look(d, "n1", probe(d.now(), false, Optional.of(d.now())));
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .containsExactly("the outside probe (GET http://127.0.0.1:8080/) fails: no connection");
        d.wait(Duration.ofSeconds(1));
        look(d, "n1", well(d));
        d.wait(Duration.ofSeconds(19));
        look(d, "n1", well(d));
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        d.wait(Duration.ofSeconds(1));
        look(d, "n1", well(d));
        assertThat(d.rollout().facts().outOfService()).containsExactly("n1");
    }

    private static Drive atVerify(Oversight o) {
        Drive d = atTakeOut(o);
        for (int i = 0; i < 100; i++) {
            if (d.rollout().node("n1") instanceof Gating g) {
                if (g.purpose() == GatePurpose.VERIFY) {
                    return d.wait(d.rollout().plan().gate().initial());
                }
                look(d, "n1", well(d));
            } else {
                d.answer("n1", StepReport.Outcome.DONE);
            }
            d.wait(Duration.ofMillis(500));
        }
        throw new AssertionError("no verify gate: " + d.rollout().nodes());
    }

    @Test
    void theHealthGateNeedsTheOutsideProbe() {
        Drive d = atVerify(PROBED);
        look(d, "n1", Sight.none());
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .containsExactly("the outside probe (GET http://127.0.0.1:8080/) has not answered yet");
        look(d, "n1", probe(d.now(), false, Optional.of(d.now())));
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .containsExactly("the outside probe (GET http://127.0.0.1:8080/) fails: no connection");
        look(d, "n1", probe(d.now().minusMillis(2_001), true, Optional.empty()));
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .containsExactly("the outside probe (GET http://127.0.0.1:8080/) has not answered since "
                        + d.now().minusMillis(2_001));
        look(d, "n1", probe(d.now().minusMillis(2_000), true, Optional.empty()));
        assertThat(((Gating) d.rollout().node("n1")).passingSince()).contains(d.now());

        d.wait(d.rollout().plan().gate().retry());
        look(d, "n1", probe(d.now(), false, Optional.of(d.now())));
        d.wait(d.rollout().plan().gate().retry());
        look(d, "n1", probe(d.now(), false, Optional.of(d.now())));
        assertThat(d.held().code()).isEqualTo("PROBE_FAILS");
    }

    @Test
    void aProbeThatFailedBetweenTwoLooksRestartsTheClock() {
        Drive d = atVerify(PROBED);
        look(d, "n1", well(d));
        d.wait(Duration.ofSeconds(5));
        look(d, "n1", probe(d.now(), true, Optional.of(d.now().minusSeconds(2))));
        assertThat(((Gating) d.rollout().node("n1")).passingSince()).isEmpty();
        d.wait(Duration.ofSeconds(1));
        look(d, "n1", probe(d.now(), true, Optional.of(d.now().minusSeconds(3))));
        assertThat(((Gating) d.rollout().node("n1")).passingSince()).contains(d.now());
    }

    private static void fails(Drive d, int ms) {
        d.away(Duration.ofMillis(ms));
    }

    @Test
    void overItsBudgetTheRolloutIsHeldAndTheNodeGoesOnUntilItServes() {
        Drive d = atTakeOut(budget(1000));
        look(d, "n1", well(d));
        d.untilWorking("n1", Phase.STOP);
        d.wait(Duration.ofSeconds(2));
        fails(d, 1000);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        d.wait(Duration.ofSeconds(2));
        fails(d, 1);
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
        assertThat(d.held().sentence()).isEqualTo("the service was unavailable for 1001 ms, the budget is 1000 ms");
        assertThat(d.held().evidence())
                .contains("probe: GET http://127.0.0.1:8080/", "the last one that failed: no connection");

        int guard = 0;
        while (!(d.rollout().node("n1") instanceof NodeState.Waiting) && guard++ < 100) {
            d.wait(Duration.ofSeconds(40));
            if (d.rollout().node("n1") instanceof Working) {
                d.answer("n1", StepReport.Outcome.DONE);
            } else {
                look(d, "n1", well(d));
            }
        }
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
        assertThat(d.rollout().nodes().values()).allMatch(n -> n instanceof NodeState.Waiting);

        fails(d, 500);
        d.control(Control.RETRY);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        assertThat(d.rollout().node("n2")).isNotInstanceOf(NodeState.Waiting.class);
        fails(d, 900);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
    }

    /** n1 is stopped, and the budget is spent. */
    private static Drive overWhileStopped(Oversight o) {
        Drive d = atTakeOut(o);
        d.look("n1").untilWorking("n1", Phase.STOP).wait(Duration.ofSeconds(2));
        fails(d, 1001);
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
        return d;
    }

    @Test
    void whileANodeGoesOnWhySaysSoAndAnAbortWaitsUntilItServes() {
        Drive d = overWhileStopped(budget(1000));
        assertThat(Why.explain(d.rollout(), n -> true, d.now()).evidence())
                .contains("out of service: n1", "what is out of service goes on all the same until it serves again");
        assertThat(Why.answers(d.rollout()))
                .extracting(Why.Answer::effect)
                .containsExactly(
                        "go on; the budget counts anew from here", "end the rollout once all nodes serve again");

        d.control(Control.ABORT);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Stopping.class);
        fails(d, 5000);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Stopping.class);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Aborted.class);
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1");
    }

    @Test
    void whatFailsOverTheBudgetIsAHoldOfItsOwn() {
        Plan p = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3").plan();
        Policy back = new Policy(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))
                .with(budget(1000));
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"), Plans.withPolicy(p, back))
                .untilWorking("n1", Phase.STOP)
                .wait(Duration.ofSeconds(2));
        fails(d, 1001);
        d.answer("n1", StepReport.Outcome.FAILED);
        assertThat(d.held().code()).isEqualTo("STEP_FAILED");
        assertThat(Why.answers(d.rollout())).extracting(Why.Answer::name).contains("retry", "rollback", "abort");

        d.control(Control.RETRY);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        d.wait(Duration.ofSeconds(2));
        fails(d, 1);
        assertThat(d.held().code()).as("the budget is spent still").isEqualTo("BUDGET_EXCEEDED");
    }

    @Test
    void aRolloutThatGoesBackIsNotHeldForItsBudget() {
        Drive d = atTakeOut(budget(1000));
        d.look("n1")
                .untilWorking("n1", Phase.START)
                .answer("n1", StepReport.Outcome.FAILED)
                .control(Control.ROLLBACK);
        d.wait(Duration.ofSeconds(2));
        fails(d, 1001);
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        d.until(r -> r.status().ended());
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.RolledBack.class);
    }

    /** n1 is upgraded and in service, the turn of n2 is taken back, and so is that of n1 then. */
    @Test
    void neitherTheProbeNorABlockerKeepsANodeFromGoingBack() {
        Oversight o = with(Optional.of(PROBE), Budget.none(), List.of(ALERTS), 0);
        Drive d = drive(o).untilWorking("n2", Phase.START)
                .answer("n2", StepReport.Outcome.FAILED)
                .control(Control.ROLLBACK_ALL);
        Sight bad = new Sight(
                Optional.of(new ProbeSight(d.now(), false, "no connection", Optional.of(d.now()))),
                List.of(new BlockerAnswer("alerts", true, "2 alerts fire")));
        for (int i = 0; i < 200 && !d.rollout().status().ended(); i++) {
            d.wait(Duration.ofSeconds(1));
            for (String n : List.of("n1", "n2")) {
                if (d.rollout().node(n) instanceof Working) {
                    d.answer(n, StepReport.Outcome.DONE);
                } else if (d.rollout().node(n) instanceof Gating) {
                    look(d, n, bad);
                }
            }
        }
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.RolledBack.class);
        assertThat(d.rollout().facts().upgraded()).isEmpty();
    }

    @Test
    void aRolloutThatIsBlockedIsNoAlarmBeforeTheBlockersLimit() {
        Drive d = atTakeOut(BLOCKERS);
        Instant since = d.now();
        look(d, "n1", blocked("2 alerts fire"));
        assertThat(Stall.of(d.rollout(), since.plus(Duration.ofMinutes(14)))).isEmpty();
        assertThat(Stall.of(d.rollout(), since.plus(Duration.ofMinutes(16)))).isPresent();
    }

    @Test
    void overItsBudgetNoNodeIsTakenOut() {
        Drive d = atTakeOut(budget(1000));
        fails(d, 1001);
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
        for (int i = 0; i < 3; i++) {
            d.wait(Duration.ofSeconds(40));
            look(d, "n1", well(d));
        }
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        d.control(Control.RETRY);
        look(d, "n1", well(d));
        assertThat(d.rollout().facts().outOfService()).containsExactly("n1");
    }

    @Test
    void overItsBudgetAFullStopGoesOnUntilAllServe() {
        Situation s = Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3")
                .mode(dev.rota.coordinator.domain.Mode.FULL_STOP);
        Drive d = drive(s, budget(1000), List.of()).until(r -> r.facts().down().size() == 2);
        d.wait(Duration.ofSeconds(2));
        fails(d, 1500);
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
        for (int i = 0; i < 300 && !d.rollout().facts().outOfService().isEmpty(); i++) {
            d.wait(Duration.ofSeconds(1));
            for (String n : List.of("n1", "n2", "n3")) {
                if (d.rollout().node(n) instanceof Working) {
                    d.answer(n, StepReport.Outcome.DONE);
                } else if (d.rollout().node(n) instanceof Gating) {
                    look(d, n, well(d));
                }
            }
        }
        assertThat(d.rollout().facts().outOfService()).isEmpty();
        assertThat(d.rollout().facts().upgraded()).containsExactly("n1", "n2", "n3");
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
    }

    @Test
    void aServiceThatWasDownBeforeDoesNotCountUntilItCameUp() {
        Known down = new Known("", Known.PROBE_FAILS, "the outside probe fails: no connection");
        Drive d = drive(budget(1000), List.of(down))
                .until(r -> r.node("n1") instanceof Gating g && g.purpose() == GatePurpose.TAKE_OUT);
        d.wait(Duration.ofSeconds(30));
        d.send(new Event.Probed(
                List.of(ProbeSpan.of(false, d.now().minusSeconds(20), "no").and(d.now(), "no")), d.now()));
        assertThat(d.rollout().status()).isInstanceOf(RolloutStatus.Running.class);
        look(d, "n1", probe(d.now(), false, Optional.of(d.now())));
        assertThat(d.rollout().facts().outOfService()).containsExactly("n1");

        d.wait(Duration.ofSeconds(1));
        d.send(new Event.Probed(List.of(ProbeSpan.of(true, d.now(), "")), d.now()));
        assertThat(d.rollout().overseen().probe().excused()).isFalse();
        d.wait(Duration.ofSeconds(3));
        fails(d, 1001);
        assertThat(d.held().code()).isEqualTo("BUDGET_EXCEEDED");
    }

    @Test
    void aNodeThatDidNotServeBeforeTakesTheSlotAndNoRuleIsRelaxed() {
        Known n3 = new Known("n3", Known.NODE_UNHEALTHY, "n3 does not serve: no answer");
        Drive d = drive(Oversight.none(), List.of(n3))
                .until(r -> r.node("n1") instanceof Gating g && g.purpose() == GatePurpose.TAKE_OUT);
        look(d, "n1", Sight.none(), v -> unhealthy(v, "n3"));
        assertThat(((Gating) d.rollout().node("n1")).evidence())
                .contains("[n3] is out of service already, 1 at a time may be");
        assertThat(d.rollout().facts().outOfService()).isEmpty();
    }

    @Test
    void aNodeThatDidNotServeBeforeIsNotAskedForTheMembers() {
        Known n3 = new Known("n3", Known.NODE_UNHEALTHY, "n3 does not serve: no answer");
        Drive d = drive(Oversight.none(), List.of(n3))
                .until(r -> r.node("n1") instanceof Gating g && g.purpose() == GatePurpose.VERIFY);
        d.wait(d.rollout().plan().gate().initial());
        look(d, "n1", Sight.none(), v -> unhealthy(v, "n3"));
        assertThat(((Gating) d.rollout().node("n1")).evidence()).isEmpty();
        look(d, "n1", Sight.none(), v -> unhealthy(v, "n2"));
        assertThat(((Gating) d.rollout().node("n1")).evidence()).containsExactly("n2 does not list the members");
    }

    @Test
    void aGateThatFailedIsKeptWithWhatItSaw() {
        Drive d = atTakeOut(Oversight.none());
        look(d, "n1", Sight.none(), v -> unhealthy(v, "n2"));
        d.wait(Duration.ofSeconds(30));
        look(d, "n1", Sight.none(), v -> unhealthy(v, "n2"));
        StepRecord gate = d.rollout().history().get(d.rollout().history().size() - 1);
        assertThat(gate.outcome()).isEqualTo(StepReport.Outcome.FAILED);
        assertThat(gate.facts().get("change.1"))
                .startsWith("2026-01-05T22:00:")
                .contains("Z n2 does not serve: no answer; n2 does not list the members");
    }
}
