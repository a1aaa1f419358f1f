package dev.rota.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {
    @TempDir
    Path directory;

    private Authority authority;

    @BeforeEach
    void makeAnAuthority() throws IOException {
        authority = Authority.init(directory.resolve("ca"), "c1", Instant::now);
    }

    @Test
    void coordinatorsOfOneAuthorityTalk() throws Exception {
        assertThat(ask(
                        authority.issueCoordinator("c1", List.of("127.0.0.1")),
                        authority.issueCoordinator("c2", List.of("::1"))))
                .isEqualTo('!');
    }

    @Test
    void agentsAndOperatorsAreNotLetIn() {
        assertThatThrownBy(
                        () -> ask(authority.issueCoordinator("c1", List.of("127.0.0.1")), authority.issueAgent("n1")))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> ask(
                        authority.issueCoordinator("c1", List.of("127.0.0.1")),
                        authority.issueOperator("ada", Role.ADMIN)))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void neitherIsACoordinatorOfAnotherAuthority() throws IOException {
        Authority other = Authority.init(directory.resolve("other"), "c1", Instant::now);
        assertThatThrownBy(() -> ask(
                        authority.issueCoordinator("c1", List.of("127.0.0.1")),
                        other.issueCoordinator("c2", List.of("127.0.0.1"))))
                .isInstanceOf(SSLException.class);
    }

    /**
     * What a client gets to read from a server that must know who it is, or why one of them refused the other. The side that is
     * refused may see no more than a closed connection.
     */
    private int ask(Credentials server, Credentials client) throws IOException {
        SSLContext serverSide = context(server, "server");
        SSLContext clientSide = context(client, "client");
        try (SSLServerSocket listening = (SSLServerSocket)
                serverSide.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Optional<IOException>> served = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                    accepted.getOutputStream().write('!');
                    return Optional.empty();
                } catch (IOException e) {
                    return Optional.of(e);
                }
            });
            int answer = -1;
            Optional<IOException> failed = Optional.empty();
            try (SSLSocket socket = (SSLSocket) clientSide
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.startHandshake();
                answer = socket.getInputStream().read();
            } catch (IOException e) {
                failed = Optional.of(e);
            }
            for (Optional<IOException> side : List.of(served.join(), failed)) {
                if (side.isPresent() && side.get() instanceof SSLException) {
                    throw side.get();
                }
            }
            return answer;
        }
    }

    private SSLContext context(Credentials credentials, String side) throws IOException {
        Path files = directory.resolve(side + credentials.hashCode());
        credentials.writeTo(files);
        return PeerTls.context(files.resolve("ca.pem"), files.resolve("cert.pem"), files.resolve("key.pem"));
    }
}
