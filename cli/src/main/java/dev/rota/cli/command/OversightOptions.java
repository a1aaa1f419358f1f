package dev.rota.cli.command;

import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a plan about what watches over it. */
final class OversightOptions {
    @Option(
            names = "--between-stable",
            paramLabel = "TIME",
            description =
                    "How long the whole cluster must keep being well before the next node is taken out. Default: the recipe's.")
    @Nullable Duration betweenStable;

    @Option(
            names = "--downtime-budget",
            paramLabel = "TIME",
            description =
                    "Hold the rollout when the service was unavailable for longer in all, as the outside probe sees it. Default: no limit.")
    @Nullable Duration downtimeBudget;

    @Option(
            names = "--failed-probes",
            paramLabel = "N",
            description = "Hold the rollout when more outside probes have failed. Default: no limit.")
    @Nullable Integer failedProbes;

    @Option(
            names = "--blocked-limit",
            paramLabel = "TIME",
            description = "How long blockers may let no node be taken out until the rollout is held. Default: 1h.")
    @Nullable Duration blockedLimit;

    void into(CreatePlanRequest.Builder request) {
        if (betweenStable != null) {
            request.setBetweenStableMs(ms(betweenStable));
        }
        if (downtimeBudget != null) {
            request.setDowntimeBudgetMs(ms(downtimeBudget));
        }
        if (failedProbes != null) {
            request.setFailedProbesBudget(failedProbes);
        }
        if (blockedLimit != null) {
            request.setBlockedLimitMs(ms(blockedLimit));
        }
    }

    private static int ms(Duration time) {
        return Math.toIntExact(time.toMillis());
    }
}
