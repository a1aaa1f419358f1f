package dev.rota.coordinator.port;

import dev.rota.coordinator.domain.StepKey;
import java.time.Instant;
import java.util.List;

/** Keeps what steps print, for `rota logs`. Losing some of it loses no state. */
public interface StepLogs {
    /** Adds text to a step's log; beyond its bound the log says that there was more. Never fails. */
    void append(StepKey key, Instant at, String text);

    /** All that was kept of a rollout, in the order it came. */
    List<Chunk> read(String rolloutId);

    /** One piece of output. */
    record Chunk(StepKey key, Instant at, String text) {}
}
