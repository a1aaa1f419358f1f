package dev.rota.coordinator.grpc;

import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Reversibility;
import dev.rota.coordinator.domain.Turns;
import dev.rota.coordinator.domain.Undo;
import dev.rota.coordinator.plan.GoingBack;
import dev.rota.wire.operator.v1.Batch;
import dev.rota.wire.operator.v1.Gate;
import dev.rota.wire.operator.v1.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plans as operators see them. */
public final class PlanViews {
    private PlanViews() {}

    /** A plan that is kept, or only shown ({@code dryRun}). */
    public static dev.rota.wire.operator.v1.Plan plan(Plan p, boolean dryRun) {
        PlannedHop deciding = p.deciding();
        var b = dev.rota.wire.operator.v1.Plan.newBuilder()
                .setId(p.id())
                .setCluster(p.cluster())
                .setProduct(p.product())
                .setFrom(p.from().text())
                .setTo(p.to().text())
                .setMode(p.mode().label())
                .setStrategy(strategy(deciding))
                .setMaxUnavailable(p.maxUnavailable())
                .setMinServing(p.minServing())
                .setCreatedAt(Times.timestamp(p.createdAt()))
                .setCreatedBy(p.createdBy())
                .setArtifactSha256(p.hops().get(p.hops().size() - 1).artifact().sha256())
                .setRecipeDigest(p.recipeDigest())
                .setDryRun(dryRun)
                .setEstimateMs(estimate(p.batches()))
                .setFailure(Policies.wire(p.policy().failure()))
                .setAgain(p.evidence().again())
                .putAllBasis(p.basis())
                .setOperation(p.operation())
                .setRollbackOf(rollbackOf(p))
                .setRestores(restores(p))
                .setOversight(Oversights.wire(p.oversight()))
                .addAllPausesBefore(p.policy().turns().pausesBefore())
                .setMaxUnavailableAsked(p.policy().turns().maxUnavailableAsked())
                .setMinServingAsked(p.policy().turns().minServingAsked())
                .setGate(Gate.newBuilder()
                        .setWaitMs((int) p.gate().initial().toMillis())
                        .setStableMs((int) p.gate().stable().toMillis())
                        .setRetryMs((int) p.gate().retry().toMillis())
                        .setEveryMs((int) p.gate().every().toMillis()));
        p.policy().turns().order().forEach(place -> b.addOrder(place(place)));
        deciding.reasons().forEach(r -> b.addReasons(reason(r)));
        p.path().forEach(v -> b.addPath(v.text()));
        p.hops().forEach(hop -> b.addAllMigrations(hop.migrations()).addHops(hop(p, hop)));
        p.evidence().findings().forEach(c -> b.addFindings(citation(c)));
        p.evidence().manual().forEach(m -> b.addManual(manual(m, p)));
        b.putAllAssumed(p.evidence().assumed()).setOverride(p.evidence().override());
        List<Reversibility> back = GoingBack.afterEachBatch(p);
        for (int i = 0; i < p.batches().size(); i++) {
            b.addBatches(batch(p.batches().get(i)).setReversibility(back.get(i).label()));
        }
        return b.build();
    }

    private static dev.rota.wire.operator.v1.Place place(Turns.Place p) {
        return dev.rota.wire.operator.v1.Place.newBuilder()
                .setBatch(p.batch())
                .setNode(p.node())
                .setWhy(p.why().label())
                .setSentence(p.sentence())
                .build();
    }

    private static dev.rota.wire.operator.v1.Hop hop(Plan p, PlannedHop hop) {
        List<Plan.Batch> own = p.batches().subList(hop.firstBatch(), p.endOf(hop));
        var b = dev.rota.wire.operator.v1.Hop.newBuilder()
                .setFrom(hop.from().text())
                .setTo(hop.to().text())
                .setMode(hop.mode().label())
                .setStrategy(strategy(hop))
                .setArtifactSha256(hop.artifact().sha256())
                .addAllMigrations(hop.migrations())
                .setFirstBatch(hop.firstBatch())
                .setBatches(own.size())
                .setEstimateMs(estimate(own));
        hop.reasons().forEach(r -> b.addReasons(reason(r)));
        hop.undo().forEach(u -> b.addUndo(undo(u)));
        return b.build();
    }

    private static String strategy(PlannedHop hop) {
        return hop.mode() == Mode.FULL_STOP ? hop.strategy().label() : "";
    }

    private static dev.rota.wire.operator.v1.Undo undo(Undo u) {
        var b = dev.rota.wire.operator.v1.Undo.newBuilder()
                .setPossible(u.possible())
                .setSentence(u.sentence());
        u.cited().ifPresent(c -> b.setCited(citation(c)));
        return b.build();
    }

    /** The longest lane of each batch; 0 when one is not known. */
    private static long estimate(List<Plan.Batch> batches) {
        long sum = 0;
        for (Plan.Batch batch : batches) {
            List<Optional<Duration>> lanes =
                    batch.lanes().stream().map(PlanViews::estimate).toList();
            if (lanes.stream().anyMatch(Optional::isEmpty)) {
                return 0;
            }
            sum += lanes.stream()
                    .mapToLong(l -> l.map(Duration::toMillis).orElse(0L))
                    .max()
                    .orElse(0);
        }
        return sum;
    }

    private static Optional<Duration> estimate(Plan.Lane lane) {
        return lane.steps().stream()
                .map(Plan.PlannedStep::estimate)
                .reduce(Optional.of(Duration.ZERO), (a, b) -> a.flatMap(x -> b.map(x::plus)));
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
        boolean after = m.beforeBatch() >= p.batches().size() || p.beginsHop(m.beforeBatch());
        PlannedHop hop = p.hopOf(after ? m.beforeBatch() - 1 : m.beforeBatch());
        var b = dev.rota.wire.operator.v1.ManualStep.newBuilder()
                .setId(m.id())
                .setWhen(after ? "after" : stopped(p, hop, m) ? "stopped" : "before-start")
                .setRelease(hop.to().text())
                .setTitle(m.title())
                .addAllLines(m.lines());
        m.cited().ifPresent(c -> b.setCited(citation(c)));
        return b.build();
    }

    /** In a full stop, when a node has been stopped before. */
    private static boolean stopped(Plan p, PlannedHop hop, ManualStep m) {
        return hop.mode() == Mode.FULL_STOP
                && p.batches().subList(hop.firstBatch(), m.beforeBatch()).stream()
                        .flatMap(b -> b.lanes().stream())
                        .flatMap(l -> l.steps().stream())
                        .anyMatch(s -> s.phase() == Phase.STOP);
    }

    /** The rule that decided. */
    static dev.rota.wire.operator.v1.Reason deciding(Plan p) {
        return p.deciding().reasons().stream()
                .filter(Reason::decided)
                .findFirst()
                .map(PlanViews::reason)
                .orElseGet(dev.rota.wire.operator.v1.Reason::getDefaultInstance);
    }

    /** The rollout a plan takes back; empty when it takes none back. */
    static String rollbackOf(Plan p) {
        return p.takesBack().orElse("");
    }

    /** The backup a plan puts back, as its hop and the node; empty when that is not what it does. */
    static String restores(Plan p) {
        return p.restores()
                .map(t -> t.hopId() + " of " + t.restored().firstKey())
                .orElse("");
    }

    private static Batch.Builder batch(Plan.Batch batch) {
        Batch.Builder b = Batch.newBuilder().setTitle(batch.title());
        batch.lanes()
                .forEach(l -> b.addLanes(Lane.newBuilder()
                        .setNode(l.node())
                        .addAllPhases(
                                l.steps().stream().map(Plan.PlannedStep::title).toList())
                        .setEstimateMs(estimate(l).map(Duration::toMillis).orElse(0L))));
        return b;
    }
}
