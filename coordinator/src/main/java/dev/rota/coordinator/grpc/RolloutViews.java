package dev.rota.coordinator.grpc;

import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.rollout.Accounting;
import dev.rota.coordinator.rollout.CanaryPause;
import dev.rota.coordinator.rollout.Deeds;
import dev.rota.coordinator.rollout.GateFacts;
import dev.rota.coordinator.rollout.MixedVersions;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.Outstanding;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Stall;
import dev.rota.coordinator.rollout.StepRecord;
import dev.rota.coordinator.rollout.Turnback;
import dev.rota.coordinator.rollout.Why;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Hold;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollback;
import dev.rota.wire.operator.v1.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rollouts as operators see them. */
public final class RolloutViews {
    private RolloutViews() {}

    /** {@code connected} tells whether a node's agent is connected now. */
    static Rollout rollout(RolloutState s, Instant now, Predicate<String> connected) {
        Plan p = s.plan();
        Accounting time = Accounting.of(s, now);
        Rollout.Builder b = Rollout.newBuilder()
                .setId(s.id())
                .setPlanId(p.id())
                .setCluster(p.cluster())
                .setProduct(p.product())
                .setFrom(p.from().text())
                .setTo(p.to().text())
                .setMode(p.mode().label())
                .setReason(PlanViews.deciding(p))
                .setState(s.status().label())
                .setStartedAt(Times.timestamp(s.startedAt()))
                .setStartedBy(s.startedBy())
                .setStepsDone((int) doneSteps(s))
                .setStepsTotal(p.stepCount())
                .setProductMs(time.productMs())
                .setHeldMs(time.heldMs())
                .setOverheadMs(time.overheadMs())
                .setRevision(s.revision())
                .setOperation(p.operation())
                .setRollbackOf(PlanViews.rollbackOf(p))
                .setRestores(PlanViews.restores(p))
                .setReversibility(Deeds.fromHere(s).label())
                .setGoingBack(Deeds.sentence(s));
        p.path().forEach(v -> b.addPath(v.text()));
        b.setHop(p.hops().indexOf(s.hop()) + 1);
        s.status().endedAt().ifPresent(t -> b.setEndedAt(Times.timestamp(t)));
        Stall.of(s, now).ifPresent(stall -> b.setStalled(stalled(stall, stall.cause(s, connected))));
        MixedVersions.of(s)
                .ifPresent(m -> b.setMixedSince(Times.timestamp(m.since()))
                        .setMixedLimitMs((int) m.limit().toMillis())
                        .setMixedTooLong(m.tooLong(now)));
        if (s.status() instanceof RolloutStatus.Held h) {
            b.setHold(Hold.newBuilder()
                    .setCode(h.code())
                    .setNode(h.node())
                    .setPhase(h.phase().label())
                    .setSentence(h.sentence())
                    .addAllEvidence(h.evidence())
                    .setSince(Times.timestamp(h.since()))
                    .addAllAnswers(answers(Why.answers(s))));
        }
        if (s.status() instanceof RolloutStatus.Unconfirmed u) {
            b.setHold(Hold.newBuilder()
                    .setCode(Why.MANUAL_STEP)
                    .setSentence(Why.manual(u))
                    .addAllEvidence(Why.toDo(s))
                    .setSince(Times.timestamp(u.since()))
                    .addAllAnswers(answers(Why.answers(s))));
        }
        Oversights.report(s, now).ifPresent(b::setProbe);
        b.addAllAlreadyBroken(Oversights.wire(s.overseen().known()));
        CanaryPause.of(s)
                .ifPresent(pause -> b.setHold(Hold.newBuilder()
                        .setCode(CanaryPause.CODE)
                        .setSentence(pause.sentence())
                        .addAllEvidence(pause.evidence(s))
                        .setSince(Times.timestamp(pause.since()))
                        .addAllAnswers(answers(Why.answers(s)))));
        rollback(s).ifPresent(b::setRollback);
        p.members().forEach(m -> b.addNodes(node(s, m.node())));
        return b.build();
    }

    private static dev.rota.wire.operator.v1.Stall stalled(Stall stall, String cause) {
        return dev.rota.wire.operator.v1.Stall.newBuilder()
                .setSince(Times.timestamp(stall.since()))
                .setNode(stall.node().orElse(""))
                .setPhase(stall.phase().map(Phase::label).orElse(""))
                .setSubject(stall.subject())
                .setCause(cause)
                .build();
    }

    /** A phase counts once however many attempts it took; a phase that is only a gate counts by its gate. */
    private static long doneSteps(RolloutState s) {
        return s.history().stream()
                .filter(r -> !r.back())
                .filter(r -> r.outcome() == dev.rota.coordinator.domain.StepReport.Outcome.DONE)
                .filter(r -> r.gate().isEmpty() || r.gate().get() == dev.rota.coordinator.rollout.GatePurpose.VERIFY)
                .map(r -> r.batch() + "/" + r.node() + "/" + r.phase())
                .distinct()
                .count();
    }

    /** The word for a node that has nothing to do at the moment. */
    static String resting(RolloutState s, String node) {
        if (s.back().containsKey(node)) {
            return "rolled back";
        }
        if (s.leftOut(node)) {
            return "skipped";
        }
        boolean last = s.hop().equals(s.plan().hopOf(s.plan().batches().size()));
        boolean done = (last && s.facts().upgraded().contains(node))
                || s.plan().batches().stream().noneMatch(x -> x.lane(node).isPresent());
        return done ? "done" : "waiting";
    }

    private static Optional<Rollback> rollback(RolloutState s) {
        if (s.back().isEmpty()) {
            return Optional.empty();
        }
        Turnback first = s.back().values().iterator().next();
        return Optional.of(Rollback.newBuilder()
                .setBy(first.by())
                .setAt(Times.timestamp(first.at()))
                .setWhy(first.why())
                .setTo(s.hop().from().text())
                .addAllNodes(s.back().keySet())
                .setAll(s.back().values().stream().anyMatch(Turnback::all))
                .build());
    }

    private static NodeProgress node(RolloutState s, String node) {
        NodeProgress.Builder b = NodeProgress.newBuilder()
                .setNode(node)
                .setOutOfService(s.facts().outOfService().contains(node));
        s.history().stream().filter(r -> r.node().equals(node)).forEach(r -> {
            if (r.gate().isPresent()) {
                b.addGates(record(r).setMessage(r.gate().get().label()));
            } else {
                b.addSteps(record(r));
            }
        });
        s.node(node).match(new NodeState.Cases<NodeProgress.Builder>() {
            @Override
            public NodeProgress.Builder waiting(NodeState.Waiting w) {
                return b.setState(resting(s, node));
            }

            @Override
            public NodeProgress.Builder ready(NodeState.Ready r) {
                return b.setState("waiting")
                        .setDetail("waits for " + Why.waitsFor(s, node).orElse("its next step"));
            }

            @Override
            public NodeProgress.Builder working(NodeState.Working w) {
                String title = Outstanding.title(s, node, w);
                b.addSteps(dev.rota.wire.operator.v1.StepRecord.newBuilder()
                        .setPhase(title)
                        .setAttempt(w.attempt())
                        .setExecutor(w.executor())
                        .setOutcome("running")
                        .setStartedAt(Times.timestamp(w.since()))
                        .setBack(s.back().containsKey(node)));
                return b.setState(title)
                        .setAttempt(w.attempt())
                        .setSince(Times.timestamp(w.since()))
                        .setDetail(w.executor().equals(node) ? "" : "carried out by " + w.executor());
            }

            @Override
            public NodeProgress.Builder gating(NodeState.Gating g) {
                String why = g.evidence().isEmpty() ? "" : ": " + g.evidence().get(0);
                return b.setState("gate")
                        .putAllGateFacts(GateFacts.of(g))
                        .setAttempt(g.attempt())
                        .setSince(Times.timestamp(g.since()))
                        .setDetail(g.purpose().label() + " gate" + why);
            }

            @Override
            public NodeProgress.Builder retrying(NodeState.Retrying r) {
                return b.setState("retrying")
                        .setAttempt(r.attempt())
                        .setDetail(r.phase().label() + " again at " + r.until());
            }

            @Override
            public NodeProgress.Builder stuck(NodeState.Stuck st) {
                return b.setState("held")
                        .setAttempt(st.attempt())
                        .setDetail(st.phase().label());
            }
        });
        if (s.back().containsKey(node) && !(s.node(node) instanceof NodeState.Waiting)) {
            String doing = b.getDetail().isEmpty() ? b.getState() : b.getState() + ", " + b.getDetail();
            b.setState("rolling back").setDetail(doing);
        }
        return b.build();
    }

    private static dev.rota.wire.operator.v1.StepRecord.Builder record(StepRecord r) {
        return dev.rota.wire.operator.v1.StepRecord.newBuilder()
                .setPhase(r.undo() ? "undo " + r.phase().label() : r.phase().label())
                .setAttempt(r.attempt())
                .setExecutor(r.executor())
                .setOutcome(r.outcome().label())
                .setStartedAt(Times.timestamp(r.startedAt()))
                .setFinishedAt(Times.timestamp(r.finishedAt()))
                .setTookMs((int) r.tookMs())
                .setCommandMs((int) r.commandMs())
                .setWaitMs((int) r.waitMs())
                .setMessage(r.message())
                .putAllFacts(r.facts())
                .setBack(r.back());
    }

    /**
     * What a rollout waits for.
     *
     * @param connected whether a node's agent is connected now
     */
    public static Explanation explanation(String subject, RolloutState s, Predicate<String> connected, Instant now) {
        Why why = Why.explain(s, connected, now);
        Explanation.Builder b = Explanation.newBuilder()
                .setSubject(subject)
                .setState(why.state())
                .setWaitingFor(why.waitingFor())
                .addAllEvidence(why.evidence())
                .addAllAnswers(answers(why.answers()))
                .setCode(why.code());
        why.since().ifPresent(t -> b.setSince(Times.timestamp(t)));
        why.node().ifPresent(b::setNode);
        why.phase().ifPresent(p -> b.setPhase(p.label()));
        return b.build();
    }

    private static List<Answer> answers(List<Why.Answer> answers) {
        return answers.stream()
                .map(a -> Answer.newBuilder()
                        .setName(a.name())
                        .setEffect(a.effect())
                        .setCommand(a.command())
                        .build())
                .toList();
    }
}
