package dev.rota.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.agent.TestAuthority;
import dev.rota.wire.agent.v1.AgentLinkGrpc;
import dev.rota.wire.agent.v1.AgentMessage;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel over real TLS. */
class TlsLinkTest {
    @TempDir
    Path dir;

    private final TestAuthority authority = new TestAuthority();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Server server =
            io.grpc.inprocess.InProcessServerBuilder.forName("none").build();

    @BeforeEach
    void start() throws IOException {
        TestAuthority.PemFiles own = authority.coordinator(dir.resolve("c1"));
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(
                                own.cert().toFile(), own.key().toFile()))
                        .trustManager(own.ca().toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .protocols("TLSv1.3")
                        .build())
                .addService(new Service())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private static final class Service extends AgentLinkGrpc.AgentLinkImplBase {
        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<CoordinatorMessage> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AgentMessage message) {
                    out.onNext(CoordinatorMessage.newBuilder()
                            .setWelcome(Welcome.newBuilder().setTerm(7))
                            .build());
                }

                @Override
                public void onError(Throwable t) {}

                @Override
                public void onCompleted() {}
            };
        }
    }

    private void connect(TlsChannels channels, String host) throws IOException {
        ManagedChannel channel = channels.open(host + ":" + server.getPort(), Runnable::run);
        AgentLinkGrpc.newStub(channel)
                .connect(new StreamObserver<>() {
                    @Override
                    public void onNext(CoordinatorMessage message) {
                        heard.add("term " + message.getWelcome().getTerm());
                        channel.shutdownNow();
                    }

                    @Override
                    public void onError(Throwable t) {
                        heard.add(String.valueOf(Status.fromThrowable(t).getCode()));
                        channel.shutdownNow();
                    }

                    @Override
                    public void onCompleted() {
                        heard.add("completed");
                    }
                })
                .onNext(AgentMessage.newBuilder()
                        .setHello(Hello.newBuilder().setNode("n1"))
                        .build());
    }

    private static TlsChannels channels(TestAuthority.PemFiles files) {
        return new TlsChannels(
                files.ca().toFile(), files.cert().toFile(), files.key().toFile());
    }

    @Test
    void connectsWithCertificatesOfTheSameAuthority() throws IOException {
        try (TlsChannels channels = channels(authority.agent(dir.resolve("n1"), "n1"))) {
            connect(channels, "127.0.0.1");
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0)).isEqualTo("term 7");
        }
    }

    @Test
    void doesNotConnectWithOrToAnotherAuthority() throws IOException {
        TestAuthority.PemFiles strange = new TestAuthority().agent(dir.resolve("strange"), "n1");
        try (TlsChannels channels = channels(strange)) {
            connect(channels, "127.0.0.1");
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0)).isEqualTo("UNAVAILABLE");
        }
        TestAuthority.PemFiles good = authority.agent(dir.resolve("n1"), "n1");
        heard.clear();
        try (TlsChannels channels = channels(new TestAuthority.PemFiles(good.ca(), strange.cert(), strange.key()))) {
            connect(channels, "127.0.0.1");
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0)).isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    void usesARenewedCertificateFromTheNextConnectionOn() throws IOException {
        TestAuthority.PemFiles files = new TestAuthority().agent(dir.resolve("n1"), "n1");
        assertThat(files.cert().toFile().setLastModified(1_000_000)).isTrue();
        try (TlsChannels channels = channels(files)) {
            connect(channels, "127.0.0.1");
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0)).isEqualTo("UNAVAILABLE");
            heard.clear();
            authority.agent(dir.resolve("n1"), "n1");
            connect(channels, "localhost");
            await().until(() -> !heard.isEmpty());
            assertThat(heard.get(0)).isEqualTo("term 7");
        }
    }
}
