package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all nodes have just said serves for the gate between two nodes, and what it asks of blockers is asked all the same. */
class GateLooksTest {
    private static final ClusterChecks.Blocker ALERTS = new ClusterChecks.Blocker(
            "alerts", new Check.Run(List.of("alerts")), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final BlockerAnswer QUIET = new BlockerAnswer("alerts", false, "");

    private final Situation desk = Situation.of("desk", "1.0", "1.1", "n1", "n2");
    private final SortedMap<String, NodeObservation> nodes =
            new TreeMap<>(desk.inputs().observations());
    private final TimersByHand loop = new TimersByHand();
    private final List<String> asked = new ArrayList<>();
    private final List<Event.Looked> seen = new ArrayList<>();
    private final List<Consumer<CheckAnswer>> alerts = new ArrayList<>();
    private final Drive drive = Watched.drive(desk, oversight(ALERTS.plan()));
    private Instant now = Situation.T0.plus(Duration.ofDays(1));
    private final Looks looks = new Looks(links(), loop, Runnable::run);
    private final Dispatcher dispatcher = dispatcher();
    private long rounds;

    private static Oversight oversight(BlockerPlan blocker) {
        return new Oversight(
                Optional.empty(),
                Budget.none(),
                List.of(blocker),
                Duration.ofMinutes(10),
                Optional.of(Duration.ofSeconds(5)),
                List.of());
    }

    private AgentLinks links() {
        return new AgentLinks() {
            @Override
            public boolean connected(String node) {
                return true;
            }

            @Override
            public boolean send(String node, CoordinatorMessage message) {
                if (message.hasObserve()) {
                    asked.add(node);
                }
                return true;
            }
        };
    }

    private Dispatcher dispatcher() {
        Clock clock = () -> now;
        Checks checks = new Checks((check, timeout, answer) -> alerts.add(answer), loop);
        return new Dispatcher(
                links(),
                looks,
                new Prober(checks, c -> ClusterChecks.none(), loop, clock, (r, e) -> true, (r, e) -> false),
                new Blockers(checks, c -> new ClusterChecks(Optional.empty(), List.of(ALERTS)), clock),
                loop,
                clock,
                (rollout, event) -> seen.add((Event.Looked) event));
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    private void reconcile(RolloutState s) {
        dispatcher.reconcile(s, s);
        loop.pass(Duration.ZERO);
    }

    private void nodesAnswer() {
        rounds++;
        nodes.values().forEach(o -> looks.answered(rounds, o));
    }

    private void alertsAnswer() {
        alerts.remove(alerts.size() - 1).accept(new CheckAnswer(true, ""));
        loop.pass(Duration.ZERO);
    }

    /** n1 has passed its health gate, for which both nodes were asked, and n2 is to be taken out. */
    private void betweenTheNodes() {
        dispatcher.lead(3);
        reconcile(drive.untilGating("n1", Phase.VERIFY).rollout());
        nodesAnswer();
        assertThat(seen).extracting(Event.Looked::purpose).containsExactly(GatePurpose.VERIFY);
        assertThat(alerts).isEmpty();
        reconcile(drive.until(r -> r.node("n2") instanceof Gating g && g.purpose() == GatePurpose.TAKE_OUT)
                .rollout());
        assertThat(alerts).hasSize(1);
        assertThat(asked).containsExactly("n1", "n2");
    }

    @Test
    void theFirstLookTakesWhatTheNodesHaveSaidAndEveryFurtherOneAsksThem() {
        betweenTheNodes();
        now = now.plusMillis(900);
        alertsAnswer();
        assertThat(asked).hasSize(2);
        assertThat(seen).hasSize(2).last().satisfies(e -> {
            assertThat(e.purpose()).isEqualTo(GatePurpose.TAKE_OUT);
            assertThat(e.view()).containsOnlyKeys("n1", "n2");
            assertThat(e.sight().blockers()).containsExactly(QUIET);
            assertThat(e.at())
                    .as("it has held since then, not since the nodes were asked")
                    .isEqualTo(now);
        });

        loop.pass(Duration.ofMillis(50));
        assertThat(asked).containsExactly("n1", "n2", "n1", "n2");
        nodesAnswer();
        assertThat(seen)
                .hasSize(3)
                .last()
                .satisfies(e -> assertThat(e.sight().blockers()).containsExactly(QUIET));
    }

    @Test
    void blockersThatTakeTheirTimeMakeItTooOld() {
        betweenTheNodes();
        now = now.plusMillis(1_001);
        alertsAnswer();
        assertThat(seen).hasSize(1);
        assertThat(asked).containsExactly("n1", "n2", "n1", "n2");
        nodesAnswer();
        assertThat(seen).hasSize(2);
    }
}
