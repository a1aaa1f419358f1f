package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.Digest;
import dev.rota.coordinator.artifact.DirectoryArtifactStore;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two coordinators bring each other artifacts: real sockets, real certificates. */
class PeerReplicationTest {
    private static final byte[] BYTES = bytes(1_000_000, 1);

    @TempDir
    Path directory;

    private final Map<String, String> addresses = new TreeMap<>();
    private final ExecutorService transfers = Executors.newCachedThreadPool();
    private Authority authority;
    private Node first;
    private Node second;

    /** One coordinator's part in this. */
    private final class Node implements AutoCloseable {
        final DirectoryArtifactStore store;
        final PeerClients clients;
        private final AgentLinkService agents;
        private final GrpcServer server;

        Node(String name) throws IOException {
            this(name, authority.issueCoordinator(name, List.of("localhost", "127.0.0.1")));
        }

        Node(String name, Credentials credentials) throws IOException {
            Path own = directory.resolve(name);
            credentials.writeTo(own.resolve("client"));
            authority.issueCoordinator(name, List.of("localhost", "127.0.0.1")).writeTo(own.resolve("tls"));
            store = DirectoryArtifactStore.open(own.resolve("artifacts"));
            clients = new PeerClients(
                    other -> addresses.getOrDefault(other, ""), new PeerChannels(files(own.resolve("client"))), store);
            agents = new AgentLinkService(
                    new AgentConnections(),
                    new RecordingEvents(),
                    new FakeLeadership(),
                    store,
                    sha256 -> false,
                    new AgentLinkSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ZERO, "1"));
            PeerService peers = new PeerService(
                    (from, wanted) -> {
                        for (StoredArtifact artifact : wanted) {
                            clients.fetch(from, artifact);
                        }
                    },
                    transfers,
                    "1",
                    "digest of " + name);
            server = GrpcServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    files(own.resolve("tls")),
                    List.of(agents, peers));
            addresses.put(name, "localhost:" + server.port());
        }

        @Override
        public void close() {
            clients.close();
            agents.close();
            server.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        authority = Authority.init(directory.resolve("ca"), "c1", Instant::now);
        first = new Node("c1");
        second = new Node("c2");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        transfers.shutdownNow();
    }

    @Test
    void whatIsAskedForIsFetchedFromWhoAsks() throws IOException {
        StoredArtifact one = put(first.store, BYTES);
        StoredArtifact other = put(first.store, bytes(3, 2));

        first.clients.hold("c2", List.of(one, other)).join();

        assertThat(read(second.store, one)).isEqualTo(BYTES);
        assertThat(second.store.find(other.sha256())).contains(other);
        first.clients.hold("c2", List.of(one, other)).join();
    }

    @Test
    void whatIsMissingIsFetchedFromWhoHasIt() throws IOException {
        StoredArtifact artifact = put(first.store, BYTES);

        second.clients.fetch("c1", artifact);

        assertThat(read(second.store, artifact)).isEqualTo(BYTES);
    }

    @Test
    void whatNobodyHasIsNotHeld() {
        StoredArtifact nothing = new StoredArtifact("0".repeat(64), 10);

        assertThatThrownBy(() -> second.clients.fetch("c1", nothing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("coordinator c1 answers NOT_FOUND: there is no artifact");
        assertThatThrownBy(() -> first.clients.hold("c2", List.of(nothing)).join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("coordinator c2 answers FAILED_PRECONDITION: coordinator c1 answers NOT_FOUND");
        assertThat(second.store.find(nothing.sha256())).isEmpty();
    }

    @Test
    void aWrongSizeIsNotTaken() throws IOException {
        StoredArtifact artifact = put(first.store, BYTES);

        assertThatThrownBy(() -> second.clients.fetch("c1", new StoredArtifact(artifact.sha256(), BYTES.length - 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("announced were 999999");
        assertThat(second.store.find(artifact.sha256())).isEmpty();
    }

    @Test
    void whoIsNotKnownIsNotAsked() {
        assertThatThrownBy(() -> first.clients.hold("c9", List.of()).join())
                .hasMessageContaining("the address of coordinator 'c9' is not known here");
    }

    @Test
    void whoIsNotThereIsNotWaitedForLong() {
        second.close();

        assertThatThrownBy(() -> first.clients.hold("c2", List.of()).join())
                .hasMessageContaining("coordinator c2 answers UNAVAILABLE");
    }

    @Test
    void eachSaysWhichClustersItHas() {
        assertThat(first.clients.inventory("c2").join()).isEqualTo("digest of c2");
    }

    @Test
    void onlyCoordinatorsAreServed() throws IOException {
        StoredArtifact artifact = put(first.store, BYTES);
        try (Node agent = new Node("n1", authority.issueAgent("n1"));
                Node operator = new Node("ada", authority.issueOperator("ada", Role.ADMIN))) {
            assertThatThrownBy(() -> agent.clients.hold("c1", List.of(artifact)).join())
                    .hasMessageContaining("PERMISSION_DENIED: agent n1 may not do this; only coordinators may");
            assertThatThrownBy(() -> operator.clients.inventory("c1").join()).hasMessageContaining("PERMISSION_DENIED");
            assertThatThrownBy(() -> operator.clients.fetch("c1", artifact)).hasMessageContaining("PERMISSION_DENIED");
            agent.clients.fetch("c1", artifact);
        }
    }

    private static StoredArtifact put(ArtifactStore store, byte[] bytes) throws IOException {
        try (ArtifactStore.Upload upload = store.begin(bytes.length, Digest.sha256(bytes))) {
            upload.write(ByteBuffer.wrap(bytes));
            return upload.finish();
        }
    }

    private static byte[] read(ArtifactStore store, StoredArtifact artifact) throws IOException {
        try (ArtifactStore.Content content = store.open(artifact.sha256())) {
            ByteBuffer into = ByteBuffer.allocate((int) content.sizeBytes());
            while (into.hasRemaining() && content.read(into, into.position()) > 0) {
                // until all is read
            }
            return into.array();
        }
    }

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static TlsFiles files(Path at) {
        return new TlsFiles(at.resolve("ca.pem"), at.resolve("cert.pem"), at.resolve("key.pem"));
    }
}
