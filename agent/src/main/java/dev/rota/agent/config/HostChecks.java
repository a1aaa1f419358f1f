package dev.rota.agent.config;

import dev.rota.agent.config.Settings.Tls;
import dev.rota.agent.exec.RunAs;
import dev.rota.contract.Recipe;
import dev.rota.contract.yaml.Problems;
import dev.rota.contract.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what the configuration names on this host: files, their modes, certificates, directories, users. */
public final class HostChecks {
    private static final Set<PosixFilePermission> KEY_MODE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Clock clock;

    /** Judges certificates by this clock. */
    public HostChecks(Clock clock) {
        this.clock = clock;
    }

    /** The data directory, or the nearest directory above it that exists, can be written to. */
    void data(String at, Path data, Problems problems) {
        if (Files.exists(data) && !Files.isDirectory(data)) {
            problems.add(at, "data: " + data + " is no directory");
            return;
        }
        Path existing = data;
        while (!Files.exists(existing)) {
            existing = Optional.ofNullable(existing.getParent()).orElse(Path.of("/"));
        }
        if (!Files.isWritable(existing)) {
            problems.add(at, "data: " + existing + " cannot be written to by this user");
        }
    }

    /** The recipe's user exists when it will be needed. */
    void user(String at, Recipe recipe, Problems problems) {
        try {
            RunAs.user(recipe.user());
        } catch (IOException e) {
            problems.add(at, String.valueOf(e.getMessage()));
        }
    }

    /** The certificate files can be used together, now. */
    void tls(YamlNode ca, YamlNode cert, YamlNode key, Tls tls, String node) {
        List<X509Certificate> authority = certificates(ca, tls.ca());
        List<X509Certificate> own = certificates(cert, tls.cert());
        Optional<PrivateKey> privateKey = key(key, tls.key());
        if (!own.isEmpty()) {
            X509Certificate certificate = own.get(0);
            valid(cert, tls.cert(), certificate);
            if (authority.stream().noneMatch(a -> Pem.signed(certificate, a)) && !authority.isEmpty()) {
                cert.problem(tls.cert() + " was not issued by the authority of " + tls.ca());
            }
            if (privateKey.isPresent() && !Pem.belong(privateKey.get(), certificate.getPublicKey())) {
                key.problem(tls.key() + " is not the key of certificate " + tls.cert());
            }
            String name = Pem.nodeName(certificate);
            if (!name.equals(node)) {
                cert.problem("the certificate is for node '" + name + "', not for node '" + node + "'");
            }
        }
    }

    private void valid(YamlNode at, Path file, X509Certificate certificate) {
        Instant now = clock.instant();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            at.problem(file + " has expired on " + certificate.getNotAfter().toInstant());
        } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
            at.problem(file + " is not valid before "
                    + certificate.getNotBefore().toInstant() + "; is this host's clock right?");
        }
    }

    private static List<X509Certificate> certificates(YamlNode at, Path file) {
        try {
            return Pem.certificates(file);
        } catch (IOException | GeneralSecurityException e) {
            at.problem(file + " is no readable PEM certificate: " + reason(e));
            return List.of();
        }
    }

    private static Optional<PrivateKey> key(YamlNode at, Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!KEY_MODE.containsAll(mode)) {
                at.problem(file + " can be read by others: its mode must be 0600 (chmod 600 " + file + ")");
            }
            return Optional.of(Pem.key(file));
        } catch (IOException | GeneralSecurityException e) {
            at.problem(file + " is no readable PEM private key: " + reason(e));
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }
}
