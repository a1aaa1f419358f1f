package dev.rota.coordinator.grpc;

import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;

/** How an operator asks the nodes to take their turns, checked. */
final class TurnRequests {
    private static final int MAX_CANARIES = 50;
    private static final int MAX_NAME = 255;
    private static final Duration MIXED_LIMIT_MIN = Duration.ofMinutes(1);
    private static final Duration MIXED_LIMIT_MAX = Duration.ofDays(30);

    private TurnRequests() {}

    static TurnRequest of(CreatePlanRequest q) throws Refusal {
        int count = q.getCanaryCount();
        if (count < 0 || count > MAX_CANARIES || q.getCanariesCount() > MAX_CANARIES) {
            throw Requests.usage("there may be 1 to " + MAX_CANARIES + " canaries");
        }
        if (count > 0 && q.getCanariesCount() > 0) {
            throw Requests.usage("canaries are counted or named, not both");
        }
        if (q.getPauseAfterCanary() && count == 0 && q.getCanariesCount() == 0) {
            throw Requests.usage("to pause after the canaries there must be some: say how many, or which nodes");
        }
        for (String node : q.getCanariesList()) {
            Requests.text("the name of a canary", node, MAX_NAME);
        }
        if (new HashSet<>(q.getCanariesList()).size() < q.getCanariesCount()) {
            throw Requests.usage("a canary is named twice");
        }
        return new TurnRequest(
                percent("max-unavailable", q.getMaxUnavailablePercent()),
                percent("min-serving", q.getMinServingPercent()),
                count,
                q.getCanariesList(),
                q.getPauseAfterCanary(),
                mixedLimit(q.getMixedLimitMs()));
    }

    private static int percent(String name, int value) throws Refusal {
        if (value < 0 || value > 100) {
            throw Requests.usage(name + " is 1% to 100%, not " + Integer.toUnsignedString(value) + "%");
        }
        return value;
    }

    private static Optional<Duration> mixedLimit(long ms) throws Refusal {
        if (ms == 0) {
            return Optional.empty();
        }
        Duration limit = Duration.ofMillis(ms);
        if (ms < 0 || limit.compareTo(MIXED_LIMIT_MIN) < 0 || limit.compareTo(MIXED_LIMIT_MAX) > 0) {
            throw Requests.usage("two versions may run side by side for 1 minute to 30 days until there is an alarm");
        }
        return Optional.of(limit);
    }
}
