package dev.rota.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.port.Clock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = () -> NOW;

    @TempDir
    Path directory;

    @Test
    void anAuthorityIssuesWhatItsCertificateVerifies() throws IOException, GeneralSecurityException {
        Authority authority = Authority.init(directory.resolve("ca"), "rota-1", CLOCK);
        X509Certificate ca = read(directory.resolve("ca/ca.pem"));

        X509Certificate agent = certificate(authority.issueAgent("n1"));
        agent.verify(ca.getPublicKey());
        assertThat(Identity.of(agent)).contains(new Identity.Agent("n1"));
        assertThat(agent.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(agent.getBasicConstraints()).isEqualTo(-1);
        assertThat(agent.getNotAfter().toInstant()).isEqualTo(NOW.plus(Authority.CLIENT_VALIDITY));

        X509Certificate operator = certificate(authority.issueOperator("ada", Role.ADMIN));
        assertThat(Identity.of(operator)).contains(new Identity.Operator("ada", Role.ADMIN));
        assertThat(operator.getSerialNumber()).isNotEqualTo(agent.getSerialNumber());
        assertThat(Duration.between(NOW, ca.getNotAfter().toInstant())).isGreaterThan(Duration.ofDays(3650));
    }

    @Test
    void aCoordinatorsCertificateNamesItsAddresses() throws IOException, GeneralSecurityException {
        Authority authority = Authority.init(directory.resolve("ca"), "rota-1", CLOCK);

        X509Certificate coordinator =
                certificate(authority.issueCoordinator("rota-1", List.of("rota.example", "192.0.2.7", "::1")));

        assertThat(Identity.of(coordinator)).contains(new Identity.Coordinator("rota-1"));
        assertThat(coordinator.getSubjectAlternativeNames())
                .contains(List.of(2, "rota.example"), List.of(7, "192.0.2.7"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(coordinator.getExtendedKeyUsage())
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void anAuthorityIsFoundAgain() throws IOException, GeneralSecurityException {
        Authority.init(directory.resolve("ca"), "rota-1", CLOCK);

        Authority opened = Authority.open(directory.resolve("ca"), CLOCK);

        certificate(opened.issueAgent("n1"))
                .verify(read(directory.resolve("ca/ca.pem")).getPublicKey());
    }

    @Test
    void nothingIsEverOverwritten() throws IOException {
        Path ca = directory.resolve("ca");
        Credentials agent = Authority.init(ca, "rota-1", CLOCK).issueAgent("n1");
        agent.writeTo(directory.resolve("n1"));

        assertThatThrownBy(() -> Authority.init(ca, "rota-1", CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("never overwritten");
        assertThatThrownBy(() -> agent.writeTo(directory.resolve("n1"))).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void keysAreForTheOwnerAlone() throws IOException {
        Authority.init(directory.resolve("ca"), "rota-1", CLOCK)
                .issueAgent("n1")
                .writeTo(directory.resolve("n1"));

        assertThat(mode("ca")).isEqualTo("rwx------");
        assertThat(mode("ca/ca-key.pem")).isEqualTo("rw-------");
        assertThat(mode("n1")).isEqualTo("rwx------");
        assertThat(mode("n1/key.pem")).isEqualTo("rw-------");
        assertThat(mode("n1/cert.pem")).isEqualTo("rw-r--r--");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Path key = directory.resolve("ca/ca-key.pem");
        Authority.init(directory.resolve("ca"), "rota-1", CLOCK);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> Authority.open(directory.resolve("ca"), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void aMissingAuthorityIsNamedWithTheCommandThatMakesOne() {
        assertThatThrownBy(() -> Authority.open(directory.resolve("ca"), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rota-coordinator init");
    }

    @Test
    void aNameThatCouldBeMistakenIsRefused() throws IOException {
        Authority authority = Authority.init(directory.resolve("ca"), "rota-1", CLOCK);

        assertThatThrownBy(() -> authority.issueAgent("n1?role=admin")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> authority.issueOperator("../ada", Role.VIEWER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private static X509Certificate certificate(Credentials credentials) throws IOException {
        return Pem.certificate(credentials.certificate(), "test");
    }

    private static X509Certificate read(Path file) throws IOException {
        return Pem.certificate(Files.readString(file), file.toString());
    }
}
