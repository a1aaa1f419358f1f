package dev.rota.agent.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files. */
final class Pem {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String AGENT = "rota://agent/";
    /** Kind of an alternative name that is a URI (RFC 5280, GeneralName). */
    private static final int URI = 6;

    private static final int MAX_BYTES = 256 * 1024;

    private Pem() {}

    /** The certificates of a file, in order; at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> all =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(bytes(file)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (all.isEmpty()) {
            throw new CertificateException("it holds no certificate");
        }
        return all;
    }

    /** The PKCS#8 key of a file. */
    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher found = PKCS8.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new InvalidKeySpecException("it has no 'BEGIN PRIVATE KEY' (PKCS#8, not encrypted)");
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(1));
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // of another kind
            }
        }
        throw new InvalidKeySpecException("it is neither an EC, an RSA nor an Ed25519 key");
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than 256 KB");
        }
        return Files.readAllBytes(file);
    }

    /** Whether an authority signed a certificate. */
    static boolean signed(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a private and a public key are a pair. */
    static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        try {
            byte[] probe = "rota".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The node an agent's certificate is for: a URI {@code rota://agent/NODE} among its alternative names; empty if there is none. */
    static String nodeName(X509Certificate certificate) {
        try {
            Collection<List<?>> names = Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .orElse(List.of());
            return names.stream()
                    .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                    .map(name -> String.valueOf(name.get(1)))
                    .filter(uri -> uri.startsWith(AGENT))
                    .map(uri -> uri.substring(AGENT.length()))
                    .findFirst()
                    .orElse("");
        } catch (CertificateParsingException e) {
            return "";
        }
    }
}
