package dev.rota.coordinator.artifact;

import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.ArtifactStore.Upload;
import dev.rota.coordinator.port.DigestMismatchException;
import dev.rota.coordinator.port.SizeMismatchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes on their way into a temporary file, hashed as they come. */
final class FileUpload implements Upload {
    private final Path temporary;
    private final Path shelf;
    private final FileChannel channel;
    private final long sizeBytes;
    private final String expectedSha256;
    private final MessageDigest digest;
    private long received;

    private FileUpload(Path temporary, Path shelf, FileChannel channel, long sizeBytes, String expectedSha256) {
        this.temporary = temporary;
        this.shelf = shelf;
        this.channel = channel;
        this.sizeBytes = sizeBytes;
        this.expectedSha256 = expectedSha256;
        this.digest = sha256();
    }

    static FileUpload create(Path incoming, Path shelf, long sizeBytes, String expectedSha256) throws IOException {
        Path temporary = Files.createTempFile(incoming, "", ".part");
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        return new FileUpload(temporary, shelf, channel, sizeBytes, expectedSha256);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        received += bytes.remaining();
        if (received > sizeBytes) {
            throw new SizeMismatchException(sizeBytes, received);
        }
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public StoredArtifact finish() throws IOException {
        if (received != sizeBytes) {
            throw new SizeMismatchException(sizeBytes, received);
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(expectedSha256)) {
            throw new DigestMismatchException(expectedSha256, actual);
        }
        channel.force(true);
        channel.close();
        Files.createDirectories(shelf);
        Files.move(temporary, shelf.resolve(expectedSha256), StandardCopyOption.ATOMIC_MOVE);
        sync(shelf);
        sync(shelf.resolve(".."));
        return new StoredArtifact(expectedSha256, sizeBytes);
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the names in a directory durable. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
