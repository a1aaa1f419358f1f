package dev.rota.agent.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes and files. */
public final class Digests {
    /** Read size: large enough to be limited by the disk, small enough for the agent's heap. */
    static final int BUFFER = 64 * 1024;

    private Digests() {}

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The digest in lower-case hexadecimal; resets it. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Feeds a whole file; returns its size. */
    public static long feed(MessageDigest digest, Path file) throws IOException {
        long total = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                total += n;
            }
        }
        return total;
    }

    /** SHA-256 of a file in lower-case hexadecimal. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        feed(digest, file);
        return hex(digest);
    }
}
