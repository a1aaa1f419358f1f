package dev.rota.hold;

import dev.rota.cli.view.ExplanationView;
import dev.rota.cli.view.layout.Page;
import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.grpc.RolloutViews;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A rollout whose steps and gates go well until something else is said. */
final class Course {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final String ID = "chat-7";

    private CoordinatorState state = CoordinatorState.empty();
    private Instant now = START;

    private Course(Plan plan, Inventory inventory) {
        apply(new Entry.InventoryDeclared(inventory));
        apply(new Entry.PlanMade("", plan));
        apply(new Entry.RolloutStarted("", ID, plan.id(), "ops", now));
    }

    static Course of(Plan plan, Inventory inventory) {
        return new Course(plan, inventory);
    }

    private void apply(Entry entry) {
        Ledger.Outcome outcome = Ledger.apply(state, entry);
        if (!(outcome instanceof Ledger.Outcome.Accepted a)) {
            throw new AssertionError(outcome);
        }
        state = a.state();
    }

    private void send(Event event) {
        apply(new Entry.RolloutChanged("", ID, rollout().revision(), event));
    }

    RolloutState rollout() {
        return Objects.requireNonNull(state.rollouts().get(ID));
    }

    /** Time goes on, and deadlines are looked at. */
    Course after(Duration time) {
        now = now.plus(time);
        send(new Event.TimePassed(now));
        return this;
    }

    /** Time goes on, and nobody looks at anything. */
    Course unattended(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** What {@code rota why} shows a minute later. */
    String screen() {
        Instant later = now.plusSeconds(60);
        return ExplanationView.text(
                RolloutViews.explanation(ID, Why.explain(rollout(), n -> true, later)), new Page(100, false, later));
    }

    /** The node's step ends otherwise. */
    Course ends(String node, Outcome outcome, String code, String message, String action, String output) {
        return ends(node, new StepReport(outcome, code, message, action, output, 1200, 900, 100, new TreeMap<>()));
    }

    /** The node's step is done, but has found nothing. */
    Course doneWithoutFacts(String node) {
        return ends(node, Outcome.DONE, "", "", "", "");
    }

    private Course ends(String node, StepReport report) {
        Working w = (Working) rollout().node(node);
        send(new Event.StepReported(new StepKey(ID, node, w.phase(), w.attempt()), report, now));
        return this;
    }

    /** The node's gate sees something else than it should, for longer than it may. */
    Course seesForLong(String node, UnaryOperator<SortedMap<String, NodeObservation>> edit) {
        for (int i = 0; i < 2000 && rollout().node(node) instanceof Gating; i++) {
            now = now.plusSeconds(1);
            look(node, edit);
        }
        return this;
    }

    private void look(String node, UnaryOperator<SortedMap<String, NodeObservation>> edit) {
        Gating g = (Gating) rollout().node(node);
        send(new Event.Looked(node, g.purpose(), g.attempt(), edit.apply(view()), now));
    }

    Course untilWorking(String node, Phase phase) {
        return until(r -> r.node(node) instanceof Working w && w.phase() == phase);
    }

    Course untilGating(String node, Phase phase) {
        return until(r -> r.node(node) instanceof Gating g && g.phase() == phase);
    }

    /** All goes well until the rollout looks like this. */
    Course until(Predicate<RolloutState> there) {
        for (int i = 0; i < 3000 && !there.test(rollout()); i++) {
            now = now.plusSeconds(1);
            step();
        }
        if (!there.test(rollout())) {
            throw new AssertionError(rollout().status() + " " + rollout().nodes());
        }
        return this;
    }

    /** One node goes on alone until the rollout looks like this. */
    Course only(String node, Predicate<RolloutState> there) {
        for (int i = 0; i < 100 && !there.test(rollout()); i++) {
            now = now.plusSeconds(1);
            step(node);
        }
        return until(there);
    }

    private void step() {
        step("");
    }

    private void step(String only) {
        for (Map.Entry<String, NodeState> e : rollout().nodes().entrySet()) {
            if (!only.isEmpty() && !e.getKey().equals(only)) {
                continue;
            }
            if (e.getValue() instanceof Working w) {
                SortedMap<String, String> facts = new TreeMap<>();
                if (w.phase() == Phase.BACKUP) {
                    facts.put("backup.sha256", "b".repeat(64));
                }
                ends(e.getKey(), new StepReport(Outcome.DONE, "", "", "", "", 1200, 900, 100, facts));
                return;
            }
            if (e.getValue() instanceof Gating) {
                look(e.getKey(), v -> v);
                return;
            }
        }
    }

    /** What a look would see if all had gone as the rollout believes. */
    private SortedMap<String, NodeObservation> view() {
        RolloutState r = rollout();
        TreeSet<String> members = new TreeSet<>();
        r.plan().members().stream().filter(m -> r.facts().member(m.node())).forEach(m -> members.add(m.member()));
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        for (Plan.Member m : r.plan().members()) {
            boolean target =
                    r.history().stream().anyMatch(h -> h.node().equals(m.node()) && h.phase() == Phase.INSTALL);
            boolean runs = !r.facts().down().contains(m.node());
            view.put(
                    m.node(),
                    new NodeObservation(
                            m.node(),
                            now,
                            m.member(),
                            runs ? Optional.of(target ? r.hop().to() : m.version()) : Optional.empty(),
                            target ? r.hop().artifact().sha256() : "",
                            runs,
                            runs ? "" : "GET http://127.0.0.1:7800/ready was not answered: connection refused",
                            runs
                                    ? Optional.of(
                                            r.facts().left().contains(m.node())
                                                    ? List.of(m.member())
                                                    : List.copyOf(members))
                                    : Optional.empty(),
                            runs ? Optional.of(new TreeMap<>(Map.of("bucket-0", "4711"))) : Optional.empty(),
                            1L << 34,
                            List.of(),
                            3));
        }
        return view;
    }
}
