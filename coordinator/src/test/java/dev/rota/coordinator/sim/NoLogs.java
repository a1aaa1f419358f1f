package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.StepLogs;
import java.time.Instant;
import java.util.List;

/** Keeps nothing. */
final class NoLogs implements StepLogs {
    @Override
    public void append(StepKey key, Instant at, String text) {}

    @Override
    public List<Chunk> read(String rolloutId) {
        return List.of();
    }
}
