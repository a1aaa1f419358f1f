package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders are given by a leader only, in the term it was told that it leads. */
class DispatcherTest {
    private final List<Long> terms = new ArrayList<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final AgentLinks links = new AgentLinks() {
        @Override
        public boolean connected(String node) {
            return true;
        }

        @Override
        public boolean send(String node, CoordinatorMessage message) {
            terms.add(message.getRunStep().getTerm());
            return true;
        }
    };
    private final Dispatcher dispatcher =
            new Dispatcher(links, new Looks(links, loop, loop), loop, () -> Situation.T0, (rollout, event) -> {});
    private final Drive drive = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"));

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
    void whoIsDeposedOrdersNothingMore() {
        dispatcher.lead(3);
        dispatcher.stop();
        reconcile();
        assertThat(terms).isEmpty();
    }
}
