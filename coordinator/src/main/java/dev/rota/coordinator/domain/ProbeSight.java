package dev.rota.coordinator.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What the outside probe saw last.
 *
 * @param at when it was answered, or given up
 * @param ok whether the service answered as it should
 * @param said what was wrong; empty when it was well
 * @param failedAt when a probe last failed; empty: none of this leader's has
 */
public record ProbeSight(Instant at, boolean ok, String said, Optional<Instant> failedAt) {}
