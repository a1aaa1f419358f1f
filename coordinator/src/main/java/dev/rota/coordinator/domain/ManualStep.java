package dev.rota.coordinator.domain;

import java.util.List;
import java.util.Optional;

/**
 * What a person must do, or find unnecessary, before a rollout goes on.
 *
 * @param id short and unique in its plan, such as {@code m1}
 * @param beforeBatch index of the batch that waits for it; the number of batches: it is done after the last
 * @param title one line
 * @param lines what to do, as the notes show it; shown, never run
 * @param cited the lines that ask for it
 */
public record ManualStep(String id, int beforeBatch, String title, List<String> lines, Optional<Citation> cited) {
    /** Copies the lines. */
    public ManualStep {
        lines = List.copyOf(lines);
    }
}
