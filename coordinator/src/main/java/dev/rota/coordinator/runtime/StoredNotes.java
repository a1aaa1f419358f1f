package dev.rota.coordinator.runtime;

import dev.rota.contract.Digest;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.NoteBytes;
import dev.rota.coordinator.notes.text.Source;
import dev.rota.coordinator.port.ArtifactStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads notes from the store. What cannot be read is a note of its own kind, never an exception. */
final class StoredNotes {
    private static final Logger LOG = LoggerFactory.getLogger(StoredNotes.class);

    private StoredNotes() {}

    static List<Note> read(ArtifactStore store, List<NoteRef> refs) {
        return refs.stream().map(ref -> read(store, ref)).toList();
    }

    /** Whether a note can be read as it was. */
    static boolean intact(ArtifactStore store, NoteRef ref) {
        return store.find(ref.sha256()).isPresent() && read(store, ref) instanceof Source;
    }

    private static Note read(ArtifactStore store, NoteRef ref) {
        if (ref.sizeBytes() < 1 || ref.sizeBytes() > NoteRef.MAX_BYTES) {
            return new Note.Unreadable(
                    ref.path(), "has " + ref.sizeBytes() + " bytes, a note has 1 to " + NoteRef.MAX_BYTES);
        }
        byte[] bytes;
        try (ArtifactStore.Content content = store.open(ref.sha256())) {
            bytes = bytes(content, (int) ref.sizeBytes());
        } catch (IOException | RuntimeException e) {
            LOG.warn("note {} with SHA-256 {} cannot be read: {}", ref.path(), ref.sha256(), e.toString());
            return new Note.Unreadable(ref.path(), "is not in the store of this coordinator; import it again");
        }
        return Digest.sha256(bytes).equals(ref.sha256())
                ? NoteBytes.decode(ref.path(), bytes)
                : new Note.Unreadable(ref.path(), "was damaged in the store of this coordinator; import it again");
    }

    private static byte[] bytes(ArtifactStore.Content content, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining() && content.read(buffer, buffer.position()) > 0) {
            // until all is there, or the file ends early and its digest tells
        }
        return buffer.array();
    }
}
