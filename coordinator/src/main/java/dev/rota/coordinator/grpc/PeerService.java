package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.wire.peer.v1.DescribeRequest;
import dev.rota.wire.peer.v1.Description;
import dev.rota.wire.peer.v1.HoldReply;
import dev.rota.wire.peer.v1.HoldRequest;
import dev.rota.wire.peer.v1.PeerGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What coordinators ask of each other. Serves coordinators only. */
public final class PeerService extends PeerGrpc.PeerImplBase {
    private static final int MAX_ARTIFACTS = 2000;

    private final Holder holder;
    private final Executor executor;
    private final Description description;

    /** Gets bytes into the own store. */
    public interface Holder {
        /**
         * Fetches from a coordinator those that the store does not have; blocks.
         *
         * @throws IOException when one of them cannot be had
         */
        void hold(String from, List<StoredArtifact> artifacts) throws IOException;
    }

    /**
     * Creates the service.
     *
     * @param executor fetches
     * @param inventorySha256 of the clusters in the own configuration
     */
    public PeerService(Holder holder, Executor executor, String version, String inventorySha256) {
        this.holder = holder;
        this.executor = executor;
        this.description = Description.newBuilder()
                .setVersion(version)
                .setInventorySha256(inventorySha256)
                .build();
    }

    @Override
    public void hold(HoldRequest q, StreamObserver<HoldReply> to) {
        try {
            String from = Callers.requireCoordinator();
            if (q.getArtifactsCount() > MAX_ARTIFACTS) {
                throw Status.INVALID_ARGUMENT
                        .withDescription(q.getArtifactsCount() + " artifacts are too many, at most " + MAX_ARTIFACTS)
                        .asRuntimeException();
            }
            List<StoredArtifact> artifacts = q.getArtifactsList().stream()
                    .map(a -> new StoredArtifact(a.getSha256(), a.getSizeBytes()))
                    .toList();
            executor.execute(() -> hold(from, artifacts, to));
        } catch (StatusRuntimeException refused) {
            to.onError(refused);
        } catch (RejectedExecutionException e) {
            to.onError(Status.UNAVAILABLE
                    .withDescription("the coordinator is stopping")
                    .asRuntimeException());
        }
    }

    private void hold(String from, List<StoredArtifact> artifacts, StreamObserver<HoldReply> to) {
        try {
            holder.hold(from, artifacts);
            to.onNext(HoldReply.getDefaultInstance());
            to.onCompleted();
        } catch (IOException | IllegalArgumentException e) {
            to.onError(Status.FAILED_PRECONDITION
                    .withDescription(String.valueOf(e.getMessage()))
                    .asRuntimeException());
        }
    }

    @Override
    public void describe(DescribeRequest q, StreamObserver<Description> to) {
        try {
            Callers.requireCoordinator();
            to.onNext(description);
            to.onCompleted();
        } catch (StatusRuntimeException refused) {
            to.onError(refused);
        }
    }
}
