package dev.rota.bench;

import com.google.protobuf.ByteString;
import dev.rota.bench.fleet.Identities;
import dev.rota.contract.Digest;
import dev.rota.coordinator.security.Credentials;
import dev.rota.demo.Until;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.ListCoordinatorsRequest;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.Plan;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import dev.rota.wire.operator.v1.Rollout;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an operator asks of one coordinator. */
final class Operator implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final Duration ROLLOUT_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MS = 400;
    private static final String SUCCEEDED = "succeeded";
    private static final String RUNNING = "running";

    private final ManagedChannel channel;

    Operator(String address, Credentials own, Path ca) throws IOException {
        this.channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .sslContext(Identities.context(own, ca))
                .build();
    }

    private OperatorGrpc.OperatorBlockingStub stub() {
        return OperatorGrpc.newBlockingStub(channel).withWaitForReady().withDeadlineAfter(ANSWER_WITHIN);
    }

    /** Who leads, as soon as that many coordinators are connected to the one that is asked. */
    Optional<String> leader(int coordinators) {
        try {
            CoordinatorList list = stub().listCoordinators(ListCoordinatorsRequest.getDefaultInstance());
            boolean all = list.getCoordinatorsList().stream()
                            .filter(c -> c.getConnected() || c.getName().equals(list.getCoordinator()))
                            .count()
                    == coordinators;
            return all ? Optional.of(list.getLeaderName()).filter(n -> !n.isEmpty()) : Optional.empty();
        } catch (StatusRuntimeException notYet) {
            return Optional.empty();
        }
    }

    /** Adds a small release that may be reached softly. */
    void addRelease(String product, String version) throws ExecutionException, InterruptedException, TimeoutException {
        byte[] bytes = (product + " " + version + "\n").getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Release> added = new CompletableFuture<>();
        StreamObserver<AddReleaseRequest> to = OperatorGrpc.newStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(ANSWER_WITHIN)
                .addRelease(new Into<>(added));
        to.onNext(AddReleaseRequest.newBuilder()
                .setHeader(ReleaseHeader.newBuilder()
                        .setRequestId(requestId())
                        .setProduct(product)
                        .setVersion(version)
                        .setFileName(product + "-" + version)
                        .setSizeBytes(bytes.length)
                        .setSha256(Digest.sha256(bytes))
                        .setSoft(true)
                        .setReason("nothing changes"))
                .build());
        to.onNext(AddReleaseRequest.newBuilder()
                .setData(ByteString.copyFrom(bytes))
                .build());
        to.onCompleted();
        added.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Brings a cluster to a release and answers how it went.
     *
     * @throws IOException when it did not succeed
     */
    Rollout upgrade(String cluster, String version) throws IOException, InterruptedException {
        Plan plan = stub().createPlan(CreatePlanRequest.newBuilder()
                .setRequestId(requestId())
                .setCluster(cluster)
                .setTo(version)
                .setMode("soft")
                .build());
        String id = stub().applyPlan(ApplyPlanRequest.newBuilder()
                        .setRequestId(requestId())
                        .setPlanId(plan.getId())
                        .build())
                .getId();
        Until.holds("rollout " + id + " ends", ROLLOUT_WITHIN, () -> {
            // Each look costs the coordinators a round; few of them, so that they are not what is measured.
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            return !rollout(id).getState().equals(RUNNING);
        });
        Rollout rollout = rollout(id);
        if (!rollout.getState().equals(SUCCEEDED)) {
            throw new IOException("rollout " + id + " is " + rollout.getState() + ": "
                    + rollout.getHold().getSentence());
        }
        return rollout;
    }

    private Rollout rollout(String id) {
        return stub().getRollout(GetRolloutRequest.newBuilder().setRollout(id).build());
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Keeps the only answer. */
    private record Into<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable t) {
            answer.completeExceptionally(t);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(new IOException("no answer came"));
        }
    }
}
