package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.rota.contract.Digest;
import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.Coordinator;
import dev.rota.wire.operator.v1.CoordinatorList;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.ListCoordinatorsRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.ReleaseList;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three whole coordinators, with their journal, over real sockets. */
class ThreeCoordinatorsTest {
    private static final Metadata.Key<String> LEADER = Metadata.Key.of("rota-leader", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] NOTE = "Upgrade node by node.\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Map<String, CoordinatorApp> running = new TreeMap<>();
    private final Map<String, ManagedChannel> channels = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, Integer> peerPorts = new TreeMap<>();

    @BeforeEach
    void start() throws Exception {
        Authority authority = Authority.init(directory.resolve("ca"), "c1", Instant::now);
        authority.issueOperator("ada", Role.ADMIN).writeTo(directory.resolve("ada"));
        for (String name : List.of("c1", "c2", "c3")) {
            authority
                    .issueCoordinator(name, List.of("127.0.0.1", "localhost"))
                    .writeTo(directory.resolve(name).resolve("tls"));
            ports.put(name, freePort());
            peerPorts.put(name, freePort());
        }
        ExecutorService starters = Executors.newCachedThreadPool();
        try {
            Map<String, CompletableFuture<CoordinatorApp>> starting = new TreeMap<>();
            for (String name : ports.keySet()) {
                CoordinatorConfig config = config(name);
                starting.put(name, CompletableFuture.supplyAsync(() -> begin(config), starters));
            }
            for (Map.Entry<String, CompletableFuture<CoordinatorApp>> e : starting.entrySet()) {
                running.put(e.getKey(), e.getValue().join());
            }
        } finally {
            starters.shutdownNow();
        }
    }

    @AfterEach
    void stop() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        running.values().forEach(CoordinatorApp::close);
    }

    @Test
    void whatIsAcknowledgedOutlivesTheLeader() throws Exception {
        String first = leader();
        for (String other : ports.keySet()) {
            if (!other.equals(first)) {
                await().atMost(PATIENCE)
                        .until(() -> sentTo(other).equals(Optional.of("127.0.0.1:" + ports.get(first))));
            }
        }
        assertThat(list(first).getCoordinatorsList())
                .extracting(Coordinator::getName)
                .containsExactly("c1", "c2", "c3");
        assertThat(importNote(first).getAddedList()).containsExactly("1.1/upgrade.md");

        Optional.ofNullable(running.remove(first)).orElseThrow().close();
        String next = leader();

        assertThat(next).isNotEqualTo(first);
        ReleaseList releases =
                OperatorGrpc.newBlockingStub(channel(next)).listReleases(ListReleasesRequest.getDefaultInstance());
        assertThat(releases.getNotesList()).hasSize(1);
        for (String each : running.keySet()) {
            Path file = directory.resolve(each).resolve("artifacts/sha256");
            String sha256 = Digest.sha256(NOTE);
            await().atMost(PATIENCE)
                    .until(() ->
                            Files.exists(file.resolve(sha256.substring(0, 2)).resolve(sha256)));
        }
        await().atMost(PATIENCE)
                .until(() -> list(next).getCoordinatorsList().stream()
                        .anyMatch(c -> c.getName().equals(first) && !c.getConnected()));
    }

    private String leader() {
        List<String> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            for (String name : running.keySet()) {
                try {
                    if (list(name).getLeaderName().equals(name)) {
                        found.add(name);
                        return true;
                    }
                } catch (StatusRuntimeException e) {
                    // does not lead
                }
            }
            return false;
        });
        return found.get(0);
    }

    private CoordinatorList list(String name) {
        return OperatorGrpc.newBlockingStub(channel(name))
                .listCoordinators(ListCoordinatorsRequest.getDefaultInstance());
    }

    private Optional<String> sentTo(String name) {
        try {
            ReleaseList unused =
                    OperatorGrpc.newBlockingStub(channel(name)).listReleases(ListReleasesRequest.getDefaultInstance());
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.ofNullable(e.getTrailers()).map(t -> t.get(LEADER));
        }
    }

    private NotesImport importNote(String name) {
        CompletableFuture<NotesImport> answer = new CompletableFuture<>();
        StreamObserver<ImportNotesRequest> to = OperatorGrpc.newStub(channel(name))
                .importNotes(new StreamObserver<>() {
                    @Override
                    public void onNext(NotesImport value) {
                        answer.complete(value);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        answer.completeExceptionally(thrown);
                    }

                    @Override
                    public void onCompleted() {}
                });
        to.onNext(ImportNotesRequest.newBuilder()
                .setHeader(NotesHeader.newBuilder().setRequestId("q1").setProduct("sample"))
                .build());
        to.onNext(ImportNotesRequest.newBuilder()
                .setNote(NoteFile.newBuilder()
                        .setPath("1.1/upgrade.md")
                        .setSizeBytes(NOTE.length)
                        .setSha256(Digest.sha256(NOTE)))
                .build());
        to.onNext(ImportNotesRequest.newBuilder()
                .setData(ByteString.copyFrom(NOTE))
                .build());
        to.onCompleted();
        return answer.join();
    }

    private ManagedChannel channel(String name) {
        return channels.computeIfAbsent(name, key -> {
            try {
                return NettyChannelBuilder.forAddress(
                                "127.0.0.1", Optional.ofNullable(ports.get(key)).orElseThrow())
                        .sslContext(GrpcSslContexts.forClient()
                                .trustManager(directory.resolve("ada/ca.pem").toFile())
                                .keyManager(
                                        directory.resolve("ada/cert.pem").toFile(),
                                        directory.resolve("ada/key.pem").toFile())
                                .build())
                        .build();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static CoordinatorApp begin(CoordinatorConfig config) {
        try {
            return CoordinatorApp.start(config, cause -> {});
        } catch (Exception e) {
            throw new AssertionError(config.name(), e);
        }
    }

    private CoordinatorConfig config(String own) throws IOException {
        StringBuilder text = new StringBuilder("""
                name: %1$s
                data: %1$s
                listen: 127.0.0.1:%2$d
                failure_detection: fast
                clusters:
                  chat: {recipe: sample, nodes: [{name: n1}, {name: n2}]}
                coordinators:
                """.formatted(own, ports.get(own)));
        ports.forEach((name, port) -> text.append("  - {name: %s, address: \"127.0.0.1:%d\", peer: \"127.0.0.1:%d\"}%n"
                .formatted(name, port, peerPorts.get(name))));
        return CoordinatorConfig.load(Files.writeString(directory.resolve(own + ".yaml"), text));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
