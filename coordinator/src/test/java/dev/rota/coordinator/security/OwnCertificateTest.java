package dev.rota.coordinator.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {
    @TempDir
    Path directory;

    @BeforeEach
    void issue() throws IOException {
        for (String authority : List.of("here", "there")) {
            Authority.init(directory.resolve("ca-" + authority), authority, Instant::now)
                    .issueCoordinator("c1", List.of("127.0.0.1"))
                    .writeTo(directory.resolve(authority));
        }
    }

    @Test
    void filesThatWereIssuedTogetherFit() {
        assertThatCode(() -> check("here", "here", "here")).doesNotThrowAnyException();
    }

    @Test
    void theKeyOfAnotherCertificateIsNamed() {
        assertThatThrownBy(() -> check("here", "here", "there"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there/key.pem is not the key of the certificate in")
                .hasMessageContaining("here/cert.pem");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNamed() {
        assertThatThrownBy(() -> check("here", "there", "there"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there/cert.pem is not one of the authority in")
                .hasMessageContaining("here/ca.pem");
    }

    @Test
    void aCertificateThatIsNotGoodAnyMoreIsNamed() throws IOException {
        Instant then = Instant.parse("2001-01-01T00:00:00Z");
        Authority.init(directory.resolve("ca-old"), "old", () -> then)
                .issueCoordinator("c1", List.of("127.0.0.1"))
                .writeTo(directory.resolve("old"));

        assertThatThrownBy(() -> check("old", "old", "old"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("old/cert.pem was good until 20");
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws IOException {
        Files.writeString(directory.resolve("here/cert.pem"), "");

        assertThatThrownBy(() -> check("here", "here", "here"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("here/cert.pem holds no certificate");
    }

    private void check(String ca, String certificate, String key) throws IOException {
        OwnCertificate.check(
                directory.resolve(ca + "/ca.pem"),
                directory.resolve(certificate + "/cert.pem"),
                directory.resolve(key + "/key.pem"));
    }
}
