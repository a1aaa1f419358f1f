package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.plan.PlanInputs;
import dev.rota.coordinator.plan.Repair;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Waiting;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All states by all events: the one table of transitions. It draws the diagram of {@code deploy/doc/states.md}, and the
 * simulation must take every one of them.
 */
public final class TransitionTable {
    private static final String PROBED = "probes exceed the budget";

    private TransitionTable() {}

    /** A change of a state's kind, and what leads to it. */
    public record Edge(String from, String to, String event) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge o) {
            return toString().compareTo(o.toString());
        }

        @Override
        public String toString() {
            return from + " --> " + to + ": " + event;
        }
    }

    /** The transitions of a node in its lane. */
    public static SortedSet<Edge> ofNodes() {
        return edges(s -> s.node("n1"));
    }

    /** The transitions of a rollout. */
    public static SortedSet<Edge> ofRollouts() {
        return edges(RolloutState::status);
    }

    private static SortedSet<Edge> edges(Function<RolloutState, Object> part) {
        SortedSet<Edge> all = new TreeSet<>();
        samples()
                .values()
                .forEach(s -> events(s).forEach((name, e) -> {
                    if (Engine.next(s, e) instanceof Transition.Accepted a) {
                        add(all, part.apply(s), part.apply(a.state()), led(s, a.state(), "n1", name.replace(":", "")));
                    }
                }));
        return all;
    }

    /** The transitions of the nodes of a rollout that has just begun. */
    public static SortedSet<Edge> begun(RolloutState after) {
        SortedSet<Edge> all = new TreeSet<>();
        after.nodes().values().forEach(n -> add(all, new Waiting(), n, "begins"));
        return all;
    }

    /** The transitions a committed event has led to, of the nodes it is about and of the rollout. */
    public static SortedSet<Edge> taken(RolloutState before, Event event, RolloutState after) {
        SortedSet<Edge> all = new TreeSet<>();
        Set<String> about = about(before, event);
        boolean held = after.status() instanceof RolloutStatus.Held;
        for (String n : about) {
            boolean stuck = after.node(n) instanceof Stuck || turned(before, after, n);
            add(all, before.node(n), after.node(n), led(before, after, n, name(event, stuck)));
        }
        String plain = name(event, held || about.stream().anyMatch(n -> turned(before, after, n)));
        String led = about.stream()
                .map(n -> led(before, after, n, plain))
                .filter(l -> !l.equals(plain))
                .findFirst()
                .orElse(plain);
        add(all, before.status(), after.status(), led);
        return all;
    }

    /** Other nodes may begin in consequence; that is not what the event did to them. */
    private static Set<String> about(RolloutState before, Event event) {
        if (event instanceof Event.StepReported e) {
            return Set.of(e.key().node());
        } else if (event instanceof Event.Looked e) {
            return Set.of(e.node());
        }
        boolean opens = event instanceof Event.Began
                || (event instanceof Event.Controlled c
                        && (c.control() == Control.RESUME
                                || c.control() == Control.ABORT
                                || (c.control() == Control.RETRY && Budgets.spent(before))));
        return before.nodes().keySet().stream()
                .filter(n -> opens || !(before.node(n) instanceof Waiting))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What led to it, and that the policy answered where it did. */
    private static String led(RolloutState before, RolloutState after, String node, String name) {
        return turned(before, after, node) && !name.startsWith("operator") ? name + ", policy rollback" : name;
    }

    private static boolean turned(RolloutState before, RolloutState after, String node) {
        return after.back().containsKey(node) && !before.back().containsKey(node);
    }

    private static void add(Set<Edge> all, Object from, Object to, String event) {
        String a = from.getClass().getSimpleName();
        String b = to.getClass().getSimpleName();
        if (!a.equals(b)) {
            all.add(new Edge(a, b, event));
        }
    }

    private static String name(Event event, boolean bad) {
        if (event instanceof Event.StepReported e) {
            return "step " + e.report().outcome().label();
        } else if (event instanceof Event.Looked) {
            return bad ? "gate fails too long" : "gate holds";
        } else if (event instanceof Event.Controlled e) {
            return "operator " + word(e.control());
        } else if (event instanceof Event.Confirmed) {
            return "operator confirm";
        } else if (event instanceof Event.Probed) {
            return PROBED;
        } else {
            return event instanceof Event.Began ? "begins" : "deadline passes";
        }
    }

    private static String word(Control c) {
        return c.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In the words of the diagram. */
    static String diagram(SortedSet<Edge> edges) {
        return edges.stream().map(e -> "    " + e).collect(Collectors.joining("\n"));
    }

    static Drive soft() {
        return Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"));
    }

    private static Drive desk() {
        return Drive.of(Situation.of("desk", "1.0", "1.1", "n1", "n2").mode(Mode.FULL_STOP));
    }

    /** Situations in which n1 is in the state the name begins with. */
    static Map<String, RolloutState> samples() {
        Map<String, RolloutState> all = new LinkedHashMap<>();
        Drive fresh = soft();
        all.put(
                "Waiting (before the rollout)",
                RolloutState.start("r1", fresh.rollout().plan(), "ann", Situation.T0));
        all.put(
                "Waiting (its lane is done)",
                soft().answer("n1", Outcome.DONE).answer("n1", Outcome.DONE).rollout());
        all.put(
                "Ready (another lane is held)",
                desk().untilWorking("n2", Phase.INSTALL)
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Ready (another lane is held, steps are left)",
                soft().answer("n2", Outcome.FAILED).answer("n1", Outcome.DONE).rollout());
        all.put(
                "Ready (its lane is done, another one is held)",
                soft().untilWorking("n1", Phase.CLEANUP)
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Ready (its preparations are done, those of another one have failed)",
                soft().answer("n1", Outcome.DONE)
                        .answer("n2", Outcome.DONE)
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put("Ready (a person must confirm)", unconfirmed().rollout());
        all.put(
                "Ready (left out, a person must confirm)",
                stuckBeforeConfirmation().control(Control.SKIP).rollout());
        all.put("Working (stage)", soft().rollout());
        all.put("Working (drain)", soft().untilWorking("n1", Phase.DRAIN).rollout());
        all.put("Working (verify)", desk().untilWorking("n1", Phase.VERIFY).rollout());
        all.put("Working (undrain)", soft().untilWorking("n1", Phase.UNDRAIN).rollout());
        all.put("Working (last step of all)", last(soft()).rollout());
        all.put(
                "Working (last step of all, pausing)",
                last(soft()).control(Control.PAUSE).rollout());
        all.put("Working (a person must confirm next)", beforeConfirmation("n1").rollout());
        all.put("Working (pausing)", last(prepared()).control(Control.PAUSE).rollout());
        all.put("Working (aborting)", last(prepared()).control(Control.ABORT).rollout());
        all.put("Gating (take-out)", soft().untilGating("n1", Phase.DRAIN).rollout());
        all.put("Gating (leave)", soft().untilGating("n1", Phase.LEAVE).rollout());
        all.put("Gating (join)", soft().untilGating("n1", Phase.JOIN).rollout());
        all.put("Gating (verify)", soft().untilGating("n1", Phase.VERIFY).rollout());
        all.put("Gating (last of all, holds)", alone().look("n1").rollout());
        all.put(
                "Gating (last of all, holds, pausing)",
                alone().look("n1").control(Control.PAUSE).rollout());
        all.put("Gating (pausing)", verifying().control(Control.PAUSE).rollout());
        all.put(
                "Gating (holds, pausing)",
                verifying().look("n1").control(Control.PAUSE).rollout());
        all.put(
                "Gating (holds, aborting)",
                verifying().look("n1").control(Control.ABORT).rollout());
        all.put("Gating (holds, another lane is held)", heldBeside().look("n1").rollout());
        all.put(
                "Stuck (step)",
                soft().untilWorking("n1", Phase.INSTALL)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put("Stuck (gate)", gateHeld().rollout());
        all.put(
                "Stuck (before its turn has changed anything)",
                soft().untilWorking("n1", Phase.BACKUP)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Stuck (announce)",
                softDesk()
                        .untilWorking("n1", Phase.ANNOUNCE)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Stuck (announce, a full stop)",
                desk().untilWorking("n1", Phase.ANNOUNCE)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Stuck (clean up, last of all)",
                last(soft()).answer("n1", Outcome.FAILED).rollout());
        all.put(
                "Stuck (clean up, another node is busy)",
                soft().untilWorking("n1", Phase.CLEANUP)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Stuck (before its turn, a person must confirm next)",
                stuckBeforeConfirmation().rollout());
        all.put(
                "Stuck (join, its turn can be taken back)",
                soft().untilWorking("n1", Phase.JOIN)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Stuck (on the way back)",
                goingBack()
                        .untilWorking("n1", Phase.INSTALL)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put("Gating (leave, on the way back)", goingBack().rollout());
        all.put(
                "Gating (verify, on the way back)",
                goingBack().untilGating("n1", Phase.VERIFY).rollout());
        all.put(
                "Working (last step of the way back)",
                goingBack().untilWorking("n1", Phase.UNDRAIN).rollout());
        all.put(
                "Working (last step of the way back, pausing)",
                goingBack()
                        .untilWorking("n1", Phase.UNDRAIN)
                        .control(Control.PAUSE)
                        .rollout());
        all.put("Gating (last of the way back, holds)", lastGateBack().rollout());
        all.put(
                "Gating (last of the way back, holds, pausing)",
                lastGateBack().control(Control.PAUSE).rollout());
        all.put(
                "Working (retries are left)",
                with(new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.HOLD))
                        .rollout());
        all.put(
                "Retrying",
                retrying(with(new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.HOLD)))
                        .rollout());
        all.put(
                "Retrying (another lane is held)",
                retrying(with(new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.HOLD)))
                        .answer("n2", Drive.report(Outcome.REFUSED, false))
                        .rollout());
        all.put(
                "Retrying (a step with a gate before it)",
                with(new FailurePolicy(1, Duration.ofSeconds(1), FailurePolicy.Then.HOLD))
                        .untilWorking("n1", Phase.LEAVE)
                        .answer("n1", Outcome.TIMED_OUT)
                        .rollout());
        all.put(
                "Working (join, policy rollback)",
                with(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))
                        .untilWorking("n1", Phase.JOIN)
                        .rollout());
        all.put(
                "Working (policy rollback, nothing was changed, pausing)",
                with(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))
                        .untilWorking("n1", Phase.BACKUP)
                        .control(Control.PAUSE)
                        .rollout());
        all.put(
                "Working (policy rollback)",
                with(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))
                        .untilWorking("n1", Phase.STOP)
                        .rollout());
        all.put(
                "Working (policy rollback, nothing was changed)",
                with(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))
                        .untilWorking("n1", Phase.BACKUP)
                        .rollout());
        all.put(
                "Gating (verify, policy rollback)",
                with(new FailurePolicy(0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_ALL))
                        .untilGating("n1", Phase.VERIFY)
                        .rollout());
        Situation goesBack = Situation.of("desk", "1.0", "1.1", "n1", "n2").recipeText(t -> t + "downgrade: true\n");
        all.put(
                "Gating (verify, policy rollback, nothing to leave)",
                Drive.of(
                                goesBack,
                                Plans.withPolicy(
                                        goesBack.plan(),
                                        new Policy(new FailurePolicy(
                                                0, Duration.ofSeconds(1), FailurePolicy.Then.ROLLBACK_NODE))))
                        .untilGating("n1", Phase.VERIFY)
                        .rollout());
        all.put(
                "Waiting (rolled back)",
                goingBack().until(r -> r.status().ended()).rollout());
        all.put("Working (probed)", watched().untilWorking("n1", Phase.STOP).rollout());
        all.put(
                "Working (probed, pausing)",
                watched().untilWorking("n1", Phase.STOP).control(Control.PAUSE).rollout());
        all.put(
                "Working (over its budget)",
                over(watched().untilWorking("n1", Phase.STOP)).rollout());
        all.put(
                "Ready (over its budget, its gate comes next)",
                over(watched().untilWorking("n1", Phase.BACKUP))
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Waiting (over its budget, all is done)",
                over(last(watched())).answer("n1", Outcome.DONE).rollout());
        all.put(
                "Waiting (over its budget, a person must confirm next)",
                over(beforeConfirmation("n1", shop -> Watched.drive(shop, Watched.budget(Duration.ofSeconds(1)))))
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Waiting (over its budget, its turn comes next)",
                over(watched()
                                .answer("n1", Outcome.DONE)
                                .answer("n2", Outcome.DONE)
                                .answer("n2", Outcome.DONE))
                        .answer("n1", Outcome.DONE)
                        .rollout());
        Drive quiet = over(Watched.drive(quietDesk(), Watched.budget(Duration.ofSeconds(1))));
        all.put(
                "Waiting (over its budget, its gate comes next)",
                quiet.answer("n2", Outcome.DONE).answer("n1", Outcome.DONE).rollout());
        all.put(
                "Ready (prepared, and the other node's turn may be left out)",
                Drive.of(quietDesk())
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.putAll(BesideSamples.all());
        all.put("Ready (all are left out, a person must confirm)", allLeftOut().rollout());
        all.put("Waiting (paused)", pausedBefore("n1").rollout());
        all.put(
                "Waiting (paused before a gate)",
                softDesk()
                        .untilWorking("n1", Phase.ANNOUNCE)
                        .control(Control.PAUSE)
                        .until(r -> r.status() instanceof RolloutStatus.Paused)
                        .rollout());
        all.put(
                "Waiting (paused, a person must confirm)",
                beforeConfirmation("n1")
                        .control(Control.PAUSE)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Stuck (step, something can be undone)",
                announced()
                        .untilWorking("n1", Phase.INSTALL)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put(
                "Waiting (another lane is held, something can be undone)",
                announced()
                        .untilWorking("n2", Phase.INSTALL)
                        .answer("n2", Outcome.FAILED)
                        .rollout());
        all.put("Working (undoes something)", undoing().rollout());
        all.put(
                "Working (undoes something, aborting)",
                undoing().control(Control.ABORT).rollout());
        all.put(
                "Working (the last undo, aborting)",
                lastUndo(undoing().control(Control.ABORT)).rollout());
        all.put(
                "Working (the last undo, on the way back)",
                lastUndo(undoingBack()).rollout());
        all.put(
                "Working (the last undo, on the way back, pausing)",
                lastUndo(undoingBack()).control(Control.PAUSE).rollout());
        all.put(
                "Working (another lane is held, something can be undone)",
                announced().answer("n2", Outcome.FAILED).rollout());
        all.put(
                "Ready (its preparations are done, something can be undone)",
                announced()
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Waiting (paused, something can be undone)",
                announced()
                        .untilWorking("n1", Phase.ANNOUNCE)
                        .control(Control.PAUSE)
                        .until(r -> r.status() instanceof RolloutStatus.Paused)
                        .rollout());
        all.put(
                "Ready (its preparations are done, those of the node before it have failed)",
                Drive.of(Situation.of("desk", "1.0", "1.1", "n1", "n2").unready("n2"))
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .rollout());
        all.put(
                "Stuck (in its preparations, another node goes back)",
                soft().answer("n2", Outcome.REFUSED)
                        .control(Control.ROLLBACK)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put("Waiting (before a repair)", RolloutState.start("r1", repair(), "ann", Situation.T0));
        all.put(
                "Waiting (paused, all that would follow is left out)",
                softDesk()
                        .answer("n2", Outcome.FAILED)
                        .answer("n1", Outcome.DONE)
                        .control(Control.SKIP)
                        .untilWorking("n1", Phase.START)
                        .control(Control.PAUSE)
                        .until(r -> r.status() instanceof RolloutStatus.Paused)
                        .rollout());
        all.put("Waiting (succeeded)", soft().until(r -> r.status().ended()).rollout());
        all.put("Waiting (aborted)", pausedBefore("n1").control(Control.ABORT).rollout());
        return all;
    }

    /** All lanes of the current batch are done but that of n1, which works on its last step. */
    private static Drive last(Drive d) {
        Drive there = d.rollout().batch() == 0 && d.rollout().node("n2") instanceof Waiting
                ? d
                : d.untilWorking("n1", Phase.CLEANUP);
        return there.rollout().node("n2") instanceof Waiting ? there : there.answer("n2", Outcome.DONE);
    }

    /** The preparations are done but the check of n1. */
    private static Drive prepared() {
        return soft().answer("n1", Outcome.DONE).answer("n2", Outcome.DONE).answer("n2", Outcome.DONE);
    }

    /** The gate of a node that went back, in which the way back ends, holds. */
    private static Drive lastGateBack() {
        return softDesk()
                .untilWorking("n1", Phase.STOP)
                .answer("n1", Outcome.FAILED)
                .control(Control.ROLLBACK)
                .untilGating("n1", Phase.VERIFY)
                .wait(Duration.ofSeconds(2))
                .look("n1");
    }

    private static Drive unconfirmed() {
        return beforeConfirmation("n2").answer("n2", Outcome.DONE);
    }

    /** The preparations are done but the check of this node; then a person must confirm something. */
    private static Drive beforeConfirmation(String node) {
        return beforeConfirmation(node, Drive::of);
    }

    private static Drive watched() {
        return Watched.drive(Situation.of("shop", "23.01", "23.04", "n1", "n2"), Watched.budget(Duration.ofSeconds(1)));
    }

    private static Drive over(Drive d) {
        return d.wait(Duration.ofSeconds(3)).away(Duration.ofSeconds(2));
    }

    private static Drive beforeConfirmation(String node, Function<Situation, Drive> apply) {
        String note = "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n";
        Drive d = apply.apply(Situation.of("shop", "23.01", "23.04", "n1", "n2")
                .note("23.04.md", note)
                .assume("storage", "mysql"));
        return d.answer("n1", Outcome.DONE)
                .answer("n2", Outcome.DONE)
                .answer(node.equals("n1") ? "n2" : "n1", Outcome.DONE);
    }

    /** A person must confirm something before the first node is taken out. */
    private static Drive confirmed() {
        String note = "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n";
        return Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2")
                .note("23.04.md", note)
                .assume("storage", "mysql"));
    }

    private static Drive softDesk() {
        return Drive.of(Situation.of("desk", "1.0", "1.1", "n1", "n2"));
    }

    /** What is announced and checked is undone. */
    private static Drive announced() {
        return Drive.of(Situation.of("desk", "1.0", "1.1", "n1", "n2").recipeText(Situation::undone));
    }

    private static Drive undoing() {
        return announced()
                .until(r -> r.node("n1") instanceof Working
                        && r.currentBatch().filter(Compensations::undoes).isPresent());
    }

    /** n1 went back, and what was announced and checked is undone. */
    private static Drive undoingBack() {
        return announced()
                .untilWorking("n1", Phase.STOP)
                .answer("n1", Outcome.FAILED)
                .control(Control.ROLLBACK)
                .until(Advance::undoing);
    }

    /** Nothing is left to undo but by n1, which works on it. */
    private static Drive lastUndo(Drive undoing) {
        Drive d = undoing;
        while (d.rollout().node("n2") instanceof Working) {
            d = d.answer("n2", Outcome.DONE);
        }
        while (d.rollout().node("n1") instanceof Working w
                && w.step() + 1 < d.rollout().lane("n1").size()) {
            d = d.answer("n1", Outcome.DONE);
        }
        return d;
    }

    /** n1, which an earlier rollout has stopped, runs again and has only to be proven. */
    private static Plan repair() {
        PlanInputs in = Situation.of("shop", "23.01", "23.04", "n1", "n2").inputs();
        Compensation stopped = new Compensation("r0", "n1", Phase.STOP, Situation.T0);
        return Repair.plan(new Repair.Inputs(
                        in.cluster(),
                        in.recipe(),
                        in.releases(),
                        List.of(stopped),
                        in.observations(),
                        Situation.T0,
                        "ann"))
                .plan()
                .orElseThrow();
    }

    /** Nobody is told, and there is no backup: a turn begins with its gate. */
    private static Situation quietDesk() {
        return Situation.of("desk", "1.0", "1.1", "n1", "n2")
                .recipeText(t -> t.replaceFirst("(?s)  announce:.*?(?=  stop:)", ""));
    }

    private static Drive verifying() {
        return softDesk().untilGating("n1", Phase.VERIFY);
    }

    /** A cluster of one node at its last gate. */
    private static Drive alone() {
        return Drive.of(Situation.of("desk", "1.0", "1.1", "n1")).untilGating("n1", Phase.VERIFY);
    }

    /** A gate is open while the other lane of the batch waits for a person. */
    private static Drive heldBeside() {
        return desk().until(r -> r.node("n1") instanceof Gating && r.node("n2") instanceof Working)
                .answer("n2", Outcome.FAILED);
    }

    private static Drive pausedBefore(String node) {
        return prepared().control(Control.PAUSE).answer(node, Outcome.DONE);
    }

    /** n1 has failed to join and goes back. */
    private static Drive goingBack() {
        return soft().untilWorking("n1", Phase.JOIN)
                .answer("n1", Outcome.FAILED)
                .control(Control.ROLLBACK);
    }

    /** A soft upgrade with this policy, at the start of its preparations. */
    private static Drive with(FailurePolicy failure) {
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2");
        return Drive.of(shop, Plans.withPolicy(shop.plan(), new Policy(failure)));
    }

    private static Drive retrying(Drive d) {
        return d.answer("n1", Outcome.TIMED_OUT);
    }

    /** The check of n1 has failed, all else of the preparations is done, and then a person must confirm something. */
    private static Drive stuckBeforeConfirmation() {
        return beforeConfirmation("n1").answer("n1", Outcome.FAILED);
    }

    private static Drive allLeftOut() {
        return confirmed()
                .answer("n1", Outcome.DONE)
                .answer("n2", Outcome.DONE)
                .answer("n1", Outcome.FAILED)
                .answer("n2", Outcome.FAILED)
                .control(Control.SKIP);
    }

    private static Drive gateHeld() {
        Drive d = soft().untilGating("n1", Phase.DRAIN);
        d.look("n1", v -> new TreeMap<>());
        return d.wait(Duration.ofMinutes(5)).look("n1", v -> new TreeMap<>());
    }

    static Map<String, Event> events(RolloutState s) {
        NodeState n = s.node("n1");
        Phase phase = n instanceof Working w ? w.phase() : n instanceof Stuck st ? st.phase() : Phase.DRAIN;
        int attempt = n instanceof Working w ? w.attempt() : n instanceof Stuck st ? st.attempt() : 1;
        GatePurpose gate = n instanceof Gating g ? g.purpose() : GatePurpose.VERIFY;
        int look = n instanceof Gating g ? g.attempt() : 1;
        Instant now = Situation.T0.plus(Duration.ofMinutes(10));
        Map<String, Event> all = new LinkedHashMap<>();
        all.put("begins", new Event.Began(now));
        for (Outcome o : Outcome.values()) {
            all.put(
                    "step " + o.label(),
                    new Event.StepReported(
                            new StepKey(s.id(), "n1", phase, attempt), report(s, o, phase == Phase.BACKUP), now));
        }
        all.put(
                "step of another attempt done",
                new Event.StepReported(
                        new StepKey(s.id(), "n1", phase, attempt + 1), Drive.report(Outcome.DONE, false), now));
        all.put("gate holds", new Event.Looked("n1", gate, look, Drive.view(s, now), Drive.sight(s, now), now));
        all.put("gate fails", new Event.Looked("n1", gate, look, new TreeMap<>(), since(n).plusSeconds(2)));
        all.put("gate fails too long", new Event.Looked("n1", gate, look, new TreeMap<>(), now));
        all.put("time passes", new Event.TimePassed(since(n)));
        all.put("deadline passes", new Event.TimePassed(now));
        all.put(
                PROBED,
                new Event.Probed(List.of(ProbeSpan.of(false, Situation.T0, "no").and(now, "no connection")), now));
        all.put("operator: confirm", new Event.Confirmed(List.of(), "ann", now));
        for (Control c : Control.values()) {
            all.put("operator: " + word(c), new Event.Controlled(c, "ann", now));
        }
        return all;
    }

    /** Where retries are left, one that fails does so in a way that may pass. */
    private static StepReport report(RolloutState s, Outcome o, boolean backup) {
        StepReport r = Drive.report(o, backup);
        boolean retries = s.plan().policy().failure().retries() > 0 && o == Outcome.FAILED;
        return new StepReport(
                r.outcome(),
                retries ? "EXIT_STATUS" : r.code(),
                r.message(),
                r.failedAction(),
                r.outputTail(),
                r.tookMs(),
                r.commandMs(),
                r.waitMs(),
                r.facts());
    }

    private static Instant since(NodeState n) {
        return n instanceof Gating g ? g.since() : Situation.T0;
    }
}
