package dev.rota.coordinator.grpc;

import com.google.protobuf.ByteString;
import dev.rota.contract.Digest;
import dev.rota.contract.Recipes;
import dev.rota.coordinator.artifact.DirectoryArtifactStore;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.logs.DirectoryStepLogs;
import dev.rota.coordinator.port.ArtifactSpread;
import dev.rota.coordinator.runtime.Addresses;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.MemoryJournal;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/** The operators' service inside the test, with a journal in memory and artifacts in a directory. */
final class OperatorHarness implements AutoCloseable {
    private static final int PIECE = 100_000;

    private final MemoryJournal journal = new MemoryJournal(MemoryJournal.empty(), 1);
    private final Path artifacts;
    private final Coordinator coordinator;
    private final Catalogue catalogue;
    private final Server server;
    private final ManagedChannel channel;
    private volatile Identity caller = new Identity.Operator("ada", Role.OPERATOR);

    OperatorHarness(Path directory) throws Exception {
        artifacts = directory.resolve("artifacts");
        DirectoryArtifactStore store = DirectoryArtifactStore.open(artifacts);
        coordinator = new Coordinator(
                journal,
                new AgentConnections(),
                new Inventory(List.of()),
                new Addresses("c1", new TreeMap<>(Map.of("c1", "c1.example.org:7443", "c2", "c2.example.org:7443"))),
                Recipes.load(null),
                new DirectoryStepLogs(directory.resolve("logs")),
                () -> Instant.EPOCH,
                failure -> {
                    throw new AssertionError(failure);
                });
        coordinator.start();
        catalogue = new Catalogue(coordinator, store, ArtifactSpread.ALONE);
        OperatorService service = new OperatorService(
                coordinator,
                new Operations(coordinator, product -> List.of(), Runnable::run),
                catalogue,
                store,
                () -> Instant.EPOCH,
                Runnable::run,
                Duration.ofSeconds(5),
                "c1",
                "1");
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(service)
                .intercept(new AsCaller())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        // What it declares on taking the lead comes first, or it would take a test's clusters away again.
        settle();
    }

    private final class AsCaller implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(Callers.IDENTITY, caller), call, headers, next);
        }
    }

    /** From now on calls come from this one. */
    void caller(Identity identity) {
        caller = identity;
    }

    MemoryJournal journal() {
        return journal;
    }

    /** Where the committed state says the coordinators are. */
    Map<String, String> coordinators() {
        return coordinator.state().coordinators();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    OperatorGrpc.OperatorBlockingStub stub() {
        return OperatorGrpc.newBlockingStub(channel);
    }

    OperatorGrpc.OperatorStub streams() {
        return OperatorGrpc.newStub(channel);
    }

    /** Waits until all that was posted to the loop is done. */
    void settle() {
        catalogue.forget(List.of()).join();
    }

    /** The digests in the store. */
    List<String> stored() {
        try (Stream<Path> files = Files.walk(artifacts.resolve("sha256"))) {
            return files.filter(Files::isRegularFile)
                    .map(f -> Optional.ofNullable(f.getFileName()).orElseThrow().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes something else where these bytes are stored. */
    void damage(String sha256) throws IOException {
        Files.writeString(
                artifacts.resolve("sha256").resolve(sha256.substring(0, 2)).resolve(sha256), "?");
    }

    Release add(ReleaseHeader header, byte[] artifact) {
        return send(
                to -> OperatorGrpc.newStub(channel).addRelease(to),
                Stream.of(
                        AddReleaseRequest.newBuilder().setHeader(header).build(),
                        AddReleaseRequest.newBuilder()
                                .setData(ByteString.copyFrom(artifact))
                                .build()));
    }

    NotesImport importNotes(String requestId, String product, boolean prune, Map<String, byte[]> notes) {
        NotesHeader header = NotesHeader.newBuilder()
                .setRequestId(requestId)
                .setProduct(product)
                .setPrune(prune)
                .build();
        Stream<ImportNotesRequest> messages = notes.entrySet().stream()
                .flatMap(note -> Stream.concat(
                        Stream.of(ImportNotesRequest.newBuilder()
                                .setNote(NoteFile.newBuilder()
                                        .setPath(note.getKey())
                                        .setSizeBytes(note.getValue().length)
                                        .setSha256(Digest.sha256(note.getValue())))
                                .build()),
                        pieces(note.getValue())));
        return send(header, messages);
    }

    /** Sends one note under a description that need not be true. */
    NotesImport importNote(NoteFile claimed, byte[] bytes) {
        return send(
                NotesHeader.newBuilder()
                        .setRequestId("claimed")
                        .setProduct("sample")
                        .build(),
                Stream.concat(
                        Stream.of(
                                ImportNotesRequest.newBuilder().setNote(claimed).build()),
                        pieces(bytes)));
    }

    private NotesImport send(NotesHeader header, Stream<ImportNotesRequest> messages) {
        return send(
                to -> OperatorGrpc.newStub(channel).importNotes(to),
                Stream.concat(
                        Stream.of(ImportNotesRequest.newBuilder()
                                .setHeader(header)
                                .build()),
                        messages));
    }

    private static Stream<ImportNotesRequest> pieces(byte[] bytes) {
        return Stream.iterate(0, at -> at < bytes.length, at -> at + PIECE)
                .map(at -> ImportNotesRequest.newBuilder()
                        .setData(ByteString.copyFrom(bytes, at, Math.min(PIECE, bytes.length - at)))
                        .build());
    }

    private static <Q, A> A send(Function<StreamObserver<A>, StreamObserver<Q>> call, Stream<Q> messages) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        StreamObserver<Q> to = call.apply(new StreamObserver<>() {
            @Override
            public void onNext(A value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable thrown) {
                answer.completeExceptionally(thrown);
            }

            @Override
            public void onCompleted() {}
        });
        messages.forEach(to::onNext);
        to.onCompleted();
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        coordinator.close();
    }
}
