package dev.rota.coordinator.codec;

import com.google.protobuf.CodedOutputStream;
import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Recipe.On;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.Release.ArtifactRef;
import dev.rota.coordinator.domain.WayBack;
import dev.rota.wire.journal.v1.ArtifactRecord;
import dev.rota.wire.journal.v1.BatchRecord;
import dev.rota.wire.journal.v1.LaneRecord;
import dev.rota.wire.journal.v1.MemberRecord;
import dev.rota.wire.journal.v1.PlanRecord;
import dev.rota.wire.journal.v1.PlannedStepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans to and from the journal, and their content address. */
public final class PlanCodec {
    private PlanCodec() {}

    /** The plan under its content address: SHA-256 of its deterministic journal form without the id. */
    public static Plan address(Plan plan) {
        return plan.withId(sha256(canonical(encode(plan.withId("")))));
    }

    /** The first hop stands in the plan's own fields, where it was before plans could have several. */
    static PlanRecord encode(Plan p) {
        PlannedHop first = p.hops().get(0);
        PlanRecord.Builder b = PlanRecord.newBuilder()
                .setId(p.id())
                .setCluster(p.cluster())
                .setProduct(p.product())
                .setRecipeDigest(p.recipeDigest())
                .setFrom(p.from().text())
                .setTo(p.to().text())
                .setMode(first.mode().label())
                .setStrategy(first.strategy().label())
                .setGateInitialMs(p.gate().initial().toMillis())
                .setGateStableMs(p.gate().stable().toMillis())
                .setGateRetryMs(p.gate().retry().toMillis())
                .setGateEveryMs(p.gate().every().toMillis())
                .setMaxUnavailable(p.maxUnavailable())
                .setMinServing(p.minServing())
                .setDowngrade(first.downgrade())
                .setMembersCompared(p.membersCompared())
                .setReplicasCompared(p.replicasCompared())
                .addAllMigrations(first.migrations())
                .setArtifact(encode(first.artifact()))
                .putAllBasis(p.basis())
                .setCreatedAtUs(Times.micros(p.createdAt()))
                .setCreatedBy(p.createdBy());
        first.reasons().forEach(r -> b.addReasons(EvidenceCodec.encode(r)));
        first.undo().forEach(u -> b.addUndo(EvidenceCodec.encode(u)));
        p.hops().stream().skip(1).forEach(hop -> b.addLaterHops(HopCodec.encode(hop)));
        if (!p.evidence().equals(Evidence.none())) {
            b.setEvidence(EvidenceCodec.encode(p.evidence()));
        }
        if (!p.policy().equals(Policy.DEFAULT)) {
            b.setPolicy(PolicyCodec.encode(p.policy()));
        }
        if (!first.wayBack().equals(WayBack.NONE)) {
            b.setWayBack(HopCodec.encode(first.wayBack()));
        }
        first.takesBack().ifPresent(t -> b.setTakesBack(HopCodec.encode(t)));
        p.path().forEach(v -> b.addPath(v.text()));
        p.members()
                .forEach(m -> b.addMembers(MemberRecord.newBuilder()
                        .setNode(m.node())
                        .setMember(m.member())
                        .setZone(m.zone())
                        .setVersion(m.version().text())
                        .setArtifactSha256(m.artifactSha256())));
        p.batches().forEach(batch -> b.addBatches(encode(batch)));
        return b.build();
    }

    private static BatchRecord encode(Plan.Batch batch) {
        BatchRecord.Builder b = BatchRecord.newBuilder().setTitle(batch.title()).setSafePoint(batch.safePoint());
        for (Plan.Lane lane : batch.lanes()) {
            LaneRecord.Builder l = LaneRecord.newBuilder().setNode(lane.node());
            lane.steps().forEach(step -> l.addSteps(encode(step)));
            b.addLanes(l);
        }
        return b.build();
    }

    static PlannedStepRecord encode(Plan.PlannedStep s) {
        PlannedStepRecord.Builder b = PlannedStepRecord.newBuilder()
                .setPhase(s.phase().label())
                .setOn(s.on().name().toLowerCase(Locale.ROOT))
                .setWithinMs(s.within().toMillis())
                .setActs(s.acts())
                .setBack(s.back())
                .setUndo(s.undo());
        s.estimate().ifPresent(e -> b.setEstimateMs(e.toMillis()));
        return b.build();
    }

    static ArtifactRecord encode(ArtifactRef a) {
        return ArtifactRecord.newBuilder()
                .setSha256(a.sha256())
                .setSizeBytes(a.sizeBytes())
                .setFileName(a.fileName())
                .build();
    }

    static ArtifactRef decode(ArtifactRecord a) {
        return new ArtifactRef(a.getSha256(), a.getSizeBytes(), a.getFileName());
    }

    static Plan decode(PlanRecord r) {
        return new Plan(
                r.getId(),
                r.getCluster(),
                r.getProduct(),
                r.getRecipeDigest(),
                hops(r),
                r.getMembersList().stream()
                        .map(m -> new Plan.Member(
                                m.getNode(),
                                m.getMember(),
                                m.getZone(),
                                Version.parse(m.getVersion()),
                                m.getArtifactSha256()))
                        .toList(),
                r.getBatchesList().stream().map(PlanCodec::decode).toList(),
                new GateSettings(
                        Duration.ofMillis(r.getGateInitialMs()),
                        Duration.ofMillis(r.getGateStableMs()),
                        Duration.ofMillis(r.getGateRetryMs()),
                        Duration.ofMillis(r.getGateEveryMs())),
                r.getMaxUnavailable(),
                r.getMinServing(),
                r.getMembersCompared(),
                r.getReplicasCompared(),
                EvidenceCodec.decode(r.getEvidence()),
                PolicyCodec.decode(r.getPolicy()),
                ObservationCodec.sorted(r.getBasisMap()),
                Times.instant(r.getCreatedAtUs()),
                r.getCreatedBy());
    }

    private static List<PlannedHop> hops(PlanRecord r) {
        List<PlannedHop> later =
                r.getLaterHopsList().stream().map(HopCodec::decode).toList();
        Version to = later.isEmpty() ? Version.parse(r.getTo()) : later.get(0).from();
        List<PlannedHop> hops = new ArrayList<>();
        hops.add(new PlannedHop(
                Version.parse(r.getFrom()),
                to,
                0,
                HopCodec.mode(r.getMode()),
                HopCodec.strategy(r.getStrategy()),
                r.getReasonsList().stream().map(EvidenceCodec::decode).toList(),
                r.getMigrationsList(),
                r.getDowngrade(),
                decode(r.getArtifact()),
                r.getUndoList().stream().map(EvidenceCodec::decode).toList(),
                HopCodec.decode(r.getWayBack()),
                r.hasTakesBack() ? Optional.of(HopCodec.decode(r.getTakesBack())) : Optional.empty()));
        hops.addAll(later);
        return hops;
    }

    private static Plan.Batch decode(BatchRecord b) {
        return new Plan.Batch(
                b.getTitle(),
                b.getLanesList().stream()
                        .map(l -> new Plan.Lane(
                                l.getNode(),
                                l.getStepsList().stream().map(PlanCodec::decode).toList()))
                        .toList(),
                b.getSafePoint());
    }

    static Plan.PlannedStep decode(PlannedStepRecord s) {
        return new Plan.PlannedStep(
                phase(s.getPhase()),
                On.valueOf(s.getOn().toUpperCase(Locale.ROOT)),
                Duration.ofMillis(s.getWithinMs()),
                s.getActs(),
                s.hasEstimateMs() ? Optional.of(Duration.ofMillis(s.getEstimateMs())) : Optional.empty(),
                s.getBack(),
                s.getUndo());
    }

    static Phase phase(String label) {
        return Phase.of(label).orElseThrow(() -> unknown("phase", label));
    }

    static IllegalArgumentException unknown(String what, String value) {
        return new IllegalArgumentException("unknown " + what + " '" + value + "'");
    }

    private static byte[] canonical(PlanRecord record) {
        byte[] bytes = new byte[record.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            record.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
