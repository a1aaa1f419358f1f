package dev.rota.coordinator.port;

import java.time.Instant;

/** The time of day; stamped on proposals by the leader, never read by the core. */
@FunctionalInterface
public interface Clock {
    /** Now. */
    Instant now();
}
