package dev.rota.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rota.cli.FakeOperator;
import dev.rota.cli.ManualPacer;
import dev.rota.cli.Samples;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.ReleaseHeader;
import dev.rota.wire.operator.v1.Rollout;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets, with certificates made for the test. */
class MutualTlsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final FakeOperator operator = new FakeOperator();
    private final TestAuthority authority = new TestAuthority();
    private final List<Server> servers = new ArrayList<>();

    @TempDir
    Path directory = Path.of("");

    private Path identity = Path.of("");
    private Address coordinator = new Address("localhost", 1);

    @BeforeEach
    void start() throws IOException {
        identity = authority.identity(directory.resolve("operator"));
        Path own = authority.identity(directory.resolve("coordinator"));
        Server server = NettyServerBuilder.forPort(0)
                .sslContext(GrpcSslContexts.forServer(
                                own.resolve("cert.pem").toFile(),
                                own.resolve("key.pem").toFile())
                        .protocols("TLSv1.3")
                        .trustManager(own.resolve("ca.pem").toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build())
                .addService(operator)
                .build()
                .start();
        servers.add(server);
        coordinator = new Address("localhost", server.getPort());
    }

    @AfterEach
    void stop() {
        servers.forEach(Server::shutdownNow);
    }

    @Test
    void anOperatorWithACertificateIsAnswered() {
        try (OperatorClient client = open(coordinator)) {
            assertThat(client.status()).isEqualTo(Samples.status());
        }
    }

    @Test
    void aStreamIsReadToItsEnd() throws InterruptedException {
        operator.watchEnds(Samples.started(), Samples.running());
        try (OperatorClient client = open(coordinator);
                Subscription<Rollout> rollouts = client.watch(GetRolloutRequest.getDefaultInstance())) {
            assertThat(rollouts.next(TIMEOUT)).isEqualTo(new Subscription.Message<>(Samples.started()));
            assertThat(rollouts.next(TIMEOUT)).isEqualTo(new Subscription.Message<>(Samples.running()));
            assertThat(rollouts.next(TIMEOUT)).isEqualTo(new Subscription.Completed<>());
        }
    }

    @Test
    void aLargeFileArrivesInFull() throws IOException, InterruptedException {
        Path file = directory.resolve("artifact");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(20_000_001);
        }
        List<Long> told = new ArrayList<>();
        try (OperatorClient client = open(coordinator)) {
            client.addRelease(ReleaseHeader.getDefaultInstance(), file, told::add);
        }

        assertThat(operator.received()).isEqualTo(20_000_001);
        assertThat(told).isSorted().last().isEqualTo(20_000_001L);
    }

    @Test
    void theNextCoordinatorIsAskedWhenOneDoesNotListen() throws IOException {
        try (OperatorClient client = open(new Address("localhost", closedPort()), coordinator)) {
            assertThat(client.status()).isEqualTo(Samples.status());
        }
    }

    /** One that was stopped, or hangs, still has its connections accepted by the kernel. */
    @Test
    @Timeout(60)
    void theNextCoordinatorIsAskedWhenOneHangs() throws IOException {
        try (ServerSocket hangs = new ServerSocket(0);
                OperatorClient client =
                        open(Duration.ofHours(1), new Address("localhost", hangs.getLocalPort()), coordinator)) {
            assertThat(client.status()).isEqualTo(Samples.status());
        }
    }

    @Test
    void aCoordinatorThatDoesNotListenIsSaidToRefuse() throws IOException {
        Address nobody = new Address("localhost", closedPort());
        try (OperatorClient client = open(nobody)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(client::status)
                    .satisfies(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_COORDINATOR);
                        assertThat(failure.sentence())
                                .isEqualTo("no coordinator at " + nobody + ": connection refused");
                        assertThat(failure.hints()).singleElement().asString().contains(identity.toString());
                    });
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityOpensNothing() throws IOException {
        identity = new TestAuthority().identity(directory.resolve("stranger"));
        try (OperatorClient client = open(coordinator)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(client::status)
                    .satisfies(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_COORDINATOR);
                        assertThat(failure.sentence())
                                .endsWith(": its certificate is not from the authority in ca.pem");
                    });
        }
        assertThat(operator.requests()).isEmpty();
    }

    @Test
    void anIdentityThatTheCoordinatorDoesNotKnowIsNotAccepted() throws IOException {
        Path stranger = new TestAuthority().identity(directory.resolve("stranger"));
        Files.copy(identity.resolve("ca.pem"), stranger.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        identity = stranger;
        try (OperatorClient client = open(coordinator)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(client::status)
                    .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_COORDINATOR));
        }
        assertThat(operator.requests()).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted() {
        try (OperatorClient client = open(new Address("127.0.0.1", coordinator.port()))) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(client::status)
                    .satisfies(failure ->
                            assertThat(failure.sentence()).contains("its certificate is not valid for this address: "));
        }
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws IOException {
        Path key = identity.resolve("key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> open(coordinator))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure.hints()).containsExactly("close it with: chmod 0600 " + key);
                });
    }

    @Test
    void aKeyOfAnotherCertificateIsAFaultOfTheIdentity() throws IOException {
        Path other = authority.identity(directory.resolve("other"));
        Files.copy(other.resolve("key.pem"), identity.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        try (OperatorClient client = open(coordinator)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(client::status)
                    .satisfies(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                        assertThat(failure.sentence())
                                .isEqualTo("no usable identity in " + identity
                                        + ": cert.pem and key.pem do not belong together");
                    });
        }
    }

    @Test
    void whatIsMissingOrBrokenInAnIdentityIsNamed() throws IOException {
        Files.writeString(identity.resolve("key.pem"), "nonsense");
        assertUnusable("key");
        Files.delete(identity.resolve("cert.pem"));
        assertUnusable("cert.pem is missing");
    }

    private void assertUnusable(String why) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> open(coordinator))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure.sentence())
                            .startsWith("no usable identity in " + identity + ": ")
                            .contains(why);
                });
    }

    private OperatorClient open(Address... coordinators) {
        return open(TIMEOUT, coordinators);
    }

    private OperatorClient open(Duration timeout, Address... coordinators) {
        return new NettyClientFactory(new ManualPacer()).open(new Target(List.of(coordinators), identity, timeout));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
