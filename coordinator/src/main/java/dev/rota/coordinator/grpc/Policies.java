package dev.rota.coordinator.grpc;

import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Turns;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import java.time.Duration;

/** What an operator asks a plan to do beyond its batches, checked. */
final class Policies {
    private static final int MAX_REASON = 500;

    private Policies() {}

    static Policy of(CreatePlanRequest q) throws Refusal {
        return new Policy(
                q.hasFailure() ? failure(q.getFailure()) : FailurePolicy.DEFAULT,
                mixedLimit(q.getMixedLimitMs()),
                Oversights.of(q),
                Turns.PLAIN);
    }

    private static Duration mixedLimit(int ms) throws Refusal {
        Duration limit = ms == 0 ? Policy.DEFAULT_MIXED_LIMIT : Duration.ofMillis(Integer.toUnsignedLong(ms));
        if (limit.compareTo(Policy.MIN_MIXED_LIMIT) < 0 || limit.compareTo(Policy.DEFAULT_MIXED_LIMIT) > 0) {
            throw usage("two versions may run side by side for 1 minute to 24 hours until that is an alarm");
        }
        return limit;
    }

    /** Why a version that was rolled back is tried again; empty when nothing was said. */
    static String again(String why) throws Refusal {
        if (why.length() > MAX_REASON || (why.isBlank() && !why.isEmpty())) {
            throw usage("say in 1 to " + MAX_REASON + " characters why a version that was rolled back is tried again");
        }
        return why.strip();
    }

    static dev.rota.wire.operator.v1.FailurePolicy wire(FailurePolicy p) {
        return dev.rota.wire.operator.v1.FailurePolicy.newBuilder()
                .setRetries(p.retries())
                .setBackoffMs((int) p.backoff().toMillis())
                .setThen(p.then().label())
                .build();
    }

    private static FailurePolicy failure(dev.rota.wire.operator.v1.FailurePolicy f) throws Refusal {
        FailurePolicy.Then then = f.getThen().isEmpty()
                ? FailurePolicy.DEFAULT.then()
                : FailurePolicy.Then.of(f.getThen())
                        .orElseThrow(() -> usage("what a failure leads to is hold, rollback-node or rollback-all, not '"
                                + f.getThen() + "'"));
        if (f.getRetries() < 0 || f.getRetries() > FailurePolicy.MAX_RETRIES) {
            throw usage("a step is retried 0 to " + FailurePolicy.MAX_RETRIES + " times");
        }
        Duration backoff = f.getBackoffMs() == 0
                ? FailurePolicy.DEFAULT_BACKOFF
                : Duration.ofMillis(Integer.toUnsignedLong(f.getBackoffMs()));
        if (backoff.compareTo(FailurePolicy.MAX_PAUSE) > 0) {
            throw usage("the pause before a retry is up to " + FailurePolicy.MAX_PAUSE.toMinutes() + " minutes");
        }
        return new FailurePolicy(f.getRetries(), backoff, then);
    }

    private static Refusal usage(String message) {
        return Requests.usage(message);
    }
}
