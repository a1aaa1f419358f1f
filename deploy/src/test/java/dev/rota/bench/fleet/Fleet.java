package dev.rota.bench.fleet;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Agents that connect, show that they are there, and come back when they are cut off; a few threads act for all of them. */
public final class Fleet implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 20;
    private static final int AT_A_TIME = 200;

    private final EventLoopGroup net;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, r -> {
        Thread t = new Thread(r, "fleet");
        t.setDaemon(true);
        return t;
    });
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger welcomes = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<SimulatedAgent> agents;
    private final Queue<SimulatedAgent> waiting = new ConcurrentLinkedQueue<>();

    /** Agents of nodes of which nothing is wanted. Nobody connects yet. */
    public Fleet(String address, Identities identities) {
        this(address, identities, 1, IdleNode::new, false);
    }

    /**
     * Agents that answer on the threads that read what they are asked. Nobody connects yet.
     *
     * @param connections how many threads
     * @param nodes makes the node of a name
     */
    public Fleet(String address, Identities identities, int connections, Function<String, SimulatedNode> nodes) {
        this(address, identities, connections, nodes, true);
    }

    private Fleet(
            String address,
            Identities identities,
            int connections,
            Function<String, SimulatedNode> nodes,
            boolean direct) {
        net = new MultiThreadIoEventLoopGroup(
                connections, new DefaultThreadFactory("net", true), EpollIoHandler.newFactory());
        thread.setRemoveOnCancelPolicy(true);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Executor calls = direct ? Runnable::run : thread;
        this.agents = identities.all().stream()
                .map(i ->
                        new SimulatedAgent(i, nodes.apply(i.node()), address, net, thread, calls, random, new Counts()))
                .toList();
    }

    private final class Counts implements SimulatedAgent.Listener {
        @Override
        public void welcomed() {
            connected.incrementAndGet();
            welcomes.incrementAndGet();
            startNext();
        }

        @Override
        public void lost() {
            connected.decrementAndGet();
        }

        @Override
        public void failed() {
            failures.incrementAndGet();
        }
    }

    /** All begin to connect, the next when one is welcomed, as when hosts are set up one after the other. */
    public void start() {
        waiting.addAll(agents);
        for (int i = 0; i < AT_A_TIME; i++) {
            startNext();
        }
    }

    private void startNext() {
        SimulatedAgent next = waiting.poll();
        if (next != null) {
            thread.execute(next::connect);
        }
    }

    /** Waits until all are connected, or for that long; answers how many are. */
    public int awaitConnected(Duration within) throws InterruptedException {
        await(connected, agents.size(), within);
        return connected.get();
    }

    /** Waits until so many were welcomed since the beginning, or for that long; answers how many were. */
    public int awaitWelcomes(int count, Duration within) throws InterruptedException {
        await(welcomes, count, within);
        return welcomes.get();
    }

    private static void await(AtomicInteger value, int until, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (value.get() < until && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    /** How often an agent was welcomed. */
    public int welcomes() {
        return welcomes.get();
    }

    /** Nanoseconds that heartbeats of one agent took to be acknowledged, one after the other. */
    public List<Long> roundTrips(int count, Duration within)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<List<Long>> answer = new CompletableFuture<>();
        thread.execute(() -> agents.get(0).roundTrips(count, answer));
        return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Attempts that ended before a welcome. */
    public int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        net.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
