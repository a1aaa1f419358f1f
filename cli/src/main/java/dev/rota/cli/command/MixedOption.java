package dev.rota.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a cluster may run two versions. */
final class MixedOption {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    @Option(
            names = "--mixed-limit",
            paramLabel = "TIME",
            description =
                    "How long the cluster may run two versions side by side until that is an alarm. Default and at most: 24h.")
    @Nullable Duration limit;

    /** What is wrong with it, empty if nothing is. */
    String problem() {
        return limit != null && limit.compareTo(SHORTEST) < 0 ? "--mixed-limit is at least 1m" : "";
    }
}
