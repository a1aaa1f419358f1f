package dev.rota.coordinator.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** TLS between coordinators: both sides must show a coordinator's certificate of the same authority. */
public final class PeerTls {
    private PeerTls() {}

    /**
     * A context that trusts coordinators of this authority alone; certificates of agents and operators are refused.
     *
     * @throws IOException when a file cannot be read or used, or the key is open to others
     */
    public static SSLContext context(Path ca, Path certificate, Path key) throws IOException {
        PrivateFiles.requirePrivate(key);
        try {
            char[] password = new char[0];
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, password);
            own.setKeyEntry("own", key(key), password, certificates(certificate).toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, password);
            KeyStore authority = KeyStore.getInstance("PKCS12");
            authority.load(null, password);
            int number = 0;
            for (Certificate one : certificates(ca)) {
                authority.setCertificateEntry("ca" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    keys.getKeyManagers(),
                    new TrustManager[] {new CoordinatorsOnly((X509ExtendedTrustManager) trust.getTrustManagers()[0])},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the TLS files " + ca + ", " + certificate + ", " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    static PrivateKey key(Path file) throws IOException {
        try (PEMParser pem = new PEMParser(Files.newBufferedReader(file))) {
            Object content = pem.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            if (content instanceof PEMKeyPair pair) {
                return converter.getPrivateKey(pair.getPrivateKeyInfo());
            } else if (content instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
            throw new IOException(file + " holds no private key in PEM form");
        }
    }

    /** The authority's own check, and the certificate is a coordinator's. */
    private static final class CoordinatorsOnly extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager authority;

        CoordinatorsOnly(X509ExtendedTrustManager authority) {
            this.authority = authority;
        }

        private static void requireCoordinator(X509Certificate[] chain) throws CertificateException {
            boolean coordinator = Identity.of(chain[0])
                    .filter(Identity.Coordinator.class::isInstance)
                    .isPresent();
            if (!coordinator) {
                throw new CertificateException("the certificate of "
                        + Identity.of(chain[0]).map(Identity::toString).orElse("a stranger")
                        + " is not a coordinator's");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authority.checkClientTrusted(chain, type);
            requireCoordinator(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authority.checkServerTrusted(chain, type);
            requireCoordinator(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            authority.checkClientTrusted(chain, type, socket);
            requireCoordinator(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            authority.checkServerTrusted(chain, type, socket);
            requireCoordinator(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            authority.checkClientTrusted(chain, type, engine);
            requireCoordinator(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            authority.checkServerTrusted(chain, type, engine);
            requireCoordinator(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authority.getAcceptedIssuers();
        }
    }
}
