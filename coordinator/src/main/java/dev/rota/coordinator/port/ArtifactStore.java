package dev.rota.coordinator.port;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Content-addressed storage of artifacts: an artifact's name is the SHA-256 (64 lower-case hex digits) of its bytes. */
public interface ArtifactStore {
    /**
     * Begins an upload. Nothing can be found or opened under the digest before {@link Upload#finish()}.
     *
     * @throws InsufficientSpaceException when the disk would run short
     * @throws IllegalArgumentException when the size is negative or too big or the digest is not a SHA-256
     */
    Upload begin(long sizeBytes, String expectedSha256) throws IOException;

    /** The artifact with that digest, if it is stored completely. */
    Optional<StoredArtifact> find(String sha256);

    /**
     * Opens an artifact for reading.
     *
     * @throws java.nio.file.NoSuchFileException when there is none with that digest
     */
    Content open(String sha256) throws IOException;

    /** Removes an artifact; whoever has it open may read on. Nothing happens when there is none with that digest. */
    void remove(String sha256) throws IOException;

    /** A stored artifact. */
    record StoredArtifact(String sha256, long sizeBytes) {}

    /** One upload; used by one thread at a time. */
    interface Upload extends AutoCloseable {
        /**
         * Adds the buffer's remaining bytes.
         *
         * @throws SizeMismatchException when there are more bytes than announced
         */
        void write(ByteBuffer bytes) throws IOException;

        /**
         * Verifies size and digest, makes the bytes durable and gives them their name. When the artifact is stored already, that
         * one stays.
         *
         * @throws SizeMismatchException when there are fewer bytes than announced
         * @throws DigestMismatchException when the bytes are not the expected ones; they are discarded
         */
        StoredArtifact finish() throws IOException;

        /** Discards everything unless {@link #finish()} has succeeded. Idempotent. */
        @Override
        void close();
    }

    /** An open artifact; may be read by several threads. */
    interface Content extends AutoCloseable {
        /** The artifact's size in bytes. */
        long sizeBytes();

        /**
         * Reads at most the buffer's remaining bytes from {@code offset} on.
         *
         * @return how many bytes were read, -1 at the end
         */
        int read(ByteBuffer into, long offset) throws IOException;

        @Override
        void close();
    }
}
