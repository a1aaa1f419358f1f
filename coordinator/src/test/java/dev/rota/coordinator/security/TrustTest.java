package dev.rota.coordinator.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
    @TempDir
    Path directory;

    private Authority authority;
    private X509TrustManager trust;

    @BeforeEach
    void trustOneAuthority() throws IOException {
        authority = Authority.init(directory.resolve("ca"), "rota-1", Instant::now);
        trust = (X509TrustManager) Trust.in(directory.resolve("ca/ca.pem")).getTrustManagers()[0];
    }

    private void client(Credentials credentials) throws CertificateException, IOException {
        trust.checkClientTrusted(
                new X509Certificate[] {Pem.certificate(credentials.certificate(), "cert.pem")}, "ECDHE_ECDSA");
    }

    @Test
    void whoeverTheAuthoritySignedForIsBelieved() {
        assertThatCode(() -> client(authority.issueAgent("n1"))).doesNotThrowAnyException();
        assertThatCode(() -> client(authority.issueOperator("ada", Role.ADMIN))).doesNotThrowAnyException();
        assertThatCode(() -> client(authority.issueCoordinator("rota-1", List.of("127.0.0.1"))))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherAuthorityOfTheSameNameIsNot() throws IOException {
        Authority stranger = Authority.init(directory.resolve("stranger"), "rota-1", Instant::now);
        assertThatThrownBy(() -> client(stranger.issueAgent("n1"))).isInstanceOf(CertificateException.class);
    }

    @Test
    void aCertificateThatHasEndedIsNot() throws IOException {
        Authority before = Authority.open(
                directory.resolve("ca"), () -> Instant.now().minus(Authority.CLIENT_VALIDITY.plus(Duration.ofDays(1))));
        assertThatThrownBy(() -> client(before.issueAgent("n1"))).isInstanceOf(CertificateException.class);
    }

    @Test
    void anAgentIsNoServer() throws IOException {
        X509Certificate agent = Pem.certificate(authority.issueAgent("n1").certificate(), "cert.pem");
        assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[] {agent}, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> Trust.in(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
    }
}
