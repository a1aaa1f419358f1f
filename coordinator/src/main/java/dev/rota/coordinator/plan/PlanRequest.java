package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import java.time.Duration;
import java.util.Optional;

/**
 * What an operator asked for. Empty options keep the recipe's values.
 *
 * @param mode what the operator insists on; asking for soft where it is forbidden is refused
 * @param maxUnavailable at most this many nodes out of service at once in soft mode, at least 1
 * @param minServing never fewer nodes in service than this in soft mode, at least 1
 */
public record PlanRequest(
        String cluster,
        Version to,
        Optional<Mode> mode,
        Optional<Duration> gateWait,
        Optional<Duration> gateStable,
        Optional<Duration> gateRetry,
        Optional<Duration> gateEvery,
        int maxUnavailable,
        int minServing,
        boolean allowDowngrade) {}
