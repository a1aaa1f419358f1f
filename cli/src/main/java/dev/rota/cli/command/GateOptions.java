package dev.rota.cli.command;

import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a plan's health gate waits and looks. */
final class GateOptions {
    @Option(
            names = "--stable",
            paramLabel = "TIME",
            description = "Gate: how long a node must stay healthy. Default: the recipe's.")
    @Nullable Duration stable;

    @Option(
            names = "--gate-wait",
            paramLabel = "TIME",
            description = "Gate: pause before the first probe. Default: the recipe's.")
    @Nullable Duration gateWait;

    @Option(
            names = "--gate-retry",
            paramLabel = "TIME",
            description = "Gate: how long it may fail first. Default: the recipe's.")
    @Nullable Duration gateRetry;

    @Option(
            names = "--gate-every",
            paramLabel = "TIME",
            description = "Gate: time between probes. Default: the recipe's.")
    @Nullable Duration gateEvery;

    /** Puts what was given into a request. */
    void into(CreatePlanRequest.Builder request) {
        ifGiven(gateWait, request::setGateWaitMs);
        ifGiven(stable, request::setGateStableMs);
        ifGiven(gateRetry, request::setGateRetryMs);
        ifGiven(gateEvery, request::setGateEveryMs);
    }

    /** Sets a number of milliseconds, if it was given. */
    static void ifGiven(@Nullable Duration time, IntConsumer setter) {
        if (time != null) {
            setter.accept(Math.toIntExact(time.toMillis()));
        }
    }
}
