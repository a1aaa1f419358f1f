package dev.rota.coordinator.runtime;

import dev.rota.contract.Digest;
import dev.rota.coordinator.port.ArtifactStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A store that keeps its bytes in memory. */
public final class MemoryArtifacts implements ArtifactStore {
    private final Map<String, byte[]> all = new ConcurrentHashMap<>();

    /** Holds these bytes under a digest, which need not be theirs. */
    public MemoryArtifacts with(String sha256, byte[] bytes) {
        all.put(sha256, bytes);
        return this;
    }

    /** The digests of all that is stored. */
    public SortedSet<String> digests() {
        return new TreeSet<>(all.keySet());
    }

    @Override
    public Upload begin(long sizeBytes, String expectedSha256) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        return new Upload() {
            @Override
            public void write(ByteBuffer bytes) {
                byte[] piece = new byte[bytes.remaining()];
                bytes.get(piece);
                received.writeBytes(piece);
            }

            @Override
            public StoredArtifact finish() throws IOException {
                byte[] bytes = received.toByteArray();
                if (!Digest.sha256(bytes).equals(expectedSha256)) {
                    throw new IOException("other bytes than announced");
                }
                all.put(expectedSha256, bytes);
                return new StoredArtifact(expectedSha256, bytes.length);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<StoredArtifact> find(String sha256) {
        return Optional.ofNullable(all.get(sha256)).map(bytes -> new StoredArtifact(sha256, bytes.length));
    }

    @Override
    public void remove(String sha256) {
        all.remove(sha256);
    }

    @Override
    public Content open(String sha256) throws IOException {
        byte[] bytes = all.get(sha256);
        if (bytes == null) {
            throw new NoSuchFileException(sha256);
        }
        return new Content() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer into, long offset) {
                int length = (int) Math.min(into.remaining(), bytes.length - offset);
                if (length <= 0) {
                    return -1;
                }
                into.put(bytes, (int) offset, length);
                return length;
            }

            @Override
            public void close() {}
        };
    }
}
