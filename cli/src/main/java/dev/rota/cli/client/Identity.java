package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The operator's certificate and key, and the authority that coordinators must prove themselves with.
 *
 * @param ca certificate of the authority
 * @param cert the operator's certificate
 * @param key the operator's private key, PKCS#8; readable by its owner only
 */
record Identity(Path ca, Path cert, Path key) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** The identity in a directory; fails with what is missing, or with the command that closes an open key. */
    static Identity in(Path directory) {
        Identity identity = new Identity(
                readable(directory, "ca.pem"), readable(directory, "cert.pem"), readable(directory, "key.pem"));
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(identity.key))) {
                throw CommandFailure.of(
                        ExitCode.USAGE,
                        "the private key " + identity.key + " is open to others",
                        "close it with: chmod 0600 " + quoted(identity.key));
            }
        } catch (IOException e) {
            throw unusable(directory, "key.pem cannot be examined: " + e.getMessage());
        }
        return identity;
    }

    /** The identity cannot be used. */
    static CommandFailure unusable(Path directory, String why) {
        return CommandFailure.of(
                ExitCode.USAGE,
                "no usable identity in " + directory + ": " + why,
                "it holds ca.pem, cert.pem and key.pem; choose another with --identity DIR or ROTA_IDENTITY");
    }

    private static Path readable(Path directory, String name) {
        Path file = directory.resolve(name);
        if (!Files.isReadable(file)) {
            throw unusable(directory, name + (Files.exists(file) ? " is not readable" : " is missing"));
        }
        return file;
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./@%+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
