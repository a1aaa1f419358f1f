package dev.rota.coordinator.grpc;

import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Reason;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Gate;
import dev.rota.wire.operator.v1.Lane;

/** Plans as operators see them. */
final class PlanViews {
    private PlanViews() {}

    static dev.rota.wire.operator.v1.Plan plan(Plan p) {
        var b = dev.rota.wire.operator.v1.Plan.newBuilder()
                .setId(p.id())
                .setCluster(p.cluster())
                .setProduct(p.product())
                .setFrom(p.from().text())
                .setTo(p.to().text())
                .setMode(p.mode().label())
                .setStrategy(p.mode() == Mode.FULL_STOP ? p.strategy().label() : "")
                .setMaxUnavailable(p.maxUnavailable())
                .setMinServing(p.minServing())
                .setCreatedAt(Times.timestamp(p.createdAt()))
                .setCreatedBy(p.createdBy())
                .setArtifactSha256(p.artifact().sha256())
                .setRecipeDigest(p.recipeDigest())
                .setGate(Gate.newBuilder()
                        .setWaitMs((int) p.gate().initial().toMillis())
                        .setStableMs((int) p.gate().stable().toMillis())
                        .setRetryMs((int) p.gate().retry().toMillis())
                        .setEveryMs((int) p.gate().every().toMillis()));
        p.reasons().forEach(r -> b.addReasons(reason(r)));
        p.path().forEach(v -> b.addPath(v.text()));
        b.addAllMigrations(p.migrations());
        p.evidence().findings().forEach(c -> b.addFindings(citation(c)));
        p.evidence().manual().forEach(m -> b.addManual(manual(m, p)));
        b.putAllAssumed(p.evidence().assumed()).setOverride(p.evidence().override());
        p.batches().forEach(batch -> b.addBatches(batch(batch)));
        return b.build();
    }

    static dev.rota.wire.operator.v1.Reason reason(Reason r) {
        var b = dev.rota.wire.operator.v1.Reason.newBuilder()
                .setCode(r.code().name())
                .setSentence(r.sentence())
                .setDecided(r.decided());
        r.cited().ifPresent(c -> b.setCited(citation(c)));
        return b.build();
    }

    private static dev.rota.wire.operator.v1.Citation citation(Citation c) {
        return dev.rota.wire.operator.v1.Citation.newBuilder()
                .setKind(c.kind())
                .setFile(c.file())
                .setFirstLine(c.firstLine())
                .setLastLine(c.lastLine())
                .setQuote(c.quote())
                .build();
    }

    private static dev.rota.wire.operator.v1.ManualStep manual(ManualStep m, Plan p) {
        var b = dev.rota.wire.operator.v1.ManualStep.newBuilder()
                .setId(m.id())
                .setWhen(m.beforeBatch() < p.batches().size() ? "before-start" : "after")
                .setTitle(m.title())
                .addAllLines(m.lines());
        m.cited().ifPresent(c -> b.setCited(citation(c)));
        return b.build();
    }

    /** The rule that decided. */
    static dev.rota.wire.operator.v1.Reason deciding(Plan p) {
        return p.reasons().stream()
                .filter(Reason::decided)
                .findFirst()
                .map(PlanViews::reason)
                .orElseGet(dev.rota.wire.operator.v1.Reason::getDefaultInstance);
    }

    private static Batch batch(Plan.Batch batch) {
        Batch.Builder b = Batch.newBuilder().setTitle(batch.title());
        batch.lanes()
                .forEach(l -> b.addLanes(Lane.newBuilder()
                        .setNode(l.node())
                        .addAllPhases(
                                l.steps().stream().map(s -> s.phase().label()).toList())));
        return b.build();
    }
}
