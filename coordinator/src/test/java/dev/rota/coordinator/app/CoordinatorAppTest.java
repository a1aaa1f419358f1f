package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.GetStatusRequest;
import dev.rota.wire.operator.v1.OperatorGrpc;
import dev.rota.wire.operator.v1.Status;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorAppTest {
    @TempDir
    Path directory;

    @BeforeEach
    void init() throws IOException {
        Authority authority = Authority.init(directory.resolve("data/ca"), "rota-1", Instant::now);
        authority.issueCoordinator("rota-1", List.of("127.0.0.1")).writeTo(directory.resolve("data/tls"));
        authority.issueOperator("ada", Role.VIEWER).writeTo(directory.resolve("ada"));
    }

    @Test
    void anOperatorIsAnsweredAndARestartRaisesTheTerm() throws IOException, JournalException {
        Status first = statusOfARun();
        Status second = statusOfARun();

        assertThat(first.getCoordinator()).isEqualTo("rota-1");
        assertThat(first.getLeader()).isTrue();
        assertThat(first.getClustersList()).hasSize(1);
        assertThat(second.getTerm()).isGreaterThan(first.getTerm());
    }

    @Test
    void aDataDirectoryServesOneCoordinator() throws IOException, JournalException {
        try (CoordinatorApp app = CoordinatorApp.start(config(), CoordinatorAppTest::unexpected)) {
            assertThatThrownBy(() -> CoordinatorApp.start(config(), CoordinatorAppTest::unexpected))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use by another process");
            assertThat(status(app.port()).getLeader()).isTrue();
        }
    }

    private static void unexpected(Throwable cause) {
        throw new AssertionError(cause);
    }

    private Status statusOfARun() throws IOException, JournalException {
        try (CoordinatorApp app = CoordinatorApp.start(config(), CoordinatorAppTest::unexpected)) {
            return status(app.port());
        }
    }

    private Status status(int port) throws IOException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(directory.resolve("ada/ca.pem").toFile())
                        .keyManager(
                                directory.resolve("ada/cert.pem").toFile(),
                                directory.resolve("ada/key.pem").toFile())
                        .build())
                .build();
        try {
            return OperatorGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    private CoordinatorConfig config() throws IOException {
        return CoordinatorConfig.load(Files.writeString(directory.resolve("rota.yaml"), """
                name: rota-1
                data: data
                listen: 127.0.0.1:0
                clusters:
                  chat: {recipe: sample, nodes: [{name: n1}, {name: n2}]}
                """));
    }
}
