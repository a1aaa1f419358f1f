package dev.rota.coordinator.codec;

import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.wire.journal.v1.GatingRecord;
import dev.rota.wire.journal.v1.NodeStateRecord;
import dev.rota.wire.journal.v1.ReadyRecord;
import dev.rota.wire.journal.v1.RetryingRecord;
import dev.rota.wire.journal.v1.StuckRecord;
import dev.rota.wire.journal.v1.WaitingRecord;
import dev.rota.wire.journal.v1.WorkingRecord;
import java.util.Optional;

/** Where nodes are in their lanes, to and from a snapshot. */
final class NodeStateCodec {
    private NodeStateCodec() {}

    static NodeStateRecord encode(String node, NodeState state) {
        NodeStateRecord.Builder b = NodeStateRecord.newBuilder().setNode(node);
        return state.match(new NodeState.Cases<NodeStateRecord.Builder>() {
                    @Override
                    public NodeStateRecord.Builder waiting(NodeState.Waiting s) {
                        return b.setWaiting(WaitingRecord.getDefaultInstance());
                    }

                    @Override
                    public NodeStateRecord.Builder ready(NodeState.Ready s) {
                        return b.setReady(ReadyRecord.newBuilder().setStep(s.step()));
                    }

                    @Override
                    public NodeStateRecord.Builder working(NodeState.Working s) {
                        return b.setWorking(record(s));
                    }

                    @Override
                    public NodeStateRecord.Builder gating(NodeState.Gating s) {
                        return b.setGating(record(s));
                    }

                    @Override
                    public NodeStateRecord.Builder retrying(NodeState.Retrying s) {
                        return b.setRetrying(RetryingRecord.newBuilder()
                                .setStep(s.step())
                                .setPhase(s.phase().label())
                                .setAttempt(s.attempt())
                                .setUntilUs(Times.micros(s.until()))
                                .setWhy(s.why()));
                    }

                    @Override
                    public NodeStateRecord.Builder stuck(NodeState.Stuck s) {
                        return b.setStuck(StuckRecord.newBuilder()
                                .setStep(s.step())
                                .setPhase(s.phase().label())
                                .setAttempt(s.attempt())
                                .setGate(label(s.gate())));
                    }
                })
                .build();
    }

    static NodeState decode(NodeStateRecord r) {
        return switch (r.getStateCase()) {
            case WAITING -> new NodeState.Waiting();
            case READY -> new NodeState.Ready(r.getReady().getStep());
            case WORKING -> working(r.getWorking());
            case GATING -> gating(r.getGating());
            case STUCK ->
                new NodeState.Stuck(
                        r.getStuck().getStep(),
                        PlanCodec.phase(r.getStuck().getPhase()),
                        r.getStuck().getAttempt(),
                        gate(r.getStuck().getGate()));
            case RETRYING ->
                new NodeState.Retrying(
                        r.getRetrying().getStep(),
                        PlanCodec.phase(r.getRetrying().getPhase()),
                        r.getRetrying().getAttempt(),
                        Times.instant(r.getRetrying().getUntilUs()),
                        r.getRetrying().getWhy());
            case STATE_NOT_SET ->
                throw new IllegalArgumentException("node " + r.getNode() + " is in a state of an unknown kind");
        };
    }

    private static WorkingRecord record(NodeState.Working s) {
        WorkingRecord.Builder b = WorkingRecord.newBuilder()
                .setStep(s.step())
                .setPhase(s.phase().label())
                .setAttempt(s.attempt())
                .setExecutor(s.executor())
                .setSinceUs(Times.micros(s.since()))
                .setDeadlineUs(Times.micros(s.deadline()));
        s.peer().ifPresent(b::setPeer);
        return b.build();
    }

    private static NodeState working(WorkingRecord r) {
        return new NodeState.Working(
                r.getStep(),
                PlanCodec.phase(r.getPhase()),
                r.getAttempt(),
                r.getExecutor(),
                r.hasPeer() ? Optional.of(r.getPeer()) : Optional.empty(),
                Times.instant(r.getSinceUs()),
                Times.instant(r.getDeadlineUs()));
    }

    private static GatingRecord record(NodeState.Gating s) {
        GatingRecord.Builder b = GatingRecord.newBuilder()
                .setStep(s.step())
                .setPhase(s.phase().label())
                .setPurpose(s.purpose().label())
                .setAttempt(s.attempt())
                .setSinceUs(Times.micros(s.since()))
                .setFailingSinceUs(Times.micros(s.failingSince()))
                .addAllEvidence(s.evidence());
        s.passingSince().ifPresent(t -> b.setPassingSinceUs(Times.micros(t)));
        OverseenCodec.encode(s.trace()).ifPresent(b::setTrace);
        return b.build();
    }

    private static NodeState gating(GatingRecord r) {
        return new NodeState.Gating(
                r.getStep(),
                PlanCodec.phase(r.getPhase()),
                purpose(r.getPurpose()),
                r.getAttempt(),
                Times.instant(r.getSinceUs()),
                r.hasPassingSinceUs() ? Optional.of(Times.instant(r.getPassingSinceUs())) : Optional.empty(),
                Times.instant(r.getFailingSinceUs()),
                r.getEvidenceList(),
                OverseenCodec.decode(r.getTrace()));
    }

    static GatePurpose purpose(String label) {
        return GatePurpose.of(label).orElseThrow(() -> PlanCodec.unknown("gate", label));
    }

    /** The gate's word; empty: there is none. */
    static String label(Optional<GatePurpose> gate) {
        return gate.map(GatePurpose::label).orElse("");
    }

    /** The gate with that word, none when it is empty. */
    static Optional<GatePurpose> gate(String label) {
        return label.isEmpty() ? Optional.empty() : Optional.of(purpose(label));
    }
}
