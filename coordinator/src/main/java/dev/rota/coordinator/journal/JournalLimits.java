package dev.rota.coordinator.journal;

import java.time.Duration;

/**
 * Bounds of the journal. There are no snapshots: the state is rebuilt from all entries at every start, so the log itself must
 * stay small enough to be read in a few seconds.
 *
 * @param maxEntryBytes biggest entry that is accepted
 * @param maxLogBytes size of the log from which on appends are refused
 * @param diskFloorBytes free space on the journal's disk under which appends are refused; leaves room for a clean stop
 * @param appendTimeout after this an append fails with an unknown outcome
 * @param startTimeout how long a start waits to become leader or learn who is
 */
record JournalLimits(
        int maxEntryBytes, long maxLogBytes, long diskFloorBytes, Duration appendTimeout, Duration startTimeout) {
    static final JournalLimits DEFAULT =
            new JournalLimits(4 << 20, 1L << 30, 64L << 20, Duration.ofSeconds(10), Duration.ofSeconds(30));
}
