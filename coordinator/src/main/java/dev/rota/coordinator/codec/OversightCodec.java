package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.wire.journal.v1.BlockerPlanRecord;
import dev.rota.wire.journal.v1.KnownRecord;
import dev.rota.wire.journal.v1.OversightRecord;
import dev.rota.wire.journal.v1.ProbePlanRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What watches over a rollout beside its agents, to and from the journal. */
final class OversightCodec {
    private OversightCodec() {}

    static OversightRecord encode(Oversight o) {
        OversightRecord.Builder b =
                OversightRecord.newBuilder().setBlockedLimitMs(o.blockedLimit().toMillis());
        o.probe()
                .ifPresent(p -> b.setProbe(ProbePlanRecord.newBuilder()
                        .setWhat(p.what())
                        .setEveryMs(p.every().toMillis())
                        .setTimeoutMs(p.timeout().toMillis())));
        o.budget().downtime().ifPresent(d -> b.setDowntimeBudgetMs(d.toMillis()));
        o.budget().failedProbes().ifPresent(b::setFailedProbesBudget);
        o.blockers()
                .forEach(x -> b.addBlockers(
                        BlockerPlanRecord.newBuilder().setName(x.name()).setWhat(x.what())));
        o.between().ifPresent(d -> b.setBetweenMs(d.toMillis()));
        return b.addAllKnown(encodeKnown(o.known())).build();
    }

    static Oversight decode(OversightRecord r) {
        return new Oversight(
                r.hasProbe() ? Optional.of(decode(r.getProbe())) : Optional.empty(),
                new Budget(
                        r.hasDowntimeBudgetMs()
                                ? Optional.of(Duration.ofMillis(r.getDowntimeBudgetMs()))
                                : Optional.empty(),
                        r.hasFailedProbesBudget() ? Optional.of(r.getFailedProbesBudget()) : Optional.empty()),
                r.getBlockersList().stream()
                        .map(b -> new BlockerPlan(b.getName(), b.getWhat()))
                        .toList(),
                Duration.ofMillis(r.getBlockedLimitMs()),
                r.hasBetweenMs() ? Optional.of(Duration.ofMillis(r.getBetweenMs())) : Optional.empty(),
                decodeKnown(r.getKnownList()));
    }

    private static ProbePlan decode(ProbePlanRecord p) {
        return new ProbePlan(p.getWhat(), Duration.ofMillis(p.getEveryMs()), Duration.ofMillis(p.getTimeoutMs()));
    }

    static List<KnownRecord> encodeKnown(List<Known> known) {
        return known.stream()
                .map(k -> KnownRecord.newBuilder()
                        .setNode(k.node())
                        .setCode(k.code())
                        .setSentence(k.sentence())
                        .build())
                .toList();
    }

    static List<Known> decodeKnown(List<KnownRecord> known) {
        return known.stream()
                .map(k -> new Known(k.getNode(), k.getCode(), k.getSentence()))
                .toList();
    }
}
