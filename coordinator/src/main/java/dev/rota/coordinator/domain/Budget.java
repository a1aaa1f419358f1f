package dev.rota.coordinator.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * What a rollout may cost at most, as the outside probe measures it. More holds the rollout.
 *
 * @param downtime how long the service may be unavailable, all outages together; empty: no limit
 * @param failedProbes how many probes may fail; empty: no limit
 */
public record Budget(Optional<Duration> downtime, Optional<Long> failedProbes) {
    /** Without limits. */
    public static Budget none() {
        return new Budget(Optional.empty(), Optional.empty());
    }

    /** Whether there is no limit. */
    public boolean unlimited() {
        return downtime.isEmpty() && failedProbes.isEmpty();
    }
}
