package dev.rota.bench.fleet;

import com.google.protobuf.Timestamp;
import dev.rota.agent.link.Backoff;
import dev.rota.agent.link.TlsChannels;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Heartbeat;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an agent's link does: the same messages, times and pauses. What it is asked for, the node does at once. One thing at a time. */
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
    private final SimulatedNode node;
    private final String address;
    private final EventLoopGroup net;
    private final ScheduledExecutorService thread;
    private final Executor calls;
    private final Backoff backoff;
    private final Listener listener;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();
    private @Nullable Stream current;
    private long term;

    /** {@code thread} is for what time brings, {@code calls} for what the coordinator sends. */
    SimulatedAgent(
            Identities.Identity identity,
            SimulatedNode node,
            String address,
            EventLoopGroup net,
            ScheduledExecutorService thread,
            Executor calls,
            RandomGenerator random,
            Listener listener) {
        this.identity = identity;
        this.node = node;
        this.address = address;
        this.net = net;
        this.thread = thread;
        this.calls = calls;
        this.backoff = new Backoff(random);
        this.listener = listener;
    }

    synchronized void connect() {
        Stream stream = new Stream(NettyChannelBuilder.forTarget("dns:///" + address)
                .eventLoopGroup(net)
                .channelType(EpollSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
                .sslContext(identity.context())
                .flowControlWindow(TlsChannels.FLOW_CONTROL_WINDOW)
                .executor(calls)
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
                        .setRecipeDigest(node.recipeDigest())
                        .setHighestTerm(term)
                        .setInstance(identity.node()))
                .build());
        timers.add(thread.schedule(() -> alone(stream::unanswered), WELCOME_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void alone(Runnable task) {
        task.run();
    }

    /** Answers how many nanoseconds each of some heartbeats took to be acknowledged, one after the other. */
    synchronized void roundTrips(int count, CompletableFuture<List<Long>> answer) {
        Stream stream = current;
        if (stream == null || stream.ended) {
            answer.completeExceptionally(new IllegalStateException(identity.node() + " is not connected"));
        } else {
            stream.trips = new Trips(count, answer);
            stream.heartbeat();
        }
    }

    /** Heartbeats that are timed. */
    private static final class Trips {
        private final int count;
        private final CompletableFuture<List<Long>> answer;
        private final List<Long> took = new ArrayList<>();

        Trips(int count, CompletableFuture<List<Long>> answer) {
            this.count = count;
            this.answer = answer;
        }

        /** Whether another one is wanted. */
        boolean add(long nanos) {
            took.add(nanos);
            return took.size() < count || !answer.complete(List.copyOf(took));
        }
    }

    private final class Stream implements ClientResponseObserver<AgentMessage, CoordinatorMessage> {
        private final ManagedChannel channel;
        private final long begun = System.nanoTime();
        private @Nullable ClientCallStreamObserver<AgentMessage> out;
        private boolean welcomed;
        private boolean ended;
        private long sequence;
        private long sentAt;
        private @Nullable Trips trips;

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
            alone(() -> received(message));
        }

        private void received(CoordinatorMessage message) {
            if (ended) {
                return;
            }
            switch (message.getBodyCase()) {
                case WELCOME -> welcome(message.getWelcome());
                case OBSERVE -> observe(message.getObserve().getRequestId());
                case RUN_STEP ->
                    send(AgentMessage.newBuilder()
                            .setResult(node.run(message.getRunStep()))
                            .build());
                case HEARTBEAT_ACK -> acknowledged(message.getHeartbeatAck().getSequence());
                default -> {}
            }
        }

        private void acknowledged(long which) {
            if (trips != null && which == sequence) {
                if (trips.add(System.nanoTime() - sentAt)) {
                    heartbeat();
                } else {
                    trips = null;
                }
            }
        }

        private void welcome(Welcome welcome) {
            if (welcomed) {
                return;
            }
            welcomed = true;
            term = welcome.getTerm();
            backoff.spread(Duration.ofMillis(welcome.getReconnectSpreadMs()));
            cancelTimers();
            listener.welcomed();
            every(welcome.getHeartbeatMs(), this::heartbeat);
            every(welcome.getObserveMs(), () -> observe(0));
            observe(0);
        }

        private void unanswered() {
            backoff.overloaded();
            end();
        }

        private void every(long ms, Runnable task) {
            timers.add(thread.scheduleWithFixedDelay(() -> alone(task), ms, ms, TimeUnit.MILLISECONDS));
        }

        private void heartbeat() {
            sequence++;
            sentAt = System.nanoTime();
            send(AgentMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence))
                    .build());
        }

        private void observe(long request) {
            send(AgentMessage.newBuilder()
                    .setObservation(node.look()
                            .setRequestId(request)
                            .setAt(Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1000)))
                    .build());
        }

        @Override
        public void onError(Throwable t) {
            alone(this::end);
        }

        @Override
        public void onCompleted() {
            alone(this::end);
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
