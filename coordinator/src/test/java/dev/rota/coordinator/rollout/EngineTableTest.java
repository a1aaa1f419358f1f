package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Golden;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Stuck;
import dev.rota.coordinator.rollout.NodeState.Waiting;
import dev.rota.coordinator.rollout.NodeState.Working;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All states by all events; draws the diagram of {@code deploy/doc/states.md} as well. */
class EngineTableTest {
    @Test
    void everyStateOfNodesAndRolloutsIsSampled() {
        Set<Class<?>> nodes = TransitionTable.samples().values().stream()
                .map(s -> s.node("n1").getClass())
                .collect(Collectors.toSet());
        assertThat(nodes).containsExactlyInAnyOrder(NodeState.class.getPermittedSubclasses());
        Set<Class<?>> rollouts = TransitionTable.samples().values().stream()
                .map(s -> s.status().getClass())
                .collect(Collectors.toSet());
        assertThat(rollouts).containsExactlyInAnyOrder(RolloutStatus.class.getPermittedSubclasses());
        TransitionTable.samples()
                .forEach((name, s) ->
                        assertThat(name).startsWith(s.node("n1").getClass().getSimpleName()));
    }

    @Test
    void everyEventHasItsAnswerInEveryState() {
        StringBuilder table = new StringBuilder();
        TransitionTable.samples().forEach((name, s) -> {
            table.append(name).append(", rollout ").append(s.status().label()).append('\n');
            TransitionTable.events(s)
                    .forEach((event, e) -> table.append(String.format("  %-30s %s%n", event, answer(s, e))));
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
        SortedMap<String, NodeObservation> strange =
                new TreeMap<>(Drive.view(TransitionTable.soft().rollout(), Instant.EPOCH));
        TransitionTable.samples().values().forEach(s -> {
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
                assertThat(Engine.next(s, new Event.Probed(List.of(ProbeSpan.of(false, at, "")), at)))
                        .isNotNull();
            }
        });
    }

    @Test
    void theDiagramShowsTheTable() {
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
                        TransitionTable.diagram(TransitionTable.ofNodes()),
                        "```",
                        "",
                        "## A rollout",
                        "",
                        "```mermaid",
                        "stateDiagram-v2",
                        "    [*] --> Running",
                        TransitionTable.diagram(TransitionTable.ofRollouts()),
                        "    Succeeded --> [*]",
                        "    Aborted --> [*]",
                        "    RolledBack --> [*]",
                        "```",
                        "")
                .collect(Collectors.joining("\n"));
        Golden.check(Path.of("..", "deploy", "doc", "states.md"), text);
    }

    @Test
    void readyOffersItsLegalMovesOnly() {
        Ready r = new Ready(3);
        assertThat(r.laneDone()).isEqualTo(new Waiting());
        assertThat(r.gate(Phase.JOIN, GatePurpose.JOIN, 1, Situation.T0).step()).isEqualTo(3);
    }
}
