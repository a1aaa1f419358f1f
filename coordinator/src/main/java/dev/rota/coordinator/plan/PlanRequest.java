package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Policy;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator asked for. Empty options keep the recipe's values.
 *
 * @param mode what the operator insists on; asking for soft where it is forbidden is refused
 * @param maxUnavailable at most this many nodes out of service at once in soft mode, at least 1
 * @param minServing never fewer nodes in service than this in soft mode, at least 1
 * @param assume what is known about the cluster, on top of its own settings
 * @param dryRun only look: the plan is not kept
 * @param overrideNotes why notes that are unclear shall not count as a ban; empty: they do
 * @param policy what the plan is to do beyond its batches
 * @param again why a version that was rolled back shall be tried again; empty: it shall not
 * @param turns how the nodes shall take their turns
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
        boolean allowDowngrade,
        SortedMap<String, String> assume,
        String overrideNotes,
        boolean dryRun,
        Policy policy,
        String again,
        TurnRequest turns) {
    /** Copies the assumptions. */
    public PlanRequest {
        assume = Collections.unmodifiableSortedMap(new TreeMap<>(assume));
    }

    /** A request whose nodes take their turns as the configuration has them. */
    public PlanRequest(
            String cluster,
            Version to,
            Optional<Mode> mode,
            Optional<Duration> gateWait,
            Optional<Duration> gateStable,
            Optional<Duration> gateRetry,
            Optional<Duration> gateEvery,
            int maxUnavailable,
            int minServing,
            boolean allowDowngrade,
            SortedMap<String, String> assume,
            String overrideNotes,
            boolean dryRun,
            Policy policy,
            String again) {
        this(
                cluster,
                to,
                mode,
                gateWait,
                gateStable,
                gateRetry,
                gateEvery,
                maxUnavailable,
                minServing,
                allowDowngrade,
                assume,
                overrideNotes,
                dryRun,
                policy,
                again,
                TurnRequest.plain());
    }

    /** The same with other turns. */
    public PlanRequest with(TurnRequest other) {
        return new PlanRequest(
                cluster,
                to,
                mode,
                gateWait,
                gateStable,
                gateRetry,
                gateEvery,
                maxUnavailable,
                minServing,
                allowDowngrade,
                assume,
                overrideNotes,
                dryRun,
                policy,
                again,
                other);
    }

    /** A request that assumes and overrides nothing. */
    public PlanRequest(
            String cluster,
            Version to,
            Optional<Mode> mode,
            Optional<Duration> gateWait,
            Optional<Duration> gateStable,
            Optional<Duration> gateRetry,
            Optional<Duration> gateEvery,
            int maxUnavailable,
            int minServing,
            boolean allowDowngrade) {
        this(
                cluster,
                to,
                mode,
                gateWait,
                gateStable,
                gateRetry,
                gateEvery,
                maxUnavailable,
                minServing,
                allowDowngrade,
                new TreeMap<>(),
                "",
                false,
                Policy.DEFAULT,
                "");
    }
}
