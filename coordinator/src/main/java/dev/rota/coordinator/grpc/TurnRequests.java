package dev.rota.coordinator.grpc;

import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.util.HashSet;

/** How an operator asks the nodes to take their turns, checked. */
final class TurnRequests {
    private static final int MAX_CANARIES = 50;
    private static final int MAX_NAME = 255;

    private TurnRequests() {}

    static TurnRequest of(CreatePlanRequest q) throws Refusal {
        int count = q.getCanaryCount();
        if (count < 0 || count > MAX_CANARIES || q.getCanariesCount() > MAX_CANARIES) {
            throw Requests.usage("there may be 1 to " + MAX_CANARIES + " canaries, not "
                    + (q.getCanariesCount() > 0 ? q.getCanariesCount() : Integer.toUnsignedString(count)));
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
            throw Requests.usage("a canary is named twice: " + String.join(", ", q.getCanariesList()));
        }
        return new TurnRequest(
                percent("max-unavailable", q.getMaxUnavailablePercent()),
                percent("min-serving", q.getMinServingPercent()),
                count,
                q.getCanariesList(),
                q.getPauseAfterCanary());
    }

    private static int percent(String name, int value) throws Refusal {
        if (value < 0 || value > 100) {
            throw Requests.usage(name + " is 1% to 100%, not " + Integer.toUnsignedString(value) + "%");
        }
        return value;
    }
}
