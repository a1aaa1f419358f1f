package dev.rota.agent;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates as the coordinator's authority does. */
public final class TestAuthority {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final KeyPair keys = newKeys();
    private final X500Name name = new X500Name("CN=test authority");

    /** PEM files of one certificate. */
    public record PemFiles(Path ca, Path cert, Path key) {}

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An agent's certificate for a node. */
    public PemFiles agent(Path directory, String node) throws IOException {
        return issue(directory, node, "rota://agent/" + node, now.plus(1, ChronoUnit.DAYS));
    }

    /** A certificate that is over. */
    public PemFiles expired(Path directory, String node) throws IOException {
        return issue(directory, node, "rota://agent/" + node, now.minus(1, ChronoUnit.HOURS));
    }

    /** A coordinator's certificate for the loopback address. */
    public PemFiles coordinator(Path directory) throws IOException {
        return issue(directory, "c1", "rota://coordinator/c1", now.plus(1, ChronoUnit.DAYS));
    }

    private PemFiles issue(Path directory, String commonName, String uri, Instant until) throws IOException {
        Files.createDirectories(directory);
        KeyPair own = newKeys();
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.uniformResourceIdentifier, uri),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost")
        });
        PemFiles files =
                new PemFiles(directory.resolve("ca.pem"), directory.resolve("cert.pem"), directory.resolve("key.pem"));
        try {
            write(
                    files.ca(),
                    certificate(name, keys, true, new GeneralNames(new GeneralName[0]), now.plus(2, ChronoUnit.DAYS)));
            write(files.cert(), certificate(new X500Name("CN=" + commonName), own, false, names, until));
            write(files.key(), new JcaPKCS8Generator(own.getPrivate(), null).generate());
            Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    private X509CertificateHolder certificate(
            X500Name subject, KeyPair subjectKeys, boolean authority, GeneralNames names, Instant until)
            throws IOException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(until),
                subject,
                subjectKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static void write(Path file, Object pem) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
        }
        Files.writeString(file, text.toString());
    }
}
