package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.rollout.Facts;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.StepRecord;
import dev.rota.coordinator.rollout.Turnback;
import dev.rota.wire.journal.v1.AttemptsRecord;
import dev.rota.wire.journal.v1.EndedStepRecord;
import dev.rota.wire.journal.v1.FactsRecord;
import dev.rota.wire.journal.v1.RolloutRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rollouts to and from a snapshot. */
final class RolloutCodec {
    private RolloutCodec() {}

    /**
     * A rollout's record.
     *
     * @param plan index of its plan in the snapshot
     */
    static RolloutRecord encode(RolloutState s, int plan) {
        RolloutRecord.Builder b = RolloutRecord.newBuilder()
                .setId(s.id())
                .setPlan(plan)
                .setStartedBy(s.startedBy())
                .setStartedAtUs(Times.micros(s.startedAt()))
                .setRevision(s.revision())
                .setStatus(StatusCodec.encode(s.status()))
                .setBatch(s.batch())
                .setFacts(encode(s.facts()))
                .setWaitedUs(s.waited().dividedBy(ChronoUnit.MICROS.getDuration()));
        s.nodes().forEach((node, state) -> b.addNodes(NodeStateCodec.encode(node, state)));
        s.attempts()
                .forEach((step, count) ->
                        b.addAttempts(AttemptsRecord.newBuilder().setStep(step).setCount(count)));
        s.history().forEach(step -> b.addHistory(encode(step)));
        s.mixedSince().ifPresent(t -> b.setMixedSinceUs(Times.micros(t)));
        s.added().forEach(step -> b.addAdded(EvidenceCodec.encode(step)));
        OverseenCodec.encode(s.overseen()).ifPresent(b::setOverseen);
        s.back().forEach((node, t) -> b.addBack(TurnbackCodec.encode(node, t)));
        s.skipped().forEach(skip -> b.addSkipped(TurnbackCodec.encode(skip)));
        s.compensations().forEach(c -> b.addCompensations(CompensationCodec.encode(c)));
        return b.build();
    }

    static RolloutState decode(RolloutRecord r, List<Plan> plans) {
        if (Integer.compareUnsigned(r.getPlan(), plans.size()) >= 0) {
            throw new IllegalArgumentException("rollout " + r.getId() + " has plan "
                    + Integer.toUnsignedString(r.getPlan()) + " of " + plans.size());
        }
        SortedMap<String, NodeState> nodes = new TreeMap<>();
        r.getNodesList().forEach(n -> nodes.put(n.getNode(), NodeStateCodec.decode(n)));
        SortedMap<String, Turnback> back = new TreeMap<>();
        r.getBackList().forEach(t -> back.put(t.getNode(), TurnbackCodec.decode(t)));
        SortedMap<String, Integer> attempts = new TreeMap<>();
        r.getAttemptsList().forEach(a -> attempts.put(a.getStep(), a.getCount()));
        return new RolloutState(
                r.getId(),
                plans.get(r.getPlan()),
                r.getStartedBy(),
                Times.instant(r.getStartedAtUs()),
                r.getRevision(),
                StatusCodec.decode(r.getStatus()),
                r.getBatch(),
                nodes,
                decode(r.getFacts()),
                attempts,
                r.getHistoryList().stream().map(RolloutCodec::decode).toList(),
                r.hasMixedSinceUs() ? Optional.of(Times.instant(r.getMixedSinceUs())) : Optional.empty(),
                Duration.of(r.getWaitedUs(), ChronoUnit.MICROS),
                r.getAddedList().stream().map(EvidenceCodec::decode).toList(),
                back,
                r.getSkippedList().stream().map(TurnbackCodec::decode).toList(),
                r.getCompensationsList().stream().map(CompensationCodec::decode).toList(),
                OverseenCodec.decode(r));
    }

    private static FactsRecord encode(Facts f) {
        return FactsRecord.newBuilder()
                .addAllOutOfService(f.outOfService())
                .addAllLeft(f.left())
                .addAllDown(f.down())
                .addAllBackedUp(f.backedUp())
                .addAllVerified(f.verified())
                .addAllUpgraded(f.upgraded())
                .addAllConfirmed(f.confirmed())
                .build();
    }

    private static Facts decode(FactsRecord r) {
        return new Facts(
                new TreeSet<>(r.getOutOfServiceList()),
                new TreeSet<>(r.getLeftList()),
                new TreeSet<>(r.getDownList()),
                new TreeSet<>(r.getBackedUpList()),
                new TreeSet<>(r.getVerifiedList()),
                new TreeSet<>(r.getUpgradedList()),
                new TreeSet<>(r.getConfirmedList()));
    }

    private static EndedStepRecord encode(StepRecord s) {
        return EndedStepRecord.newBuilder()
                .setBatch(s.batch())
                .setNode(s.node())
                .setPhase(s.phase().label())
                .setGate(NodeStateCodec.label(s.gate()))
                .setAttempt(s.attempt())
                .setExecutor(s.executor())
                .setOutcome(s.outcome().label())
                .setStartedAtUs(Times.micros(s.startedAt()))
                .setFinishedAtUs(Times.micros(s.finishedAt()))
                .setCommandMs(s.commandMs())
                .setWaitMs(s.waitMs())
                .setMessage(s.message())
                .putAllFacts(s.facts())
                .setBack(s.back())
                .setUndo(s.undo())
                .build();
    }

    private static StepRecord decode(EndedStepRecord r) {
        return new StepRecord(
                r.getBatch(),
                r.getNode(),
                PlanCodec.phase(r.getPhase()),
                NodeStateCodec.gate(r.getGate()),
                r.getAttempt(),
                r.getExecutor(),
                StepCodec.outcome(r.getOutcome()),
                Times.instant(r.getStartedAtUs()),
                Times.instant(r.getFinishedAtUs()),
                r.getCommandMs(),
                r.getWaitMs(),
                r.getMessage(),
                ObservationCodec.sorted(r.getFactsMap()),
                r.getBack(),
                r.getUndo());
    }
}
