package dev.rota.coordinator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run's time divides into the product's own and all the rest.
 *
 * @param productMs inside the product's own commands and waiting for the product; of lanes side by side only the longest counts
 * @param heldMs waiting for a person
 * @param overheadMs all the rest since the start
 */
public record Accounting(long productMs, long heldMs, long overheadMs) {

    /** The division at this moment, or at the end of a rollout that has ended. */
    public static Accounting of(RolloutState s, Instant now) {
        long elapsed = Duration.between(s.startedAt(), endedAt(s, now)).toMillis();
        Map<Integer, Map<String, Long>> lanes = new TreeMap<>();
        for (StepRecord r : s.history()) {
            lanes.computeIfAbsent(r.batch(), b -> new TreeMap<>()).merge(r.node(), r.productMs(), Long::sum);
        }
        long product = lanes.values().stream()
                .mapToLong(b ->
                        b.values().stream().mapToLong(Long::longValue).max().orElse(0))
                .sum();
        long held = s.waited()
                .plus(s.status()
                        .waitsSince()
                        .map(since -> Duration.between(since, now))
                        .filter(d -> !d.isNegative())
                        .orElse(Duration.ZERO))
                .toMillis();
        long cappedHeld = Math.min(held, elapsed);
        long capped = Math.min(product, elapsed - cappedHeld);
        return new Accounting(capped, cappedHeld, elapsed - cappedHeld - capped);
    }

    private static Instant endedAt(RolloutState s, Instant now) {
        return s.status().endedAt().orElse(now);
    }
}
