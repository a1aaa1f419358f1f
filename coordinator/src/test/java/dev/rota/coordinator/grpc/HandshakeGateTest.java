package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandshakeGateTest {
    private static final int MOST = 256;

    private final HandshakeGate gate = new HandshakeGate();
    private final EmbeddedChannel listening = gate.guard(new EmbeddedChannel());
    private final List<EmbeddedChannel> accepted = new ArrayList<>();

    /** A connection from a port of its own. */
    private static final class Accepted extends EmbeddedChannel {
        private final SocketAddress from;

        Accepted(int port) {
            this.from = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public SocketAddress remoteAddress() {
            return from;
        }
    }

    private void accept(int count) {
        for (int i = 0; i < count; i++) {
            accepted.add(new Accepted(40_000 + accepted.size()));
            listening.writeInbound(accepted.get(accepted.size() - 1));
        }
    }

    private boolean accepts() {
        listening.runPendingTasks();
        return listening.config().isAutoRead();
    }

    private void ready(EmbeddedChannel channel) {
        gate.transportReady(Attributes.newBuilder()
                .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, channel.remoteAddress())
                .build());
    }

    @Test
    void whenEnoughAreUnderWayNoMoreAreTakenUntilOneIsReady() {
        accept(MOST - 1);
        assertThat(accepts()).isTrue();
        accept(1);
        assertThat(accepts()).isFalse();
        ready(accepted.get(7));
        assertThat(accepts()).isTrue();
        accept(1);
        assertThat(accepts()).isFalse();
        assertThat(listening.inboundMessages()).hasSize(MOST + 1);
    }

    @Test
    void oneThatIsClosedMakesRoom() {
        accept(MOST);
        assertThat(accepts()).isFalse();
        Object unused = accepted.get(0).close();
        assertThat(accepts()).isTrue();
    }

    @Test
    void silentOnesKeepNobodyOutForLong() {
        listening.freezeTime();
        accept(MOST);
        assertThat(accepts()).isFalse();
        listening.advanceTimeBy(1, TimeUnit.SECONDS);
        listening.runScheduledPendingTasks();
        assertThat(accepts()).isTrue();
    }
}
