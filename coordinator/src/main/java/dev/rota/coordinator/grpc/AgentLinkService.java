package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.AgentEvents;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.Leadership;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.ArtifactChunk;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.FetchArtifactRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What agents call. Serves agents only, each for its own node, and only as long as this coordinator leads; sends them to the leader otherwise. */
public final class AgentLinkService extends AgentLinkGrpc.AgentLinkImplBase implements AutoCloseable {
    static final int SILENT_HEARTBEATS = 4;

    private final AgentConnections connections;
    private final AgentEvents events;
    private final Leadership leadership;
    private final ArtifactStore artifacts;
    private final Predicate<String> expected;
    private final AgentLinkSettings settings;
    private final Set<AgentStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watcher;

    /** Starts watching for silent agents; {@code expected} says of an artifact that is not there whether it will be, by its digest. */
    public AgentLinkService(
            AgentConnections connections,
            AgentEvents events,
            Leadership leadership,
            ArtifactStore artifacts,
            Predicate<String> expected,
            AgentLinkSettings settings) {
        this.connections = connections;
        this.events = events;
        this.leadership = leadership;
        this.artifacts = artifacts;
        this.expected = expected;
        this.settings = settings;
        this.watcher = watcher();
        long everyMs = settings.heartbeat().toMillis();
        ScheduledFuture<?> unused =
                watcher.scheduleWithFixedDelay(this::endSilentStreams, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService watcher() {
        // After the service was closed there is nobody to tell about a stream's end.
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "agent-watcher");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<CoordinatorMessage> out) {
        try {
            String node = Callers.requireAgent();
            if (!leadership.leads()) {
                throw Redirect.toLeader(leadership);
            }
            AgentStream stream = new AgentStream(
                    node, connections.slot(node), events, leadership, settings, watcher, (ServerCallStreamObserver<
                                    CoordinatorMessage>)
                            out);
            streams.add(stream);
            return stream;
        } catch (StatusRuntimeException refused) {
            out.onError(refused);
            return new IgnoringObserver<>();
        }
    }

    @Override
    public void fetchArtifact(FetchArtifactRequest request, StreamObserver<ArtifactChunk> out) {
        boolean agent = false;
        try {
            agent = Callers.requireAgentOrCoordinator();
            send(request, (ServerCallStreamObserver<ArtifactChunk>) out);
        } catch (StatusRuntimeException refused) {
            out.onError(refused);
        } catch (NoSuchFileException e) {
            out.onError(missing(request.getSha256(), agent));
        } catch (IOException e) {
            out.onError(Status.INTERNAL
                    .withDescription("artifact " + request.getSha256() + " cannot be opened")
                    .withCause(e)
                    .asRuntimeException());
        }
    }

    /** A new leader may not have received everything yet: an agent waits for it, a coordinator asks another one. */
    private StatusRuntimeException missing(String sha256, boolean agent) {
        return agent && expected.test(sha256)
                ? Status.UNAVAILABLE
                        .withDescription("artifact " + sha256 + " is on its way from another coordinator; try again")
                        .asRuntimeException()
                : Status.NOT_FOUND
                        .withDescription("there is no artifact with the digest '" + sha256 + "'")
                        .asRuntimeException();
    }

    private void send(FetchArtifactRequest request, ServerCallStreamObserver<ArtifactChunk> out) throws IOException {
        ArtifactStore.Content content = artifacts.open(request.getSha256());
        long offset = request.getOffset();
        if (offset < 0 || offset > content.sizeBytes()) {
            content.close();
            throw Status.OUT_OF_RANGE
                    .withDescription("artifact " + request.getSha256() + " has " + content.sizeBytes()
                            + " bytes, asked for from " + Long.toUnsignedString(offset) + " on")
                    .asRuntimeException();
        }
        new ArtifactSender(request.getSha256(), content, offset, out);
    }

    private void endSilentStreams() {
        Duration limit = settings.heartbeat().multipliedBy(SILENT_HEARTBEATS);
        streams.removeIf(stream -> !stream.open());
        if (!leadership.leads()) {
            redirectAll();
        }
        streams.forEach(stream -> stream.endIfSilent(limit));
    }

    /** This coordinator does not lead any more: sends all agents to the leader. Does not block. */
    public void leadershipLost() {
        watcher.execute(this::redirectAll);
    }

    private void redirectAll() {
        StatusRuntimeException redirect = Redirect.toLeader(leadership);
        streams.forEach(stream -> stream.end(redirect));
    }

    /** Ends all streams; agents come back by themselves. */
    @Override
    public void close() {
        streams.forEach(stream -> stream.end(Status.UNAVAILABLE.withDescription("the coordinator is stopping")));
        watcher.shutdown();
    }
}
