package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.port.OutsideWatch;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders are given by a leader only, in the term it was told that it leads. */
class DispatcherTest {
    private final List<Long> terms = new ArrayList<>();
    private final Set<String> away = new HashSet<>();
    private final List<String> looked = new ArrayList<>();
    private final TimersByHand loop = new TimersByHand();
    private final AgentLinks links = new AgentLinks() {
        @Override
        public boolean connected(String node) {
            return !away.contains(node);
        }

        @Override
        public boolean send(String node, CoordinatorMessage message) {
            if (message.hasObserve()) {
                looked.add(node);
            } else {
                terms.add(message.getRunStep().getTerm());
            }
            return !away.contains(node);
        }
    };

    private final Drive drive = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"));
    private final Dispatcher dispatcher = dispatcher();

    private Dispatcher dispatcher() {
        Checks checks = new Checks(OutsideWatch.none().checks(), loop);
        Clock clock = drive::now;
        return new Dispatcher(
                links,
                new Looks(links, loop, loop),
                new Prober(checks, c -> ClusterChecks.none(), loop, clock, (r, e) -> true, (r, e) -> false),
                new Blockers(checks, c -> ClusterChecks.none(), clock),
                loop,
                clock,
                (rollout, event) -> {});
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    private void reconcile() {
        dispatcher.reconcile(drive.rollout(), drive.rollout());
    }

    @Test
    void withoutALeadNothingIsOrdered() {
        reconcile();
        assertThat(terms).isEmpty();
    }

    @Test
    void ordersCarryTheTermThatIsLed() {
        dispatcher.lead(3);
        reconcile();
        assertThat(terms).containsExactly(3L, 3L);

        reconcile();
        assertThat(terms).as("once").hasSize(2);
    }

    @Test
    void aNewLeaderLooksAtAGateOnceTheAgentsHaveFoundIt() {
        drive.untilGating("n1", Phase.VERIFY);
        away.add("n2");
        dispatcher.lead(3);
        reconcile();
        loop.pass(Dispatcher.SETTLING.dividedBy(2));
        assertThat(looked).isEmpty();

        away.clear();
        loop.pass(Duration.ofMillis(50));
        assertThat(looked).containsExactly("n1", "n2");
    }

    @Test
    void anAgentThatStaysAwayIsNotWaitedForLonger() {
        drive.untilGating("n1", Phase.VERIFY);
        away.add("n2");
        dispatcher.lead(3);
        reconcile();
        loop.pass(Dispatcher.SETTLING.plusSeconds(5));
        assertThat(looked).contains("n1");
    }

    @Test
    void anAgentThatGoesAwayLaterIsNotWaitedFor() {
        drive.untilGating("n1", Phase.VERIFY);
        dispatcher.lead(3);
        loop.pass(Dispatcher.SETTLING);
        away.add("n2");
        reconcile();
        loop.pass(Duration.ofSeconds(5));
        assertThat(looked).contains("n1");
    }

    @Test
    void whoIsDeposedOrdersNothingMore() {
        dispatcher.lead(3);
        dispatcher.stop();
        reconcile();
        assertThat(terms).isEmpty();
    }
}
