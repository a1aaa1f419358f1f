package dev.rota.coordinator.artifact;

import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.InsufficientSpaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Artifacts as files {@code sha256/ab/abcd...} under one directory.
 *
 * <p>An artifact gets its name only when all its bytes are durable and have the right digest; what carries a digest's name is
 * complete. One process at a time may use a directory.
 */
public final class DirectoryArtifactStore implements ArtifactStore {
    /** Biggest artifact that is accepted. */
    public static final long MAX_ARTIFACT_BYTES = 64L << 30;

    // Stays free after an upload, so that the journal on the same disk can go on.
    private static final long DISK_FLOOR_BYTES = 256L << 20;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Path named;
    private final Path incoming;

    private DirectoryArtifactStore(Path directory) {
        this.named = directory.resolve("sha256");
        this.incoming = directory.resolve("incoming");
    }

    /** Opens or creates the store and removes what interrupted uploads have left behind. */
    public static DirectoryArtifactStore open(Path directory) throws IOException {
        DirectoryArtifactStore store = new DirectoryArtifactStore(directory);
        Files.createDirectories(store.named);
        Files.createDirectories(store.incoming);
        try (Stream<Path> leftOver = Files.list(store.incoming)) {
            for (Path file : leftOver.toList()) {
                Files.delete(file);
            }
        }
        return store;
    }

    @Override
    public Upload begin(long sizeBytes, String expectedSha256) throws IOException {
        if (sizeBytes < 0 || sizeBytes > MAX_ARTIFACT_BYTES) {
            throw new IllegalArgumentException(
                    "an artifact of " + sizeBytes + " bytes is not accepted, at most " + MAX_ARTIFACT_BYTES + " are");
        }
        Path shelf = shelf(expectedSha256);
        long free = incoming.toFile().getUsableSpace();
        if (free - sizeBytes < DISK_FLOOR_BYTES) {
            throw new InsufficientSpaceException(incoming + ": " + free + " bytes are free, the artifact needs "
                    + sizeBytes + " and " + DISK_FLOOR_BYTES + " must stay free");
        }
        return FileUpload.create(incoming, shelf, sizeBytes, expectedSha256);
    }

    @Override
    public Optional<StoredArtifact> find(String sha256) {
        if (!SHA_256.matcher(sha256).matches()) {
            return Optional.empty();
        }
        Path file = file(sha256);
        return Files.isRegularFile(file)
                ? Optional.of(new StoredArtifact(sha256, file.toFile().length()))
                : Optional.empty();
    }

    @Override
    public Content open(String sha256) throws IOException {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new NoSuchFileException(sha256);
        }
        return FileContent.open(file(sha256));
    }

    @Override
    public void remove(String sha256) throws IOException {
        if (SHA_256.matcher(sha256).matches()) {
            Files.deleteIfExists(file(sha256));
        }
    }

    private Path file(String sha256) {
        return shelf(sha256).resolve(sha256);
    }

    /** The directory that holds all artifacts whose digest begins alike. */
    private Path shelf(String sha256) {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("'" + sha256 + "' is not a SHA-256 of 64 lower-case hex digits");
        }
        return named.resolve(sha256.substring(0, 2));
    }
}
