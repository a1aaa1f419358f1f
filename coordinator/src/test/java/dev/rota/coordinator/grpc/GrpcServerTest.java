package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.artifact.DirectoryArtifactStore;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Role;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets, real certificates. */
class GrpcServerTest {
    @TempDir
    Path directory;

    private final RecordingEvents events = new RecordingEvents();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Authority authority;
    private AgentLinkService service;
    private GrpcServer server;

    @BeforeEach
    void serve() throws IOException {
        authority = Authority.init(directory.resolve("ca"), "rota-1", Instant::now);
        authority.issueCoordinator("rota-1", List.of("127.0.0.1")).writeTo(directory.resolve("tls"));
        AgentLinkSettings settings =
                new AgentLinkSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ZERO, "0.1.0");
        service = new AgentLinkService(
                new AgentConnections(),
                events,
                new FakeLeadership(),
                DirectoryArtifactStore.open(directory.resolve("artifacts")),
                sha256 -> false,
                settings);
        server = GrpcServer.start(loopback(0), tls("tls"), List.of(service));
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        service.close();
        server.close();
    }

    @Test
    void anAgentConnectsWithTheCertificateOfItsNode() throws IOException {
        TestAgent agent = TestAgent.greeting(channel(authority.issueAgent("n1")), "n1");

        assertThat(agent.awaitMessage(1).getWelcome().getTerm()).isEqualTo(7);
        assertThat(events.all).containsExactly("n1 connected");
    }

    @Test
    void connectionsThatStaySilentKeepNobodyOut() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            TestAgent agent = TestAgent.greeting(channel(authority.issueAgent("n1")), "n1");
            assertThat(agent.awaitMessage(1).hasWelcome()).isTrue();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void theCertificateOfAnotherNodeIsRefused() throws IOException {
        TestAgent agent = TestAgent.greeting(channel(authority.issueAgent("n2")), "n1");

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent.awaitEnd().getDescription()).contains("node n2").contains("node 'n1'");
        assertThat(events.all).isEmpty();
    }

    @Test
    void anOperatorIsNoAgent() throws IOException {
        TestAgent agent = TestAgent.greeting(channel(authority.issueOperator("ada", Role.ADMIN)), "n1");

        assertThat(agent.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent.awaitEnd().getDescription()).contains("operator ada (admin)");
    }

    @Test
    void plaintextIsRefused() {
        ManagedChannel channel = keep(NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build());

        assertThat(TestAgent.greeting(channel, "n1").awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(events.all).isEmpty();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
        Authority stranger = Authority.init(directory.resolve("stranger"), "rota-1", Instant::now);
        Credentials foreign = stranger.issueAgent("n1");
        Credentials mixed = new Credentials(authority.issueAgent("n1").ca(), foreign.certificate(), foreign.key());

        assertThat(TestAgent.greeting(channel(mixed), "n1").awaitEnd().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(events.all).isEmpty();
    }

    @Test
    void noCertificateIsRefused() throws IOException {
        SslContext context = GrpcSslContexts.forClient()
                .trustManager(directory.resolve("tls/ca.pem").toFile())
                .build();
        ManagedChannel channel = keep(NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .sslContext(context)
                .build());

        assertThat(TestAgent.greeting(channel, "n1").awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aKeyThatOthersMayReadStopsTheStart() throws IOException {
        authority.issueCoordinator("rota-1", List.of("127.0.0.1")).writeTo(directory.resolve("open"));
        Files.setPosixFilePermissions(directory.resolve("open/key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> GrpcServer.start(loopback(0), tls("open"), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> GrpcServer.start(loopback(server.port()), tls("tls"), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on localhost:" + server.port());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private TlsFiles tls(String name) {
        Path files = directory.resolve(name);
        return new TlsFiles(files.resolve("ca.pem"), files.resolve("cert.pem"), files.resolve("key.pem"));
    }

    private ManagedChannel channel(Credentials credentials) throws IOException {
        Path files = Files.createTempDirectory(directory, "client").resolve("tls");
        credentials.writeTo(files);
        SslContext context = GrpcSslContexts.configure(SslContextBuilder.forClient()
                        .trustManager(files.resolve("ca.pem").toFile())
                        .keyManager(
                                files.resolve("cert.pem").toFile(),
                                files.resolve("key.pem").toFile()))
                .build();
        return keep(NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .sslContext(context)
                .build());
    }

    private ManagedChannel keep(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }
}
