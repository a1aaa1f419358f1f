package dev.rota.bench.fleet;

import com.google.protobuf.Timestamp;
import dev.rota.agent.link.Backoff;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Heartbeat;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an agent's link does while nothing is asked of it: the same messages, times and pauses. All on the fleet's thread. */
final class SimulatedAgent {
    private static final Duration WELCOME_LIMIT = Duration.ofSeconds(10);
    private static final Duration GOOD = Duration.ofSeconds(5);
    private static final int CONNECT_LIMIT_MS = 5_000;

    /** Counts. */
    interface Listener {
        void welcomed();

        /** A connection that was welcomed is gone. */
        void lost();

        /** An attempt ended before a welcome. */
        void failed();
    }

    private final Identities.Identity identity;
    private final String address;
    private final EventLoopGroup net;
    private final ScheduledExecutorService thread;
    private final Backoff backoff;
    private final Listener listener;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();
    private @Nullable Stream current;
    private long term;

    SimulatedAgent(
            Identities.Identity identity,
            String address,
            EventLoopGroup net,
            ScheduledExecutorService thread,
            RandomGenerator random,
            Listener listener) {
        this.identity = identity;
        this.address = address;
        this.net = net;
        this.thread = thread;
        this.backoff = new Backoff(random);
        this.listener = listener;
    }

    void connect() {
        Stream stream = new Stream(NettyChannelBuilder.forTarget("dns:///" + address)
                .eventLoopGroup(net)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
                .sslContext(identity.context())
                .executor(thread)
                .offloadExecutor(thread)
                .disableRetry()
                .disableServiceConfigLookUp()
                .build());
        current = stream;
        Object unused = AgentLinkGrpc.newStub(stream.channel).connect(stream);
        stream.send(AgentMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setNode(identity.node())
                        .setAgentVersion("bench")
                        .setRecipe("sample")
                        .setHighestTerm(term)
                        .setInstance(identity.node()))
                .build());
        timers.add(thread.schedule(stream::unanswered, WELCOME_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }

    private final class Stream implements ClientResponseObserver<AgentMessage, CoordinatorMessage> {
        private final ManagedChannel channel;
        private final long begun = System.nanoTime();
        private @Nullable ClientCallStreamObserver<AgentMessage> out;
        private boolean welcomed;
        private boolean ended;
        private long sequence;

        Stream(ManagedChannel channel) {
            this.channel = channel;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<AgentMessage> requests) {
            out = requests;
        }

        void send(AgentMessage message) {
            ClientCallStreamObserver<AgentMessage> to = out;
            if (to != null && !ended) {
                to.onNext(message);
            }
        }

        @Override
        public void onNext(CoordinatorMessage message) {
            if (message.hasWelcome() && !welcomed && !ended) {
                welcome(message.getWelcome());
            }
        }

        private void welcome(Welcome welcome) {
            welcomed = true;
            term = welcome.getTerm();
            backoff.spread(Duration.ofMillis(welcome.getReconnectSpreadMs()));
            cancelTimers();
            listener.welcomed();
            every(welcome.getHeartbeatMs(), this::heartbeat);
            every(welcome.getObserveMs(), this::observe);
            observe();
        }

        private void unanswered() {
            backoff.overloaded();
            end();
        }

        private void every(long ms, Runnable task) {
            timers.add(thread.scheduleWithFixedDelay(task, ms, ms, TimeUnit.MILLISECONDS));
        }

        private void heartbeat() {
            sequence++;
            send(AgentMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence))
                    .build());
        }

        private void observe() {
            long now = System.currentTimeMillis();
            send(AgentMessage.newBuilder()
                    .setObservation(Observation.newBuilder()
                            .setAt(Timestamp.newBuilder().setSeconds(now / 1000))
                            .setMember("sample@" + identity.node())
                            .setRunningVersion("1.0")
                            .setHealthy(true)
                            .setMembersKnown(true)
                            .addMembers("sample@" + identity.node())
                            .setDiskFreeBytes(1L << 40))
                    .build());
        }

        @Override
        public void onError(Throwable t) {
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }

        private void end() {
            if (ended) {
                return;
            }
            ended = true;
            channel.shutdownNow();
            cancelTimers();
            if (welcomed) {
                if (System.nanoTime() - begun > GOOD.toNanos()) {
                    backoff.reset();
                }
                listener.lost();
            } else {
                listener.failed();
            }
            if (equals(current)) {
                timers.add(thread.schedule(
                        SimulatedAgent.this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
            }
        }
    }

    private void cancelTimers() {
        timers.forEach(t -> t.cancel(false));
        timers.clear();
    }
}
