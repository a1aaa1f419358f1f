package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param back turns that are or were taken back, by node
 * @param skipped what was left out, oldest first
 * @param compensations side effects that must be undone; those of an earlier rollout of the cluster that nobody undid are among them
 * @param overseen what was seen of it from outside its steps
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
        List<ManualStep> added,
        SortedMap<String, Turnback> back,
        List<Skip> skipped,
        List<Compensation> compensations,
        Overseen overseen) {
    /** Copies the collections. */
    public RolloutState {
        nodes = Frozen.copyOf(nodes);
        attempts = Frozen.copyOf(attempts);
        history = List.copyOf(history);
        added = List.copyOf(added);
        back = Frozen.copyOf(back);
        skipped = List.copyOf(skipped);
        compensations = List.copyOf(compensations);
    }

    /** A rollout before its first event. */
    static RolloutState start(String id, Plan plan, String by, Instant at) {
        return start(id, plan, by, at, List.of());
    }

    /**
     * A rollout before its first event.
     *
     * @param known what is broken already
     */
    static RolloutState start(String id, Plan plan, String by, Instant at, List<Known> known) {
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
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                Overseen.begin(at, known));
    }

    /** The hop the current batch belongs to; the last one after the last batch. */
    public PlannedHop hop() {
        return plan.hopOf(batch);
    }

    /** The version a node ran when the current hop began. */
    public Version versionBefore(String node) {
        return hop().firstBatch() == 0 ? plan.member(node).version() : hop().from();
    }

    /** The digest of what a node ran from when the current hop began; empty when it is not known. */
    public String artifactBefore(String node) {
        int index = plan.hops().indexOf(hop());
        return index == 0
                ? plan.member(node).artifactSha256()
                : plan.hops().get(index - 1).artifact().sha256();
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

    /** What the node does in the current batch: its lane, or the way back, or nothing if its turn was skipped. */
    public List<Plan.PlannedStep> lane(String node) {
        boolean undoes = currentBatch().filter(Compensations::undoes).isPresent();
        Turnback turnback = back.get(node);
        if (turnback != null && !undoes) {
            return turnback.steps();
        }
        return leftOut(node) && !undoes
                ? List.of()
                : currentBatch()
                        .flatMap(b -> b.lane(node))
                        .map(Plan.Lane::steps)
                        .orElse(List.of());
    }

    /** Whether a person had the node stay as it was. */
    public boolean leftOut(String node) {
        return skipped.stream().anyMatch(s -> s.turn() && s.node().equals(node));
    }

    /** How often the phase of the node was started. */
    public int attempts(String node, Phase phase) {
        return attempts.getOrDefault(node + "/" + phase.label(), 0);
    }

    /** How often the phase of the node was started before that batch, as far as it was ever done since. */
    int attemptsBefore(int firstBatch, String node, Phase phase) {
        return history.stream()
                .filter(r -> r.batch() < firstBatch
                        && r.node().equals(node)
                        && r.phase() == phase
                        && r.gate().isEmpty())
                .mapToInt(StepRecord::attempt)
                .max()
                .orElse(0);
    }

    /** The nodes that wait for a person. */
    SortedMap<String, NodeState.Stuck> stuck() {
        SortedMap<String, NodeState.Stuck> stuck = new TreeMap<>();
        nodes.forEach((node, s) -> {
            if (s instanceof NodeState.Stuck st) {
                stuck.put(node, st);
            }
        });
        return stuck;
    }

    RolloutState with(RolloutStatus s) {
        Draft d = new Draft(this);
        d.status = s;
        return d.state();
    }

    RolloutState with(String node, NodeState s) {
        Draft d = new Draft(this);
        d.nodes = Frozen.with(nodes, node, s);
        return d.state();
    }

    RolloutState with(Facts f) {
        Draft d = new Draft(this);
        d.facts = f;
        return d.state();
    }

    RolloutState withBatch(int b) {
        Draft d = new Draft(this);
        d.batch = b;
        return d.state();
    }

    RolloutState with(StepRecord r) {
        Draft d = new Draft(this);
        d.history = new ArrayList<>(history);
        d.history.add(r);
        return d.state();
    }

    RolloutState withAttempt(String node, Phase phase) {
        Draft d = new Draft(this);
        d.attempts = Frozen.with(attempts, node + "/" + phase.label(), attempts(node, phase) + 1);
        return d.state();
    }

    RolloutState withMixedSince(Optional<Instant> since) {
        Draft d = new Draft(this);
        d.mixedSince = since;
        return d.state();
    }

    RolloutState withCompensations(List<Compensation> all) {
        Draft d = new Draft(this);
        d.compensations = all;
        return d.state();
    }

    RolloutState nextRevision() {
        Draft d = new Draft(this);
        d.revision = revision + 1;
        return d.state();
    }

    /** Longer waited for a person; a clock that went back adds nothing. */
    RolloutState waited(Duration more) {
        Draft d = new Draft(this);
        d.waited = more.isNegative() ? waited : waited.plus(more);
        return d.state();
    }

    RolloutState with(Overseen o) {
        Draft d = new Draft(this);
        d.overseen = o;
        return d.state();
    }

    /** One more manual step, unless there is one with its id. */
    RolloutState adding(ManualStep step) {
        if (added.stream().anyMatch(m -> m.id().equals(step.id()))) {
            return this;
        }
        Draft d = new Draft(this);
        d.added = new ArrayList<>(added);
        d.added.add(step);
        return d.state();
    }

    RolloutState turned(String node, Turnback turnback) {
        Draft d = new Draft(this);
        d.back = Frozen.with(back, node, turnback);
        return d.state();
    }

    RolloutState with(Skip skip) {
        Draft d = new Draft(this);
        d.skipped = new ArrayList<>(skipped);
        d.skipped.add(skip);
        return d.state();
    }

    /** A state with some parts changed; what never changes comes from the state before. */
    private static final class Draft {
        private final RolloutState before;
        private long revision;
        private RolloutStatus status;
        private int batch;
        private SortedMap<String, NodeState> nodes;
        private Facts facts;
        private SortedMap<String, Integer> attempts;
        private List<StepRecord> history;
        private Optional<Instant> mixedSince;
        private Duration waited;
        private List<ManualStep> added;
        private Overseen overseen;
        private SortedMap<String, Turnback> back;
        private List<Skip> skipped;
        private List<Compensation> compensations;

        Draft(RolloutState before) {
            this.before = before;
            this.revision = before.revision;
            this.status = before.status;
            this.batch = before.batch;
            this.nodes = before.nodes;
            this.facts = before.facts;
            this.attempts = before.attempts;
            this.history = before.history;
            this.mixedSince = before.mixedSince;
            this.waited = before.waited;
            this.added = before.added;
            this.overseen = before.overseen;
            this.back = before.back;
            this.skipped = before.skipped;
            this.compensations = before.compensations;
        }

        RolloutState state() {
            return new RolloutState(
                    before.id,
                    before.plan,
                    before.startedBy,
                    before.startedAt,
                    revision,
                    status,
                    batch,
                    nodes,
                    facts,
                    attempts,
                    history,
                    mixedSince,
                    waited,
                    added,
                    back,
                    skipped,
                    compensations,
                    overseen);
        }
    }
}
