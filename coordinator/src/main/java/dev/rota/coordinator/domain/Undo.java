package dev.rota.coordinator.domain;

import java.util.Optional;

/**
 * What can, or cannot, be taken back after a hop.
 *
 * @param possible it can
 * @param sentence for an operator
 * @param cited the lines of the notes that say so
 */
public record Undo(boolean possible, String sentence, Optional<Citation> cited) {}
