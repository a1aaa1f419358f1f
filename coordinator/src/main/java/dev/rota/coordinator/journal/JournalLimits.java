package dev.rota.coordinator.journal;

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
}
