package dev.rota.coordinator.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hop of an earlier rollout that a hop takes back.
 *
 * @param rollout its id
 * @param hopId id of the hop in it, which names its backups
 * @param restored by node: the backups whose data is put back, on these nodes; what was written since is lost. Empty: the data stays
 */
public record TakenBack(String rollout, String hopId, SortedMap<String, Backup> restored) {
    /** Copies the map. */
    public TakenBack {
        restored = Collections.unmodifiableSortedMap(new TreeMap<>(restored));
    }

    /** Whether data is put back. */
    public boolean restores() {
        return !restored.isEmpty();
    }

    /**
     * A verified backup of a node.
     *
     * @param sha256 of the archive
     * @param at when the backup had been made, by the leader's clock
     */
    public record Backup(String sha256, Instant at, long sizeBytes) {}
}
