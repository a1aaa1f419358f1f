package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.JournalFullException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of the journal.
 *
 * @param maxEntryBytes biggest entry that is accepted
 * @param segmentBytes what is reserved on disk for records at a time
 * @param snapshotBytes of records that are kept beside the last snapshot before the next one is taken
 * @param maxLogBytes of records from which on appends are refused: snapshots fail, or a state is too big for them
 * @param diskFloorBytes free space on the journal's disk under which appends are refused and no snapshot is taken
 * @param appendTimeout after this an append fails with an unknown outcome
 * @param startTimeout how long a start of a journal with one member waits to lead
 */
record JournalLimits(
        int maxEntryBytes,
        long segmentBytes,
        long snapshotBytes,
        long maxLogBytes,
        long diskFloorBytes,
        Duration appendTimeout,
        Duration startTimeout) {
    static final JournalLimits DEFAULT = new JournalLimits(
            4 << 20, 4 << 20, 16 << 20, 1L << 30, 64L << 20, Duration.ofSeconds(10), Duration.ofSeconds(30));

    /**
     * Whether an entry may be appended.
     *
     * @param path of the journal; begins every message
     * @param logBytes of the records so far
     * @throws JournalException when not, with the numbers
     */
    void admit(Path path, int entryBytes, long logBytes, long freeBytes) throws JournalException {
        if (entryBytes > maxEntryBytes) {
            throw new JournalException(
                    "journal " + path + ": an entry of " + entryBytes + " bytes is bigger than " + maxEntryBytes);
        }
        if (logBytes + entryBytes > maxLogBytes) {
            throw new JournalFullException("journal " + path + ": full, it holds " + logBytes + " of at most "
                    + maxLogBytes + " bytes; nothing is decided any more, look into the log why no snapshot is taken");
        }
        if (freeBytes < diskFloorBytes) {
            throw new JournalFullException("journal " + path + " of the leader: only " + freeBytes
                    + " bytes are free on its disk, " + diskFloorBytes
                    + " are needed; free some space there, or let another coordinator lead"
                    + " (rota coordinators step-down); nothing is lost");
        }
    }
}
