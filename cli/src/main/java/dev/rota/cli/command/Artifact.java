package dev.rota.cli.command;

import dev.rota.cli.client.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as it was read once from beginning to end.
 *
 * @param size bytes
 * @param sha256 digest in hexadecimal
 */
record Artifact(long size, String sha256) {
    private static final int PIECE = 1 << 20;

    static Artifact read(Path file, TransferListener listener) throws IOException {
        MessageDigest digest = newDigest();
        byte[] piece = new byte[PIECE];
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                digest.update(piece, 0, length);
                size += length;
                listener.sent(size);
            }
        }
        return new Artifact(size, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
