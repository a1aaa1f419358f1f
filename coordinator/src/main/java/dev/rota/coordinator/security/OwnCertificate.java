package dev.rota.coordinator.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What others would refuse in a handshake, without saying why, is found before anything is served. */
public final class OwnCertificate {
    private OwnCertificate() {}

    /**
     * Makes sure that a key belongs to its certificate, and the certificate to the authority.
     *
     * @throws IOException naming the file that does not fit, or that cannot be read
     */
    public static void check(Path ca, Path certificate, Path key) throws IOException {
        try {
            List<Certificate> chain = new ArrayList<>(PeerTls.certificates(certificate));
            Set<TrustAnchor> anchors = new HashSet<>();
            for (Certificate one : PeerTls.certificates(ca)) {
                anchors.add(new TrustAnchor((X509Certificate) one, null));
                chain.remove(one);
            }
            if (chain.isEmpty() || anchors.isEmpty()) {
                throw new IOException((chain.isEmpty() ? certificate : ca) + " holds no certificate in PEM form");
            }
            if (!fits(PeerTls.key(key), chain.get(0).getPublicKey())) {
                throw new IOException(key + " is not the key of the certificate in " + certificate
                        + "; both are written together by rota-coordinator issue");
            }
            validate(ca, certificate, chain, anchors);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the TLS files " + ca + ", " + certificate + ", " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void validate(Path ca, Path certificate, List<Certificate> chain, Set<TrustAnchor> anchors)
            throws IOException, GeneralSecurityException {
        PKIXParameters by = new PKIXParameters(anchors);
        by.setRevocationEnabled(false);
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), by);
        } catch (CertPathValidatorException e) {
            if (e.getCause() instanceof CertificateExpiredException) {
                X509Certificate own = (X509Certificate) chain.get(0);
                throw new IOException(
                        "the certificate in " + certificate + " was good until "
                                + own.getNotAfter().toInstant() + "; issue another one",
                        e);
            }
            throw new IOException(
                    "the certificate in " + certificate + " is not one of the authority in " + ca + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        byte[] something = "does it fit?".getBytes(StandardCharsets.US_ASCII);
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (InvalidKeyException otherKind) {
            return false;
        }
    }
}
