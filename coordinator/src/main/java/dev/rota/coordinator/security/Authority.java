package dev.rota.coordinator.security;

import dev.rota.coordinator.port.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The certificate authority of one installation. Its key never leaves its directory. EC P-256 throughout. */
public final class Authority {
    /** How long the certificate of an agent or operator is valid. */
    public static final Duration CLIENT_VALIDITY = Duration.ofDays(365);

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3652);
    private static final String CERTIFICATE_FILE = "ca.pem";
    private static final String KEY_FILE = "ca-key.pem";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;

    private Authority(X509Certificate certificate, PrivateKey key, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Makes a new authority in a directory: {@code ca.pem} and {@code ca-key.pem} (mode 0600), valid for ten years.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one already
     */
    public static Authority init(Path directory, String name, Clock clock) throws IOException {
        Names.require("coordinator", name);
        Path certificateFile = directory.resolve(CERTIFICATE_FILE);
        Path keyFile = directory.resolve(KEY_FILE);
        PrivateFiles.requireAbsent(certificateFile, keyFile);
        try {
            KeyPair pair = Certificates.newKey();
            X509Certificate certificate =
                    Certificates.authority("Rota CA of " + name, pair, clock.now(), AUTHORITY_VALIDITY);
            PrivateFiles.createDirectory(directory);
            PrivateFiles.writePrivate(keyFile, Pem.of(pair.getPrivate()));
            PrivateFiles.writePublic(certificateFile, Pem.of(certificate));
            return new Authority(certificate, pair.getPrivate(), clock);
        } catch (GeneralSecurityException e) {
            throw new IOException(directory + ": the authority cannot be made", e);
        }
    }

    /**
     * Opens the authority in a directory.
     *
     * @throws IOException when there is none, it cannot be read, or others may read its key
     */
    public static Authority open(Path directory, Clock clock) throws IOException {
        Path certificateFile = directory.resolve(CERTIFICATE_FILE);
        Path keyFile = directory.resolve(KEY_FILE);
        if (!Files.exists(keyFile)) {
            throw new IOException(directory + ": no certificate authority here; run rota-coordinator init first");
        }
        PrivateFiles.requirePrivate(keyFile);
        return new Authority(
                Pem.certificate(Files.readString(certificateFile), certificateFile.toString()),
                Pem.ecKey(Files.readString(keyFile), keyFile.toString()),
                clock);
    }

    /**
     * Issues the certificate of a coordinator, valid as long as the authority's own.
     *
     * @param addresses host names and IP addresses under which agents and operators reach it
     */
    public Credentials issueCoordinator(String name, List<String> addresses) throws IOException {
        Instant end = certificate.getNotAfter().toInstant();
        return issue(
                new Identity.Coordinator(name),
                addresses,
                end,
                KeyPurposeId.id_kp_serverAuth,
                KeyPurposeId.id_kp_clientAuth);
    }

    /** Issues the certificate of the agent of one node. */
    public Credentials issueAgent(String node) throws IOException {
        return issue(new Identity.Agent(node), List.of(), clientEnd(), KeyPurposeId.id_kp_clientAuth);
    }

    /** Issues the certificate of an operator. */
    public Credentials issueOperator(String name, Role role) throws IOException {
        return issue(new Identity.Operator(name, role), List.of(), clientEnd(), KeyPurposeId.id_kp_clientAuth);
    }

    private Instant clientEnd() {
        return clock.now().plus(CLIENT_VALIDITY);
    }

    private Credentials issue(Identity identity, List<String> addresses, Instant end, KeyPurposeId... purposes)
            throws IOException {
        try {
            KeyPair pair = Certificates.newKey();
            X509Certificate issued =
                    Certificates.issue(certificate, key, identity, addresses, pair, clock.now(), end, purposes);
            return new Credentials(Pem.of(certificate), Pem.of(issued), Pem.of(pair.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of " + identity + " cannot be made", e);
        }
    }
}
