package dev.rota.agent.link;

import dev.rota.agent.action.ArtifactSource;
import dev.rota.agent.action.Observer;
import dev.rota.agent.job.Backups;
import dev.rota.agent.job.JobListener;
import dev.rota.agent.job.Jobs;
import dev.rota.agent.job.Terms;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Heartbeat;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the agent connected to whichever coordinator leads, hands its orders to {@link Jobs}, and sends what is to be told. Everything
 * happens on one thread, so that messages never interleave; steps and looks at the product run elsewhere.
 */
public final class CoordinatorLink implements JobListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLink.class);
    private static final Duration RESEND_EVERY = Duration.ofSeconds(3);
    /** A connection that held this long was a good one: the next try comes at once. */
    private static final Duration GOOD = Duration.ofSeconds(5);

    private static final int MAX_QUEUED_PROGRESS = 64;

    private final Identity identity;
    private final ChannelFactory channels;
    private final Terms terms;
    private final ScheduledExecutorService thread;
    private final Route route;
    private final Patience patience = new Patience(System::nanoTime);
    private final Refusals refusals;
    private final CoordinatorArtifacts artifacts = new CoordinatorArtifacts();
    private final AtomicInteger queuedProgress = new AtomicInteger();
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();

    private @Nullable Jobs jobs;
    private @Nullable Observations observations;
    private Executor lists = Runnable::run;
    private @Nullable Session session;
    private boolean welcomed;
    private boolean closed;
    private long sequence;
    private long connectedNanos;

    /**
     * A link that is not started yet.
     *
     * @param thread a single thread that belongs to this link
     */
    public CoordinatorLink(
            Identity identity,
            List<String> coordinators,
            ChannelFactory channels,
            Terms terms,
            ScheduledExecutorService thread,
            RandomGenerator random) {
        this.identity = identity;
        this.channels = channels;
        this.terms = terms;
        this.thread = thread;
        this.route = new Route(coordinators, new Backoff(random));
        this.refusals = new Refusals(identity.node(), coordinators.size(), System::nanoTime);
    }

    /** Artifacts from the coordinator this link is connected to. */
    public ArtifactSource artifacts() {
        return artifacts;
    }

    /** Begins to connect; returns at once. */
    public void start(Jobs steps, Observer observer, Executor pool, Clock clock) {
        onThread(() -> {
            jobs = steps;
            observations = new Observations(observer, pool, this::onThread, this::send, clock);
            lists = pool;
            connect();
        });
    }

    @Override
    public void ended(StepResult result) {
        onThread(() -> {
            if (welcomed) {
                send(AgentMessage.newBuilder().setResult(result).build());
            }
        });
    }

    @Override
    public void progress(StepProgress progress) {
        if (queuedProgress.incrementAndGet() > MAX_QUEUED_PROGRESS) {
            queuedProgress.decrementAndGet();
            return;
        }
        onThread(() -> {
            queuedProgress.decrementAndGet();
            Session current = session;
            if (welcomed && current != null) {
                current.sendIfReady(
                        AgentMessage.newBuilder().setProgress(progress).build());
            }
        });
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("fault in the link", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the link is closed", e);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        String coordinator = route.current();
        welcomed = false;
        connectedNanos = System.nanoTime();
        try {
            ManagedChannel channel = channels.open(coordinator, this::onThread);
            Session fresh = new Session(channel, new Events(coordinator));
            session = fresh;
            fresh.open();
            fresh.send(hello());
            patience.begin();
            Duration limit = patience.limit();
            timer(() -> giveUp(fresh, "no welcome within " + limit.toSeconds() + "s"), limit);
        } catch (IOException e) {
            LOG.warn("cannot connect to {}: {}", coordinator, e.getMessage());
            reconnect(Optional.empty());
        }
    }

    private void giveUp(Session silent, String why) {
        patience.gaveUp();
        route.overloaded();
        silent.end(why);
    }

    private AgentMessage hello() {
        Hello.Builder hello = Hello.newBuilder()
                .setNode(identity.node())
                .setAgentVersion(identity.agentVersion())
                .setRecipe(identity.recipe())
                .setRecipeDigest(identity.recipeDigest())
                .setHighestTerm(terms.highest())
                .setBootId(identity.bootId())
                .setInstance(identity.instance());
        if (jobs != null) {
            hello.addAllOpenSteps(jobs.open());
        }
        return AgentMessage.newBuilder().setHello(hello).build();
    }

    /** Goes on with the next coordinator, or with the leader if it was named. */
    private void reconnect(Optional<String> leader) {
        artifacts.use(Optional.empty());
        timers.forEach(t -> t.cancel(false));
        timers.clear();
        session = null;
        if (welcomed && System.nanoTime() - connectedNanos > GOOD.toNanos()) {
            route.good();
        }
        welcomed = false;
        Duration wait = route.ended(leader);
        if (!closed) {
            timer(this::connect, refusals.pause().orElse(wait));
        }
    }

    private final class Events implements Session.Events {
        private final String coordinator;

        Events(String coordinator) {
            this.coordinator = coordinator;
        }

        @Override
        public void message(Session from, CoordinatorMessage message) {
            patience.heard();
            try {
                CoordinatorLink.this.message(from, coordinator, message);
            } catch (IOException e) {
                LOG.error("cannot record what {} said", coordinator, e);
                from.end("the agent cannot write to its data directory");
            }
        }

        @Override
        public void ended(Session from, Status.Code code, String why, Optional<String> leader) {
            if (refusals.ended(coordinator, code, why, leader)) {
                LOG.debug("not connected to {}: {}", coordinator, why);
            } else if (welcomed) {
                LOG.warn("connection to {} lost: {}", coordinator, why);
            } else {
                LOG.info("not connected to {}: {}", coordinator, why);
            }
            if (from.equals(session)) {
                reconnect(leader);
            }
        }
    }

    private void message(Session from, String coordinator, CoordinatorMessage message) throws IOException {
        Jobs steps = jobs;
        Observations looks = observations;
        if (steps == null || looks == null) {
            return;
        }
        switch (message.getBodyCase()) {
            case WELCOME -> welcome(from, coordinator, message.getWelcome(), steps, looks);
            case RUN_STEP -> steps.run(message.getRunStep());
            case PREFETCH -> steps.prefetch(message.getPrefetch());
            case RESULT_ACK -> steps.acknowledge(message.getResultAck().getId());
            case OBSERVE ->
                looks.request(
                        message.getObserve().getRequestId(),
                        new Observations.Questions(
                                message.getObserve().getReplicas(),
                                message.getObserve().getMaster()));
            case LIST_BACKUPS -> list(steps.backups(), message.getListBackups().getRequestId());
            case HEARTBEAT_ACK -> {
                if (!terms.admit(message.getHeartbeatAck().getTerm())) {
                    from.end("its term " + message.getHeartbeatAck().getTerm() + " is over");
                }
            }
            case BODY_NOT_SET -> LOG.debug("{} sent a message this version does not know", coordinator);
        }
    }

    private void welcome(Session from, String coordinator, Welcome welcome, Jobs steps, Observations looks)
            throws IOException {
        if (!terms.admit(welcome.getTerm())) {
            from.end("its term " + welcome.getTerm() + " is over, this agent has seen " + terms.highest());
            return;
        }
        LOG.info("connected to {}, term {}", coordinator, welcome.getTerm());
        timers.forEach(t -> t.cancel(false));
        timers.clear();
        welcomed = true;
        refusals.welcomed();
        route.spread(Duration.ofMillis(Integer.toUnsignedLong(welcome.getReconnectSpreadMs())));
        artifacts.use(Optional.of(from.channel()));
        long heartbeatMs = Math.max(100, Integer.toUnsignedLong(welcome.getHeartbeatMs()));
        long observeMs = Math.max(500, Integer.toUnsignedLong(welcome.getObserveMs()));
        every(heartbeatMs, () -> heartbeat(from));
        every(
                Math.min(heartbeatMs, Patience.LOOK_EVERY.toMillis()),
                () -> patience.lost().ifPresent(why -> giveUp(from, why)));
        every(observeMs, () -> looks.request(0, Observations.Questions.NONE));
        every(RESEND_EVERY.toMillis(), () -> resend(steps));
        resend(steps);
        looks.request(0, Observations.Questions.NONE);
    }

    private void list(Backups backups, long requestId) {
        lists.execute(() -> {
            BackupList list = backups.list(requestId);
            onThread(() -> {
                if (welcomed) {
                    send(AgentMessage.newBuilder().setBackups(list).build());
                }
            });
        });
    }

    private void heartbeat(Session to) {
        patience.asked();
        sequence++;
        to.send(AgentMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence))
                .build());
    }

    private void resend(Jobs steps) {
        for (StepResult result : steps.unacknowledged()) {
            send(AgentMessage.newBuilder().setResult(result).build());
        }
    }

    private void send(Observation observation) {
        if (welcomed) {
            send(AgentMessage.newBuilder().setObservation(observation).build());
        }
    }

    private void send(AgentMessage message) {
        Session current = session;
        if (current != null) {
            current.send(message);
        }
    }

    private void timer(Runnable task, Duration delay) {
        if (thread.isShutdown()) {
            return;
        }
        timers.add(thread.schedule(() -> onThread(task), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void every(long ms, Runnable task) {
        timers.add(thread.scheduleWithFixedDelay(() -> onThread(task), ms, ms, TimeUnit.MILLISECONDS));
    }

    /** Ends the connection; running steps are not touched. */
    @Override
    public void close() {
        onThread(() -> {
            closed = true;
            Session current = session;
            if (current != null) {
                current.end("the agent is stopping");
            }
        });
        thread.shutdown();
    }
}
