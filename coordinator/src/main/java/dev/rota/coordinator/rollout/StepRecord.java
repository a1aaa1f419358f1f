package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.StepReport;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step or gate that has ended, for reports.
 *
 * @param batch index of the batch it belonged to
 * @param gate what it guarded, if it was a gate
 * @param back it went back to the release before
 * @param undo took back what its phase did
 */
public record StepRecord(
        int batch,
        String node,
        Phase phase,
        Optional<GatePurpose> gate,
        int attempt,
        String executor,
        StepReport.Outcome outcome,
        Instant startedAt,
        Instant finishedAt,
        long commandMs,
        long waitMs,
        String message,
        SortedMap<String, String> facts,
        boolean back,
        boolean undo) {
    /** Copies the facts. */
    public StepRecord {
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A step that carried its phase out, or a gate. */
    public StepRecord(
            int batch,
            String node,
            Phase phase,
            Optional<GatePurpose> gate,
            int attempt,
            String executor,
            StepReport.Outcome outcome,
            Instant startedAt,
            Instant finishedAt,
            long commandMs,
            long waitMs,
            String message,
            SortedMap<String, String> facts,
            boolean back) {
        this(
                batch,
                node,
                phase,
                gate,
                attempt,
                executor,
                outcome,
                startedAt,
                finishedAt,
                commandMs,
                waitMs,
                message,
                facts,
                back,
                false);
    }

    /** Milliseconds from its start to its end as the coordinator saw it. */
    public long tookMs() {
        return java.time.Duration.between(startedAt, finishedAt).toMillis();
    }

    /** Milliseconds inside the product's own commands or waiting for the product, never more than it took. */
    public long productMs() {
        return Math.min(tookMs(), commandMs + waitMs);
    }
}
