package dev.rota.coordinator.domain;

/**
 * What an external check answered.
 *
 * @param blocks whether the next node may not be taken out of service; one that could not be asked blocks
 * @param said what it said, or why it could not be asked; one line
 */
public record BlockerAnswer(String name, boolean blocks, String said) {}
