package dev.rota.cli.command;

import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the nodes take their turns. */
final class TurnOptions {
    private static final int MAX_CANARIES = 50;

    @Option(
            names = "--max-unavailable",
            paramLabel = "N|N%",
            converter = Share.Converter.class,
            defaultValue = "1",
            description =
                    "Most nodes out of service at once, as a number or in percent of the cluster's nodes (rounded down, but at least"
                            + " 1). With more than one, nodes of one zone take their turns side by side (default: ${DEFAULT-VALUE}).")
    Share maxUnavailable = new Share(1, 0);

    @Option(
            names = "--min-serving",
            paramLabel = "N|N%",
            converter = Share.Converter.class,
            defaultValue = "1",
            description =
                    "Fewest nodes serving at any time, as a number or in percent, rounded up (default: ${DEFAULT-VALUE}).")
    Share minServing = new Share(1, 0);

    @Option(
            names = "--canary",
            paramLabel = "N|NODE",
            split = ",",
            description =
                    "Nodes that go ahead of the rest, one after the other: how many, or which, separated by commas.")
    List<String> canary = List.of();

    @Option(
            names = "--pause-after",
            paramLabel = "canary",
            completionCandidates = Choices.Pauses.class,
            description =
                    "Pause once the canaries are done, until 'rota rollouts resume'; for --wait that is a hold (exit code 7).")
    Choices.@Nullable Pause pauseAfter;

    /** What is wrong with the options; empty when nothing is. */
    String problem() {
        if (maxUnavailable.count() < 1) {
            return "--max-unavailable is at least 1";
        }
        if (minServing.count() < 1) {
            return "--min-serving is at least 1";
        }
        if (counted() && (count() < 1 || count() > MAX_CANARIES)) {
            return "--canary is a number from 1 to " + MAX_CANARIES + ", or names of nodes";
        }
        if (canary.size() > MAX_CANARIES || new HashSet<>(canary).size() < canary.size()) {
            return "--canary takes up to " + MAX_CANARIES + " names of nodes, each once";
        }
        return pauseAfter != null && canary.isEmpty()
                ? "--pause-after canary needs --canary: how many, or which nodes"
                : "";
    }

    void apply(CreatePlanRequest.Builder request) {
        request.setMaxUnavailable(maxUnavailable.count())
                .setMaxUnavailablePercent(maxUnavailable.percent())
                .setMinServing(minServing.count())
                .setMinServingPercent(minServing.percent())
                .setPauseAfterCanary(pauseAfter != null);
        if (counted()) {
            request.setCanaryCount(count());
        } else {
            request.addAllCanaries(canary);
        }
    }

    private boolean counted() {
        return canary.size() == 1 && canary.get(0).matches("\\d{1,6}");
    }

    private int count() {
        return Integer.parseInt(canary.get(0));
    }
}
