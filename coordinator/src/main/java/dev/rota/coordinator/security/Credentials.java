package dev.rota.coordinator.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What one end of a connection needs, in PEM form: the authority's certificate, its own, and its key. */
public record Credentials(String ca, String certificate, String key) {
    /** File name of the authority's certificate. */
    public static final String CA_FILE = "ca.pem";
    /** File name of the own certificate. */
    public static final String CERTIFICATE_FILE = "cert.pem";
    /** File name of the key. */
    public static final String KEY_FILE = "key.pem";

    /**
     * Writes {@code ca.pem}, {@code cert.pem} and {@code key.pem} (mode 0600) into a directory, made with mode 0700 where it is
     * missing.
     *
     * @throws java.nio.file.FileAlreadyExistsException when one of them is there already; nothing is written then
     */
    public void writeTo(Path directory) throws IOException {
        PrivateFiles.requireAbsent(
                directory.resolve(CA_FILE), directory.resolve(CERTIFICATE_FILE), directory.resolve(KEY_FILE));
        PrivateFiles.createDirectory(directory);
        PrivateFiles.writePrivate(directory.resolve(KEY_FILE), key);
        PrivateFiles.writePublic(directory.resolve(CERTIFICATE_FILE), certificate);
        PrivateFiles.writePublic(directory.resolve(CA_FILE), ca);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Credentials";
    }

    /**
     * Whom the certificate in a PEM file is for; empty when it carries no identity.
     *
     * @throws IOException when it cannot be read
     */
    public static Optional<Identity> owner(Path certificate) throws IOException {
        return Identity.of(Pem.certificate(Files.readString(certificate), certificate.toString()));
    }
}
