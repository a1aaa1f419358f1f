package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.ArtifactChunk;
import dev.rota.wire.agent.v1.FetchArtifactRequest;
import dev.rota.wire.peer.v1.DescribeRequest;
import dev.rota.wire.peer.v1.Description;
import dev.rota.wire.peer.v1.HeldArtifact;
import dev.rota.wire.peer.v1.HoldReply;
import dev.rota.wire.peer.v1.HoldRequest;
import dev.rota.wire.peer.v1.PeerGrpc;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks other coordinators, each over one channel that is opened when it is first needed. */
public final class PeerClients implements ArtifactPeers, AutoCloseable {
    /** For everything but the bytes. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    /** The slowest transfer that is waited for. */
    private static final long BYTES_PER_SECOND = 4L << 20;

    private final Function<String, String> addresses;
    private final Connector connector;
    private final ArtifactStore store;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final Map<String, Object> transfers = new ConcurrentHashMap<>();

    /** Opens channels. */
    public interface Connector {
        /** A channel to {@code host:port}; connects in the background. */
        ManagedChannel connect(String address);
    }

    /** {@code addresses} says where agents and operators reach a coordinator; empty when that is not known. */
    public PeerClients(Function<String, String> addresses, Connector connector, ArtifactStore store) {
        this.addresses = addresses;
        this.connector = connector;
        this.store = store;
    }

    @Override
    public CompletableFuture<Void> hold(String coordinator, Collection<StoredArtifact> artifacts) {
        HoldRequest.Builder request = HoldRequest.newBuilder();
        long bytes = 0;
        for (StoredArtifact a : artifacts) {
            request.addArtifacts(HeldArtifact.newBuilder().setSha256(a.sha256()).setSizeBytes(a.sizeBytes()));
            bytes += a.sizeBytes();
        }
        Duration limit = limit(bytes);
        return this.<HoldReply>call(
                        coordinator,
                        (channel, answer) -> PeerGrpc.newStub(channel)
                                .withDeadlineAfter(limit)
                                .hold(request.build(), answer))
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<String> inventory(String coordinator) {
        return this.<Description>call(
                        coordinator,
                        (channel, answer) -> PeerGrpc.newStub(channel)
                                .withDeadlineAfter(CALL_LIMIT)
                                .describe(DescribeRequest.getDefaultInstance(), answer))
                .thenApply(Description::getInventorySha256);
    }

    @Override
    public void fetch(String coordinator, StoredArtifact artifact) throws IOException {
        synchronized (transfers.computeIfAbsent(coordinator, name -> new Object())) {
            if (store.find(artifact.sha256()).isPresent()) {
                return;
            }
            transfer(coordinator, artifact);
        }
    }

    private void transfer(String coordinator, StoredArtifact artifact) throws IOException {
        FetchArtifactRequest request =
                FetchArtifactRequest.newBuilder().setSha256(artifact.sha256()).build();
        // Cancelled in any case: a full disk must not leave the stream open.
        Context.CancellableContext scope = Context.current().withCancellation();
        Context before = scope.attach();
        try (ArtifactStore.Upload upload = store.begin(artifact.sizeBytes(), artifact.sha256())) {
            Iterator<ArtifactChunk> chunks = AgentLinkGrpc.newBlockingStub(channel(coordinator))
                    .withDeadlineAfter(limit(artifact.sizeBytes()))
                    .fetchArtifact(request);
            while (chunks.hasNext()) {
                upload.write(chunks.next().getData().asReadOnlyByteBuffer());
            }
            upload.finish();
        } catch (StatusRuntimeException e) {
            throw failure(coordinator, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            scope.detach(before);
            scope.cancel(null);
        }
    }

    private <T> CompletableFuture<T> call(String coordinator, PeerCall<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            call.start(channel(coordinator), new PeerAnswer<>(answer, e -> failure(coordinator, e)));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private ManagedChannel channel(String coordinator) throws IOException {
        String address = addresses.apply(coordinator);
        if (address.isEmpty()) {
            throw new IOException("the address of coordinator '" + coordinator
                    + "' is not known here; add it to 'coordinators' in the configuration");
        }
        ManagedChannel channel = channels.computeIfAbsent(address, connector::connect);
        // gRPC's own pause after a failed connection grows to minutes.
        channel.resetConnectBackoff();
        return channel;
    }

    private static IOException failure(String coordinator, Throwable e) {
        Status status = Status.fromThrowable(e);
        String description = status.getDescription();
        return new IOException(
                "coordinator " + coordinator + " answers " + status.getCode()
                        + (description == null ? "" : ": " + description),
                e);
    }

    private static Duration limit(long bytes) {
        return CALL_LIMIT.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
