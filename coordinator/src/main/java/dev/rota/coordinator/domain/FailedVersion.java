package dev.rota.coordinator.domain;

import dev.rota.contract.Version;
import java.time.Instant;

/**
 * A version a cluster was rolled back from.
 *
 * @param rollout the last one in which that happened
 * @param why what had gone wrong
 */
public record FailedVersion(Version version, String rollout, Instant at, String why) {}
