package dev.rota.coordinator.domain;

/**
 * A stored file of release notes.
 *
 * @param path relative to the folder it came from, names separated by {@code /}
 * @param sha256 under which its bytes are stored
 */
public record NoteRef(String path, String sha256, long sizeBytes) {
    /** Biggest note that is taken; the largest real one has less than a tenth of it. */
    public static final int MAX_BYTES = 10 << 20;
    /** Longest path, in characters. */
    public static final int MAX_PATH = 300;
}
