package dev.rota.agent.link;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.ArtifactChunk;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.FetchArtifactRequest;
import dev.rota.wire.agent.v1.ResultAck;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepId;
import dev.rota.wire.agent.v1.StepResult;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A coordinator that does as the test says. */
final class FakeCoordinator implements AutoCloseable {
    final List<AgentMessage> received = new CopyOnWriteArrayList<>();
    final List<FetchArtifactRequest> fetches = new CopyOnWriteArrayList<>();
    /** Contents by the digest they are offered under, rightly or not. */
    final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    /** Breaks an artifact stream after so many bytes, once. */
    volatile int breakAfterBytes = -1;

    volatile long term = 1;
    volatile Optional<String> leaderElsewhere = Optional.empty();

    private final Server server;
    private volatile Optional<StreamObserver<CoordinatorMessage>> stream = Optional.empty();

    FakeCoordinator(String name) throws IOException {
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new Service())
                .build()
                .start();
    }

    private final class Service extends AgentLinkGrpc.AgentLinkImplBase {
        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<CoordinatorMessage> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AgentMessage message) {
                    received.add(message);
                    if (message.hasHello()) {
                        welcome(out);
                    }
                }

                @Override
                public void onError(Throwable t) {
                    stream = Optional.empty();
                }

                @Override
                public void onCompleted() {
                    stream = Optional.empty();
                }
            };
        }

        private void welcome(StreamObserver<CoordinatorMessage> out) {
            if (leaderElsewhere.isPresent()) {
                Metadata trailers = new Metadata();
                trailers.put(Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER), leaderElsewhere.get());
                out.onError(Status.FAILED_PRECONDITION.asRuntimeException(trailers));
                return;
            }
            Welcome welcome = Welcome.newBuilder()
                    .setTerm(term)
                    .setHeartbeatMs(1000)
                    .setObserveMs(60_000)
                    .build();
            out.onNext(CoordinatorMessage.newBuilder().setWelcome(welcome).build());
            stream = Optional.of(out);
        }

        @Override
        public void fetchArtifact(FetchArtifactRequest request, StreamObserver<ArtifactChunk> out) {
            fetches.add(request);
            byte[] content = artifacts.get(request.getSha256());
            if (content == null) {
                out.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            int sent = 0;
            for (int i = (int) request.getOffset(); i < content.length; i += 1000) {
                if (breakAfterBytes >= 0 && sent >= breakAfterBytes) {
                    breakAfterBytes = -1;
                    out.onError(Status.UNAVAILABLE.asRuntimeException());
                    return;
                }
                int n = Math.min(1000, content.length - i);
                out.onNext(ArtifactChunk.newBuilder()
                        .setData(ByteString.copyFrom(content, i, n))
                        .build());
                sent += n;
            }
            out.onCompleted();
        }
    }

    void awaitConnected() {
        await().until(() -> stream.isPresent());
    }

    void send(CoordinatorMessage message) {
        awaitConnected();
        stream.orElseThrow().onNext(message);
    }

    void order(RunStep step) {
        send(CoordinatorMessage.newBuilder().setRunStep(step).build());
    }

    void acknowledge(StepId id) {
        send(CoordinatorMessage.newBuilder()
                .setResultAck(ResultAck.newBuilder().setId(id))
                .build());
    }

    /** Breaks the connection. */
    void drop() {
        StreamObserver<CoordinatorMessage> out = stream.orElseThrow();
        stream = Optional.empty();
        out.onError(new StatusRuntimeException(Status.UNAVAILABLE));
    }

    long count(Predicate<AgentMessage> which) {
        return received.stream().filter(which).count();
    }

    List<StepResult> results(StepId id) {
        return received.stream()
                .filter(m -> m.hasResult() && m.getResult().getId().equals(id))
                .map(AgentMessage::getResult)
                .toList();
    }

    StepResult awaitResult(StepId id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !results(id).isEmpty());
        return results(id).get(0);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
