package dev.rota.coordinator.grpc;

import dev.rota.coordinator.codec.Times;
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
        p.batches().forEach(batch -> b.addBatches(batch(batch)));
        return b.build();
    }

    static dev.rota.wire.operator.v1.Reason reason(Reason r) {
        return dev.rota.wire.operator.v1.Reason.newBuilder()
                .setCode(r.code().name())
                .setSentence(r.sentence())
                .setDecided(r.decided())
                .build();
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
