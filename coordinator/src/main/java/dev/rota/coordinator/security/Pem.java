package dev.rota.coordinator.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The text form of certificates and keys. */
final class Pem {
    private static final Base64.Encoder BASE_64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String of(X509Certificate certificate) throws CertificateException {
        return wrap("CERTIFICATE", certificate.getEncoded());
    }

    /** PKCS#8, not encrypted. */
    static String of(PrivateKey key) {
        return wrap("PRIVATE KEY", key.getEncoded());
    }

    static X509Certificate certificate(String text, String source) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IOException(source + ": not a certificate in PEM form", e);
        }
    }

    static PrivateKey ecKey(String text, String source) throws IOException {
        try {
            String body = text.replaceAll("-----[A-Z ]+-----", "");
            byte[] bytes = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(source + ": not an EC key in PKCS#8 PEM form", e);
        }
    }

    private static String wrap(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + BASE_64.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }
}
