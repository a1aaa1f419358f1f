package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.AgentEvents;
import dev.rota.coordinator.port.Leadership;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.HeartbeatAck;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent's stream: Hello first, then whatever it has to say, until either side ends it. */
final class AgentStream implements StreamObserver<AgentMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);
    // Messages that may wait for an agent that does not read; a healthy one never has more than a few.
    private static final int MAX_BACKLOG = 256;

    private final String node;
    private final AgentConnections.Slot slot;
    private final AgentEvents events;
    private final Leadership leadership;
    private final AgentLinkSettings settings;
    private final Executor later;
    private final ServerCallStreamObserver<CoordinatorMessage> out;
    private volatile long lastHeardNanos = System.nanoTime();
    private volatile boolean ended;
    private volatile String instance = "";
    private boolean greeted;
    private int backlog;

    AgentStream(
            String node,
            AgentConnections.Slot slot,
            AgentEvents events,
            Leadership leadership,
            AgentLinkSettings settings,
            Executor later,
            ServerCallStreamObserver<CoordinatorMessage> out) {
        this.node = node;
        this.slot = slot;
        this.events = events;
        this.leadership = leadership;
        this.settings = settings;
        this.later = later;
        this.out = out;
        out.setOnReadyHandler(this::drained);
        out.setOnCancelHandler(this::leave);
        out.setOnCloseHandler(this::leave);
    }

    @Override
    public void onNext(AgentMessage message) {
        lastHeardNanos = System.nanoTime();
        if (ended) {
            return;
        }
        Optional<String> problem = AgentBounds.check(message);
        if (problem.isPresent()) {
            end(Status.INVALID_ARGUMENT.withDescription("agent " + node + ": " + problem.get()));
        } else {
            handle(message);
        }
    }

    private void handle(AgentMessage message) {
        try {
            if (greeted) {
                deliver(message);
            } else {
                greet(message);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("agent {}: a message of kind {} could not be handled", node, message.getBodyCase(), unexpected);
            end(Status.INTERNAL.withDescription(
                    "the coordinator could not handle a message of kind " + message.getBodyCase()));
        }
    }

    private void greet(AgentMessage message) {
        if (!message.hasHello()) {
            end(Status.INVALID_ARGUMENT.withDescription("agent " + node + ": the first message must be Hello"));
            return;
        }
        Hello hello = message.getHello();
        if (!hello.getNode().equals(node)) {
            end(Status.PERMISSION_DENIED.withDescription("the certificate is for the agent of node " + node
                    + ", it cannot speak for node '" + hello.getNode() + "'"));
            return;
        }
        synchronized (slot) {
            if (!leadership.leads()) {
                end(Redirect.toLeader(leadership));
                return;
            }
            Optional<String> refusal = events.admit(node, hello);
            if (refusal.isPresent()) {
                end(Status.FAILED_PRECONDITION.withDescription(refusal.get()));
                return;
            }
            if (ended) {
                return;
            }
            AgentStream before = slot.current();
            if (before != null && before.open() && !before.instance.equals(hello.getInstance())) {
                LOG.warn("a second agent with the certificate of node {} was turned away", node);
                end(Status.FAILED_PRECONDITION.withDescription("another agent of node " + node
                        + ", with another data directory, is connected: two agents have this node's certificate; stop one of"
                        + " them"));
                return;
            }
            if (before != null) {
                before.end(Status.ABORTED.withDescription("another connection of node " + node + " has taken over"));
                events.disconnected(node);
            }
            greeted = true;
            instance = hello.getInstance();
            // Before anybody else can send: Welcome is the first message.
            send(CoordinatorMessage.newBuilder().setWelcome(welcome()).build());
            slot.current(this);
            events.connected(node, hello);
        }
        LOG.debug("agent {} is connected ({}, recipe {})", node, hello.getAgentVersion(), hello.getRecipe());
    }

    private Welcome welcome() {
        return Welcome.newBuilder()
                .setTerm(events.term())
                .setCoordinatorVersion(settings.version())
                .setHeartbeatMs((int) settings.heartbeat().toMillis())
                .setObserveMs((int) settings.observe().toMillis())
                .setReconnectSpreadMs((int) settings.reconnectSpread().toMillis())
                .build();
    }

    private void deliver(AgentMessage message) {
        synchronized (slot) {
            if (!equals(slot.current())) {
                return;
            }
            switch (message.getBodyCase()) {
                case HEARTBEAT -> acknowledge(message.getHeartbeat().getSequence());
                case OBSERVATION -> events.observation(node, message.getObservation());
                case PROGRESS -> events.progress(node, message.getProgress());
                case RESULT -> events.result(node, message.getResult());
                case BACKUPS -> events.backups(node, message.getBackups());
                case HELLO, BODY_NOT_SET ->
                    end(Status.INVALID_ARGUMENT.withDescription(
                            "agent " + node + ": Hello comes once, at the beginning"));
            }
        }
    }

    private void acknowledge(long sequence) {
        HeartbeatAck ack = HeartbeatAck.newBuilder()
                .setSequence(sequence)
                .setTerm(events.term())
                .build();
        send(CoordinatorMessage.newBuilder().setHeartbeatAck(ack).build());
    }

    /** Whether messages can still be sent. */
    boolean open() {
        return !ended;
    }

    /** Sends in order; ends the stream instead when the agent is too far behind. */
    synchronized boolean send(CoordinatorMessage message) {
        if (ended) {
            return false;
        }
        backlog = out.isReady() ? 0 : backlog + 1;
        if (backlog > MAX_BACKLOG) {
            end(Status.RESOURCE_EXHAUSTED.withDescription("agent " + node + " does not read its messages"));
            return false;
        }
        out.onNext(message);
        return true;
    }

    private synchronized void drained() {
        backlog = 0;
    }

    /** Ends the stream when nothing was heard for too long. */
    void endIfSilent(Duration limit) {
        if (System.nanoTime() - lastHeardNanos > limit.toNanos()) {
            end(Status.UNAVAILABLE.withDescription(
                    "nothing was heard from agent " + node + " for " + limit.toMillis() + " ms"));
        }
    }

    /** Ends the stream. Everybody else learns about it a moment later, on a thread that holds no lock. */
    void end(Status status) {
        end(status.asRuntimeException());
    }

    /** Ends the stream, with trailers. */
    synchronized void end(StatusRuntimeException failure) {
        if (ended) {
            return;
        }
        ended = true;
        LOG.info("agent {}: stream ended: {}", node, failure.getStatus().getDescription());
        out.onError(failure);
        later.execute(this::leave);
    }

    private void leave() {
        ended = true;
        synchronized (slot) {
            if (equals(slot.current())) {
                slot.current(null);
                events.disconnected(node);
                LOG.debug("agent {} is disconnected", node);
            }
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        leave();
    }

    @Override
    public void onCompleted() {
        leave();
        try {
            out.onCompleted();
        } catch (IllegalStateException | StatusRuntimeException alreadyEnded) {
            LOG.debug("agent {}: both sides have ended the stream", node);
        }
    }
}
