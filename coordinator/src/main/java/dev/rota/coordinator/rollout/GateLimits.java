package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.rollout.NodeState.Gating;
import java.time.Duration;
import java.time.Instant;

/** How long a gate must hold until it has passed, and how long it may fail until the rollout is held. */
final class GateLimits {
    private GateLimits() {}

    /** So long it must hold without a break. */
    static Duration stable(Plan plan, GatePurpose purpose) {
        return switch (purpose) {
            case VERIFY -> plan.gate().stable();
            case TAKE_OUT -> plan.oversight().betweenStable();
            case LEAVE, JOIN -> Duration.ZERO;
        };
    }

    /** The longest it may fail without a break, whatever the reason. */
    static Duration longestFailure(Plan plan, GatePurpose purpose) {
        if (purpose == GatePurpose.VERIFY) {
            return plan.gate().retry();
        }
        Duration blocked = plan.oversight().blockedLimit();
        boolean asked = purpose == GatePurpose.TAKE_OUT
                && !plan.oversight().blockers().isEmpty()
                && blocked.compareTo(Engine.PERMIT_RETRY) > 0;
        return asked ? blocked : Engine.PERMIT_RETRY;
    }

    /**
     * Whether a gate that does not hold has failed for too long. What only blockers say may last longer than what the cluster itself
     * shows.
     *
     * @param from since when its failures count
     */
    static boolean failsTooLong(Plan plan, Gating failing, Instant from, Instant now) {
        Instant since = failing.failingSince().isBefore(from) ? from : failing.failingSince();
        if (failing.purpose() != GatePurpose.TAKE_OUT
                || plan.oversight().blockers().isEmpty()) {
            return Duration.between(since, now).compareTo(longestFailure(plan, failing.purpose())) >= 0;
        }
        boolean sick = failing.trace()
                .sickSince()
                .map(t -> t.isBefore(since) ? since : t)
                .filter(t -> Duration.between(t, now).compareTo(Engine.PERMIT_RETRY) >= 0)
                .isPresent();
        return sick || Duration.between(since, now).compareTo(plan.oversight().blockedLimit()) >= 0;
    }
}
