package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Golden;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Waiting;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All states by all events: the one transition table, which also draws the diagram of {@code deploy/doc/states.md}. */
class EngineTableTest {
    private static Drive soft() {
        return Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"));
    }

    private static Drive desk() {
        return Drive.of(Situation.of("desk", "1.0", "1.1", "n1", "n2").mode(Mode.FULL_STOP));
    }

    /** Situations in which n1 is in the state the name begins with. */
    private static Map<String, RolloutState> samples() {
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
        all.put("Ready (a person must confirm)", unconfirmed().rollout());
        all.put("Working (stage)", soft().rollout());
        all.put("Working (drain)", soft().untilWorking("n1", Phase.DRAIN).rollout());
        all.put("Working (verify)", desk().untilWorking("n1", Phase.VERIFY).rollout());
        all.put("Working (undrain)", soft().untilWorking("n1", Phase.UNDRAIN).rollout());
        all.put("Working (last step of all)", last(soft()).rollout());
        all.put("Working (pausing)", last(prepared()).control(Control.PAUSE).rollout());
        all.put("Working (aborting)", last(prepared()).control(Control.ABORT).rollout());
        all.put("Gating (take-out)", soft().untilGating("n1", Phase.DRAIN).rollout());
        all.put("Gating (leave)", soft().untilGating("n1", Phase.LEAVE).rollout());
        all.put("Gating (join)", soft().untilGating("n1", Phase.JOIN).rollout());
        all.put("Gating (verify)", soft().untilGating("n1", Phase.VERIFY).rollout());
        all.put(
                "Stuck (step)",
                soft().untilWorking("n1", Phase.INSTALL)
                        .answer("n1", Outcome.FAILED)
                        .rollout());
        all.put("Stuck (gate)", gateHeld().rollout());
        all.put("Waiting (paused)", pausedBefore("n1").rollout());
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

    private static Drive unconfirmed() {
        String note = "# Upgrade to shop 23.04\n\nFor MySQL:\n\n```sql\nALTER TABLE users ADD COLUMN nick text;\n```\n";
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2")
                .note("23.04.md", note)
                .assume("storage", "mysql"));
        return d.answer("n1", Outcome.DONE)
                .answer("n2", Outcome.DONE)
                .answer("n1", Outcome.DONE)
                .answer("n2", Outcome.DONE);
    }

    private static Drive pausedBefore(String node) {
        return prepared().control(Control.PAUSE).answer(node, Outcome.DONE);
    }

    private static Drive gateHeld() {
        Drive d = soft().untilGating("n1", Phase.DRAIN);
        d.look("n1", v -> new TreeMap<>());
        return d.wait(Duration.ofMinutes(5)).look("n1", v -> new TreeMap<>());
    }

    private static Map<String, Event> events(RolloutState s) {
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
                            new StepKey(s.id(), "n1", phase, attempt), Drive.report(o, phase == Phase.BACKUP), now));
        }
        all.put(
                "step of another attempt done",
                new Event.StepReported(
                        new StepKey(s.id(), "n1", phase, attempt + 1), Drive.report(Outcome.DONE, false), now));
        all.put("gate holds", new Event.Looked("n1", gate, look, Drive.view(s, now), now));
        all.put("gate fails", new Event.Looked("n1", gate, look, new TreeMap<>(), since(n).plusSeconds(2)));
        all.put("gate fails too long", new Event.Looked("n1", gate, look, new TreeMap<>(), now));
        all.put("time passes", new Event.TimePassed(since(n)));
        all.put("deadline passes", new Event.TimePassed(now));
        all.put("operator: confirm", new Event.Confirmed(List.of(), "ann", now));
        for (Control c : Control.values()) {
            all.put("operator: " + c.name().toLowerCase(java.util.Locale.ROOT), new Event.Controlled(c, "ann", now));
        }
        return all;
    }

    private static Instant since(NodeState n) {
        return n instanceof Gating g ? g.since() : Situation.T0;
    }

    @Test
    void everyStateOfNodesAndRolloutsIsSampled() {
        Set<Class<?>> nodes =
                samples().values().stream().map(s -> s.node("n1").getClass()).collect(Collectors.toSet());
        assertThat(nodes).containsExactlyInAnyOrder(NodeState.class.getPermittedSubclasses());
        Set<Class<?>> rollouts =
                samples().values().stream().map(s -> s.status().getClass()).collect(Collectors.toSet());
        assertThat(rollouts).containsExactlyInAnyOrder(RolloutStatus.class.getPermittedSubclasses());
        samples()
                .forEach((name, s) ->
                        assertThat(name).startsWith(s.node("n1").getClass().getSimpleName()));
    }

    @Test
    void everyEventHasItsAnswerInEveryState() {
        StringBuilder table = new StringBuilder();
        samples().forEach((name, s) -> {
            table.append(name).append(", rollout ").append(s.status().label()).append('\n');
            events(s).forEach((event, e) -> table.append(String.format("  %-30s %s%n", event, answer(s, e))));
        });
        Golden.check("engine/transitions.txt", table.toString());
    }

    private static String answer(RolloutState s, Event e) {
        Transition t = Engine.next(s, e);
        if (t instanceof Transition.Rejected r) {
            return "rejected " + r.code();
        }
        RolloutState after = ((Transition.Accepted) t).state();
        return after.equals(s)
                ? "-"
                : describe(after.node("n1")) + ", rollout " + after.status().label()
                        + (after.batch() == s.batch() ? "" : ", batch " + after.batch());
    }

    private static String describe(NodeState n) {
        String name = n.getClass().getSimpleName();
        return n instanceof Working w
                ? name + " " + w.phase().label() + "." + w.attempt()
                : n instanceof Gating g
                        ? name + " " + g.purpose().label() + "." + g.attempt()
                        : n instanceof Stuck st ? name + " " + st.phase().label() : name;
    }

    @Test
    void noEventMakesTheEngineThrow() {
        SortedMap<String, NodeObservation> strange = new TreeMap<>(Drive.view(soft().rollout(), Instant.EPOCH));
        samples().values().forEach(s -> {
            for (Instant at : new Instant[] {Instant.EPOCH, Instant.parse("+200000-01-01T00:00:00Z")}) {
                for (String node : new String[] {"n1", "stranger", ""}) {
                    for (Phase p : Phase.values()) {
                        StepKey key = new StepKey(s.id(), node, p, -1);
                        assertThat(Engine.next(s, new Event.StepReported(key, Drive.report(Outcome.DONE, false), at)))
                                .isNotNull();
                    }
                    for (GatePurpose p : GatePurpose.values()) {
                        assertThat(Engine.next(s, new Event.Looked(node, p, 1, strange, at)))
                                .isNotNull();
                    }
                }
                assertThat(Engine.next(s, new Event.TimePassed(at))).isNotNull();
            }
        });
    }

    @Test
    void theDiagramShowsTheTable() {
        TreeSet<String> nodes = new TreeSet<>();
        TreeSet<String> rollouts = new TreeSet<>();
        samples()
                .values()
                .forEach(s -> events(s).forEach((event, e) -> {
                    if (Engine.next(s, e) instanceof Transition.Accepted a) {
                        edge(name(s.node("n1")), name(a.state().node("n1")), event)
                                .ifPresent(nodes::add);
                        edge(name(s.status()), name(a.state().status()), event).ifPresent(rollouts::add);
                    }
                }));
        String text = Stream.of(
                        "# States",
                        "",
                        "Drawn from the transition table of the engine's tests; a test compares this file with it.",
                        "`Ready` is passed at once unless the rollout is held: the next gate or step starts, or the lane is done.",
                        "",
                        "## A node in its lane",
                        "",
                        "```mermaid",
                        "stateDiagram-v2",
                        "    [*] --> Waiting",
                        String.join("\n", nodes),
                        "```",
                        "",
                        "## A rollout",
                        "",
                        "```mermaid",
                        "stateDiagram-v2",
                        "    [*] --> Running",
                        String.join("\n", rollouts),
                        "    Succeeded --> [*]",
                        "    Aborted --> [*]",
                        "```",
                        "")
                .collect(Collectors.joining("\n"));
        Golden.check(Path.of("..", "deploy", "doc", "states.md"), text);
    }

    private static java.util.Optional<String> edge(String from, String to, String event) {
        return from.equals(to)
                ? java.util.Optional.empty()
                : java.util.Optional.of("    " + from + " --> " + to + ": " + event.replace(":", ""));
    }

    private static String name(Object state) {
        return state.getClass().getSimpleName();
    }

    @Test
    void readyOffersItsLegalMovesOnly() {
        Ready r = new Ready(3);
        assertThat(r.laneDone()).isEqualTo(new Waiting());
        assertThat(r.gate(Phase.JOIN, GatePurpose.JOIN, 1, Situation.T0).step()).isEqualTo(3);
    }
}
