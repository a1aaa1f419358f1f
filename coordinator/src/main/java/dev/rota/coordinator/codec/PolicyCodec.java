package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Policy;
import dev.rota.wire.journal.v1.FailurePolicyRecord;
import dev.rota.wire.journal.v1.PolicyRecord;
import java.time.Duration;

/** The policy of a plan to and from the journal; each part is written only where it is not the default. */
final class PolicyCodec {
    private PolicyCodec() {}

    static PolicyRecord encode(Policy p) {
        PolicyRecord.Builder b = PolicyRecord.newBuilder();
        if (!p.failure().equals(FailurePolicy.DEFAULT)) {
            b.setFailure(FailurePolicyRecord.newBuilder()
                    .setRetries(p.failure().retries())
                    .setBackoffMs(p.failure().backoff().toMillis())
                    .setThen(p.failure().then().label()));
        }
        return b.build();
    }

    static Policy decode(PolicyRecord r) {
        return new Policy(r.hasFailure() ? decode(r.getFailure()) : FailurePolicy.DEFAULT);
    }

    private static FailurePolicy decode(FailurePolicyRecord r) {
        return new FailurePolicy(
                r.getRetries(),
                Duration.ofMillis(r.getBackoffMs()),
                FailurePolicy.Then.of(r.getThen())
                        .orElseThrow(() -> PlanCodec.unknown("answer to a failure", r.getThen())));
    }
}
