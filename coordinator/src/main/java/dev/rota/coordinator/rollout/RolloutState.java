package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One execution of a plan.
 *
 * @param revision number of events applied; a proposal for another revision is rejected
 * @param batch index of the current batch; the number of batches when all are done
 * @param nodes state of every node of the cluster
 * @param attempts how often each phase of each node was started, by {@code node/phase}
 * @param history ended steps and gates, oldest first
 * @param mixedSince since when two versions run side by side
 * @param waited how long persons let it wait, until the wait that has not ended
 * @param added manual steps that came up after it was planned
 */
public record RolloutState(
        String id,
        Plan plan,
        String startedBy,
        Instant startedAt,
        long revision,
        RolloutStatus status,
        int batch,
        SortedMap<String, NodeState> nodes,
        Facts facts,
        SortedMap<String, Integer> attempts,
        List<StepRecord> history,
        Optional<Instant> mixedSince,
        Duration waited,
        List<ManualStep> added) {
    /** Copies the collections. */
    public RolloutState {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        attempts = Collections.unmodifiableSortedMap(new TreeMap<>(attempts));
        history = List.copyOf(history);
        added = List.copyOf(added);
    }

    /** A rollout before its first event. */
    static RolloutState start(String id, Plan plan, String by, Instant at) {
        SortedMap<String, NodeState> nodes = new TreeMap<>();
        plan.members().forEach(m -> nodes.put(m.node(), new NodeState.Waiting()));
        return new RolloutState(
                id,
                plan,
                by,
                at,
                0,
                new RolloutStatus.Running(),
                -1,
                nodes,
                Facts.none(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }

    /** The hop the current batch belongs to; the last one after the last batch. */
    public PlannedHop hop() {
        return plan.hopOf(batch);
    }

    /** The version a node ran when the current hop began. */
    public Version versionBefore(String node) {
        return hop().firstBatch() == 0 ? plan.member(node).version() : hop().from();
    }

    /** The state of a node of the cluster. */
    public NodeState node(String name) {
        return Objects.requireNonNull(nodes.get(name), () -> "no node " + name);
    }

    /** The current batch, if there is one. */
    public Optional<Plan.Batch> currentBatch() {
        return batch >= 0 && batch < plan.batches().size()
                ? Optional.of(plan.batches().get(batch))
                : Optional.empty();
    }

    /** The manual steps that must be confirmed before the current batch begins. */
    public List<ManualStep> unconfirmed() {
        return Stream.concat(plan.evidence().manual().stream(), added.stream())
                .filter(m -> m.beforeBatch() <= batch && !facts.confirmed().contains(m.id()))
                .toList();
    }

    /** How often the phase of the node was started. */
    public int attempts(String node, dev.rota.contract.Phase phase) {
        return attempts.getOrDefault(node + "/" + phase.label(), 0);
    }

    RolloutState with(RolloutStatus s) {
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                s,
                batch,
                nodes,
                facts,
                attempts,
                history,
                mixedSince,
                waited,
                added);
    }

    RolloutState with(String node, NodeState s) {
        SortedMap<String, NodeState> next = new TreeMap<>(nodes);
        next.put(node, s);
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                next,
                facts,
                attempts,
                history,
                mixedSince,
                waited,
                added);
    }

    RolloutState with(Facts f) {
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                nodes,
                f,
                attempts,
                history,
                mixedSince,
                waited,
                added);
    }

    RolloutState withBatch(int b) {
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                b,
                nodes,
                facts,
                attempts,
                history,
                mixedSince,
                waited,
                added);
    }

    RolloutState with(StepRecord r) {
        List<StepRecord> h = new ArrayList<>(history);
        h.add(r);
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                nodes,
                facts,
                attempts,
                h,
                mixedSince,
                waited,
                added);
    }

    RolloutState withAttempt(String node, dev.rota.contract.Phase phase) {
        SortedMap<String, Integer> next = new TreeMap<>(attempts);
        next.merge(node + "/" + phase.label(), 1, Integer::sum);
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                nodes,
                facts,
                next,
                history,
                mixedSince,
                waited,
                added);
    }

    RolloutState withMixedSince(Optional<Instant> since) {
        return new RolloutState(
                id, plan, startedBy, startedAt, revision, status, batch, nodes, facts, attempts, history, since, waited,
                added);
    }

    RolloutState nextRevision() {
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision + 1,
                status,
                batch,
                nodes,
                facts,
                attempts,
                history,
                mixedSince,
                waited,
                added);
    }

    /** Longer waited for a person; a clock that went back adds nothing. */
    RolloutState waited(Duration more) {
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                nodes,
                facts,
                attempts,
                history,
                mixedSince,
                more.isNegative() ? waited : waited.plus(more),
                added);
    }

    /** One more manual step, unless there is one with its id. */
    RolloutState adding(ManualStep step) {
        if (added.stream().anyMatch(m -> m.id().equals(step.id()))) {
            return this;
        }
        List<ManualStep> more = new ArrayList<>(added);
        more.add(step);
        return new RolloutState(
                id,
                plan,
                startedBy,
                startedAt,
                revision,
                status,
                batch,
                nodes,
                facts,
                attempts,
                history,
                mixedSince,
                waited,
                more);
    }
}
