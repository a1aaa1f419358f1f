package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.Ledger.Outcome.Accepted;
import dev.rota.coordinator.rollout.Ledger.Outcome.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant T0 = Situation.T0;

    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    private CoordinatorState state = CoordinatorState.empty();

    private String apply(Entry entry) {
        Ledger.Outcome outcome = Ledger.apply(state, entry);
        if (outcome instanceof Accepted a) {
            state = a.state();
            return a.subject();
        }
        return ((Rejected) outcome).code();
    }

    private Plan planned() {
        apply(new Entry.InventoryDeclared(shop().inventory()));
        Plan plan = shop().plan();
        apply(new Entry.PlanMade("q1", plan));
        return plan;
    }

    private static Entry start(String request, String rollout, Plan plan) {
        return new Entry.RolloutStarted(request, rollout, plan.id(), "ann", T0);
    }

    private static Plan laterPlan(Duration later) {
        Plan p = shop().plan();
        return Plans.at(p, p.createdAt().plus(later));
    }

    @Test
    void aRepeatedRequestIsAnsweredAndNotDoneAgain() {
        Plan plan = planned();
        assertThat(apply(new Entry.PlanMade("q1", laterPlan(Duration.ofSeconds(5)))))
                .isEqualTo(plan.id());
        assertThat(state.plans()).hasSize(1);

        assertThat(apply(start("q2", "r1", plan))).isEqualTo("r1");
        assertThat(apply(start("q2", "r2", plan))).isEqualTo("r1");
        assertThat(state.rollouts()).containsOnlyKeys("r1");

        Entry pause = new Entry.RolloutChanged("q3", "r1", 1, new Event.Controlled(Control.PAUSE, "ann", T0));
        assertThat(apply(pause)).isEqualTo("r1");
        CoordinatorState once = state;
        assertThat(apply(pause)).isEqualTo("r1");
        assertThat(state).isEqualTo(once);

        Release release = shop().release("23.10");
        assertThat(apply(new Entry.ReleaseAdded("q4", release))).isEqualTo("shop/23.10");
        assertThat(apply(new Entry.ReleaseAdded("q4", shop().release("24.02")))).isEqualTo("shop/23.10");
        assertThat(state.releases()).containsOnlyKeys("shop/23.10");
    }

    @Test
    void requestsAreForgottenOldestFirst() {
        planned();
        for (int i = 0; i < CoordinatorState.MAX_REQUESTS; i++) {
            apply(new Entry.PlanMade("p" + i, laterPlan(Duration.ofSeconds(i + 1))));
        }
        assertThat(state.requests()).hasSize(CoordinatorState.MAX_REQUESTS).doesNotContainKey("q1");
        assertThat(state.plans()).hasSize(CoordinatorState.MAX_PLANS);
        assertThat(state.planOrder()).hasSize(CoordinatorState.MAX_PLANS);
    }

    @Test
    void aPlanIsAppliedOnce() {
        Plan plan = planned();
        apply(start("", "r1", plan));
        assertThat(apply(start("", "r2", plan))).isEqualTo("PLAN_APPLIED");
        apply(new Entry.RolloutChanged("", "r1", 1, new Event.Controlled(Control.ABORT, "ann", T0)));
        assertThat(apply(start("", "r3", plan))).isEqualTo("PLAN_APPLIED");
    }

    @Test
    void aClusterHasOneRolloutAtATime() {
        Plan plan = planned();
        apply(start("", "r1", plan));
        Plan other = laterPlan(Duration.ofSeconds(1));
        apply(new Entry.PlanMade("", other));
        assertThat(apply(start("", "r2", other))).isEqualTo("CLUSTER_BUSY");
    }

    @Test
    void aRolloutIdIsUsedOnce() {
        Drive d = Drive.of(shop()).until(r -> r.status().ended());
        state = d.state();
        Plan other = laterPlan(Duration.ofSeconds(1));
        apply(new Entry.PlanMade("", other));
        assertThat(apply(start("", Drive.ID, other))).isEqualTo("ROLLOUT_EXISTS");
    }

    @Test
    void aProposalForAnotherRevisionIsRejected() {
        Plan plan = planned();
        apply(start("", "r1", plan));
        CoordinatorState before = state;
        Event pause = new Event.Controlled(Control.PAUSE, "ann", T0);
        assertThat(apply(new Entry.RolloutChanged("", "r1", 0, pause))).isEqualTo("STALE");
        assertThat(apply(new Entry.RolloutChanged("", "r1", 2, pause))).isEqualTo("STALE");
        assertThat(state).isSameAs(before);
        assertThat(apply(new Entry.RolloutChanged("", "r1", 1, pause))).isEqualTo("r1");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(apply(new Entry.RolloutStarted("", "r1", "none", "ann", T0))).isEqualTo("NO_PLAN");
        assertThat(apply(new Entry.RolloutChanged("", "r1", 0, new Event.TimePassed(T0))))
                .isEqualTo("NO_ROLLOUT");
    }

    @Test
    void aPlanIsStaleWhenTheInventoryHasChanged() {
        Plan plan = planned();
        Inventory.Cluster chat = shop().inventory().clusters().get(0);
        List<Inventory.Node> more = new ArrayList<>(chat.nodes());
        more.add(new Inventory.Node("n4", ""));
        apply(new Entry.InventoryDeclared(new Inventory(List.of(new Inventory.Cluster("chat", chat.recipe(), more)))));
        assertThat(apply(start("", "r1", plan))).isEqualTo("STALE_PLAN");
        apply(new Entry.InventoryDeclared(new Inventory(List.of())));
        assertThat(apply(start("", "r1", plan))).isEqualTo("STALE_PLAN");
        apply(new Entry.InventoryDeclared(shop().inventory()));
        assertThat(apply(start("", "r1", plan))).isEqualTo("r1");
    }

    @Test
    void aCoordinatorIsKnownByItsNewestAddressUntilItIsRemoved() {
        apply(new Entry.CoordinatorDeclared("", "c1", "old:1"));
        apply(new Entry.CoordinatorDeclared("", "c2", "c2:1"));
        apply(new Entry.CoordinatorDeclared("", "c1", "new:1"));
        assertThat(state.coordinators()).isEqualTo(Map.of("c1", "new:1", "c2", "c2:1"));

        apply(new Entry.CoordinatorDeclared("q1", "c2", ""));
        apply(new Entry.CoordinatorDeclared("q1", "c2", ""));

        assertThat(state.coordinators()).isEqualTo(Map.of("c1", "new:1"));
        assertThat(state.requests()).containsEntry("q1", "c2");
    }

    @Test
    void aReleaseNeverChanges() {
        Release r = shop().release("23.10");
        apply(new Entry.ReleaseAdded("", r));
        assertThat(apply(new Entry.ReleaseAdded("", r))).isEqualTo("shop/23.10");
        Release follows = new Release(
                r.product(),
                r.version(),
                r.artifact(),
                r.soft(),
                r.reason(),
                Optional.of(Version.parse("23.04")),
                r.addedAt(),
                r.addedBy());
        assertThat(apply(new Entry.ReleaseAdded("", follows))).isEqualTo("RELEASE_EXISTS");
        Release banned = new Release(
                r.product(),
                r.version(),
                r.artifact(),
                Optional.of(false),
                "schema",
                r.follows(),
                r.addedAt(),
                r.addedBy());
        assertThat(apply(new Entry.ReleaseAdded("", banned))).isEqualTo("RELEASE_EXISTS");
    }

    @Test
    void noPlanMakesTheLedgerThrow() {
        apply(new Entry.InventoryDeclared(shop().inventory()));
        Plan plan = shop().plan();
        Plan shortId = plan.withId("x");
        apply(new Entry.PlanMade("", shortId));
        apply(start("", "r1", shortId));
        assertThat(apply(start("", "r2", shortId))).isEqualTo("PLAN_APPLIED");

        Plan stranger = Plans.withBatches(
                plan,
                List.of(new Plan.Batch(
                        "x",
                        List.of(new Plan.Lane(
                                "n9", plan.batches().get(0).lanes().get(0).steps())),
                        true)));
        assertThat(apply(new Entry.PlanMade("", stranger))).isEqualTo("PLAN_BROKEN");
    }

    @Test
    void aDowngradeNobodyAskedForDoesNotBegin() {
        apply(new Entry.InventoryDeclared(shop().inventory()));
        Plan p = shop().plan();
        PlannedHop up = p.hops().get(0);
        Plan down = Plans.withHops(
                p,
                new PlannedHop(
                        up.to(),
                        up.from(),
                        0,
                        up.mode(),
                        up.strategy(),
                        up.reasons(),
                        up.migrations(),
                        false,
                        up.artifact(),
                        up.undo(),
                        up.wayBack()));
        apply(new Entry.PlanMade("", down));
        Ledger.Outcome outcome = Ledger.apply(state, start("", "r1", down));
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, r -> {
            assertThat(r.code()).isEqualTo("NOT_STARTED");
            assertThat(r.reason()).contains("downgrade");
        });
    }

    @Test
    void anAnswerThatComesTwiceIsRejectedAndChangesNothing() {
        Drive d = Drive.of(shop()).untilWorking("n1", Phase.DRAIN);
        Event report = new Event.StepReported(d.key("n1"), Drive.report(Outcome.DONE, false), d.now());
        d.send(report);
        CoordinatorState once = d.state();
        d.send(report);
        assertThat(d.rejection()).isEqualTo("LATE");
        assertThat(d.state()).isSameAs(once);
    }

    @Test
    void aRolloutThatHasEndedStaysAsItIs() {
        Drive d = Drive.of(shop()).until(r -> r.status().ended());
        for (Control c : Control.values()) {
            d.control(c);
            assertThat(d.rejection()).isEqualTo("ENDED");
        }
        assertThat(Outstanding.of(d.rollout())).isEmpty();
    }

    @Test
    void outstandingNamesEveryStepAndGateOfTheStateAndNothingElse() {
        Drive d = Drive.of(shop()).untilGating("n1", Phase.VERIFY);
        assertThat(Outstanding.of(d.rollout())).singleElement().isInstanceOfSatisfying(Effect.Look.class, l -> {
            assertThat(l.purpose()).isEqualTo(GatePurpose.VERIFY);
            assertThat(l.notBefore()).isEqualTo(d.now().plusSeconds(1));
        });
        Drive leaving = Drive.of(shop()).untilWorking("n1", Phase.LEAVE);
        assertThat(Outstanding.of(leaving.rollout()))
                .containsExactly(
                        new Effect.RunStep(leaving.key("n1"), "n2", Optional.of("n2"), Duration.ofSeconds(20), false));
    }
}
