package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Turns;
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
        if (!p.mixedLimit().equals(Policy.DEFAULT_MIXED_LIMIT)) {
            b.setMixedLimitMs(p.mixedLimit().toMillis());
        }
        if (!p.oversight().equals(Oversight.none())) {
            b.setOversight(OversightCodec.encode(p.oversight()));
        }
        if (!p.turns().equals(Turns.PLAIN)) {
            b.setTurns(TurnsCodec.encode(p.turns()));
        }
        return b.build();
    }

    static Policy decode(PolicyRecord r) {
        return new Policy(
                r.hasFailure() ? decode(r.getFailure()) : FailurePolicy.DEFAULT,
                r.getMixedLimitMs() == 0 ? Policy.DEFAULT_MIXED_LIMIT : Duration.ofMillis(r.getMixedLimitMs()),
                r.hasOversight() ? OversightCodec.decode(r.getOversight()) : Oversight.none(),
                r.hasTurns() ? TurnsCodec.decode(r.getTurns()) : Turns.PLAIN);
    }

    private static FailurePolicy decode(FailurePolicyRecord r) {
        return new FailurePolicy(
                r.getRetries(),
                Duration.ofMillis(r.getBackoffMs()),
                FailurePolicy.Then.of(r.getThen())
                        .orElseThrow(() -> PlanCodec.unknown("answer to a failure", r.getThen())));
    }
}
