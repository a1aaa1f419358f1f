package dev.rota.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Plan.PlannedStep;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus.Succeeded;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    private static Situation shop() {
        return Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3");
    }

    /** A rollout that was aborted when n2 was at this phase. */
    private static Drive abortedAt(Situation s, Phase phase) {
        return Drive.of(s)
                .untilWorking("n2", phase)
                .answer("n2", Outcome.FAILED)
                .control(Control.ABORT)
                .until(r -> r.status().ended());
    }

    private static NodeObservation node(String name, String version, boolean healthy, String sha, String... members) {
        return new NodeObservation(
                name,
                Situation.T0,
                "shop@" + name,
                Version.tryParse(version),
                sha,
                healthy,
                healthy ? "" : "port closed",
                version.isEmpty() ? Optional.empty() : Optional.of(List.of(members)),
                Optional.empty(),
                1,
                List.of(),
                1);
    }

    private static SortedMap<String, NodeObservation> healthy() {
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        NODES.forEach(n -> view.put(n, node(n, "23.01", true, "", "shop@n1", "shop@n2", "shop@n3")));
        return view;
    }

    private static Repair.Result plan(Situation s, CoordinatorState state, SortedMap<String, NodeObservation> view) {
        return plan(s, state, view, r -> r);
    }

    private static Repair.Result plan(
            Situation s, CoordinatorState state, SortedMap<String, NodeObservation> view, UnaryOperator<Recipe> edit) {
        Inventory.Cluster cluster = s.inventory().clusters().get(0);
        return Repair.plan(new Repair.Inputs(
                cluster,
                edit.apply(s.inputs().recipe()),
                s.inputs().releases(),
                state.clusterFacts().leftOver("chat"),
                view,
                Situation.T0,
                "ann"));
    }

    private static List<String> steps(Plan plan) {
        return plan.batches().stream()
                .flatMap(b -> b.lanes().stream())
                .flatMap(l -> l.steps().stream().map(PlannedStep::title).map(t -> l.node() + " " + t))
                .toList();
    }

    private static String why(Repair.Result result) {
        assertThat(result.plan()).isEmpty();
        return result.kept().get(0).why();
    }

    @Test
    void aDrainedNodeThatServesComesBackThroughItsHealthGateOnly() {
        Drive d = abortedAt(shop(), Phase.STOP);
        Repair.Result result = plan(shop(), d.state(), healthy());
        Plan plan = PlanCodec.address(result.plan().orElseThrow());
        assertThat(result.kept()).isEmpty();
        assertThat(plan.repair()).isTrue();
        assertThat(steps(plan)).containsExactly("n2 verify", "n2 undrain");

        Drive repair = Drive.at(d.state(), d.now());
        repair.apply(new Entry.PlanMade("", plan));
        repair.apply(new Entry.RolloutStarted("q1", "r2", plan.id(), "ann", d.now()));
        assertThat(repair.state().clusterFacts().leftOver("chat")).isEmpty();
        RolloutState r2 = repair.state().rollout("r2").orElseThrow();
        assertThat(r2.compensations()).hasSize(3);
        Drive alone = Repairing.drive(repair.state(), "r2", d.now());
        assertThat(alone.state().rollout("r2").orElseThrow().status()).isInstanceOf(Succeeded.class);
        assertThat(alone.state().rollout("r2").orElseThrow().history())
                .extracting(
                        h -> h.gate().map(GatePurpose::label).orElse(h.phase().label()))
                .containsExactly("verify", "undrain");
        assertThat(alone.state().clusterFacts().leftOver("chat")).isEmpty();
    }

    @Test
    void aNodeThatDoesNotServeIsLeft() {
        SortedMap<String, NodeObservation> view = healthy();
        view.put("n2", node("n2", "23.01", false, "", "shop@n1", "shop@n2", "shop@n3"));
        assertThat(why(plan(shop(), abortedAt(shop(), Phase.STOP).state(), view)))
                .isEqualTo("rule 5: n2 does not serve (port closed): repair it, then again");
    }

    @Test
    void aNodeOutsideTheClusterIsNeverJoined() {
        SortedMap<String, NodeObservation> view = healthy();
        view.put("n2", node("n2", "23.01", true, "", "shop@n2"));
        assertThat(why(plan(shop(), abortedAt(shop(), Phase.STOP).state(), view)))
                .startsWith("rule 4: n2 is outside the cluster, and joining can wipe it");
    }

    @Test
    void aSilentAgentAndANodeThatIsGoneAreNamed() {
        SortedMap<String, NodeObservation> view = healthy();
        view.remove("n2");
        assertThat(why(plan(shop(), abortedAt(shop(), Phase.STOP).state(), view)))
                .isEqualTo("the agent of n2 does not answer: start it first");
        Situation two = Situation.of("shop", "23.01", "23.04", "n1", "n3");
        assertThat(why(plan(two, abortedAt(shop(), Phase.STOP).state(), healthy())))
                .startsWith("node n2 is no longer in cluster chat");
    }

    @Test
    void aStoppedNodeIsStartedWhereThatIsSafe() {
        Situation desk = Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3")
                .recipeText(t -> t.replaceAll("(?s)  migrate:.*?  start:", "  start:"));
        CoordinatorState state = abortedAt(desk, Phase.INSTALL).state();
        String sha = desk.release("1.1").artifact().sha256();
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        NODES.forEach(n ->
                view.put(n, node(n, n.equals("n2") ? "" : "1.1", !n.equals("n2"), sha, NODES.toArray(String[]::new))));
        Plan plan = plan(desk, state, view).plan().orElseThrow();
        assertThat(steps(plan)).containsExactly("n2 start", "n2 verify");
        assertThat(plan.to()).isEqualTo(Version.parse("1.1"));

        view.put("n2", node("n2", "", false, "f".repeat(64)));
        assertThat(why(plan(desk, state, view))).contains("is no release of the catalogue");
        view.put("n2", node("n2", "", false, sha));
        view.put("n1", node("n1", "1.1", false, sha, "n1"));
        view.put("n3", node("n3", "1.1", false, sha, "n3"));
        assertThat(why(plan(desk, state, view))).contains("start the one that was stopped last");
    }

    @Test
    void aStoppedNodeWhoseDataMayHaveBeenMigratedIsLeft() {
        Situation desk = Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3");
        CoordinatorState state = abortedAt(desk, Phase.INSTALL).state();
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        NODES.forEach(n ->
                view.put(n, node(n, n.equals("n2") ? "" : "1.1", !n.equals("n2"), "", NODES.toArray(String[]::new))));
        assertThat(why(plan(desk, state, view))).contains("whether its data was migrated is not known");
    }

    @Test
    void whatWasAnnouncedIsTakenBackWithoutAskingTheProduct() {
        Situation desk = Situation.of("desk", "1.0", "1.1", "n1", "n2", "n3").recipeText(Situation::undone);
        Drive d = Drive.of(desk)
                .untilWorking("n2", Phase.INSTALL)
                .answer("n2", Outcome.FAILED)
                .control(Control.ABORT);
        d.answer("n1", Outcome.FAILED).wait(java.time.Duration.ofHours(1)).tick();
        assertThat(d.state().clusterFacts().leftOver("chat"))
                .extracting(Compensation::id)
                .contains("r1/n1/announce", "r1/n3/check", "r1/n2/stop");
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        NODES.forEach(n -> view.put(n, node(n, "1.1", !n.equals("n2"), "", NODES.toArray(String[]::new))));
        Repair.Result result = plan(desk, d.state(), view);
        assertThat(steps(result.plan().orElseThrow())).contains("n1 undo announce", "n3 undo check");
        assertThat(result.kept())
                .singleElement()
                .satisfies(k -> assertThat(k.compensation().id()).isEqualTo("r1/n2/stop"));
    }
}
