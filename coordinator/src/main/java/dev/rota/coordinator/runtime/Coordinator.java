package dev.rota.coordinator.runtime;

import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.coordinator.codec.ObservationCodec;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.port.AgentEvents;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.OutsideWatch;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Engine;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Transition;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.ResultAck;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's loop: one thread takes what agents report, what operators ask and what time brings, has the resulting entries
 * committed, and only then lets the {@link Dispatcher} act on them. It does not wait for the commit of what agents and time bring: the
 * next event builds on what the state will be. What an operator asks waits until nothing is under way, and for its own commit.
 */
public final class Coordinator implements AgentEvents, AutoCloseable {
    /** How often deadlines are looked at. */
    static final long TICK_MS = 1000;

    /**
     * An agent refused the order of a former leader. That says nothing about the step: the same step may be under way by order of
     * this leader, and its own result is still to come.
     */
    private static final String STALE_TERM = "STALE_TERM";

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private final ScheduledExecutorService loop;
    private final Journal journal;
    private final AgentLinks links;
    private final Inventory inventory;
    private final Map<String, Inventory.Cluster> clusterOfNode = new HashMap<>();
    private final Recipes recipes;
    private final Clock clock;
    private final StepLogs logs;
    private final Replica replica;
    private final Members members;
    private final Reads reads;
    private final Handover handover = new Handover();
    private final Looks looks;
    private final OutsideWatch outside;
    private final Checks checks;
    private final Prober prober;
    private final Dispatcher dispatcher;
    private final BackupLists backupLists;
    private final Watchers watchers = new Watchers();
    private final Map<String, LiveNode> nodes = new ConcurrentHashMap<>();
    private final MemberLists memberLists = new MemberLists();
    /** Rollouts of which something was committed that nothing was done about yet. */
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    private final DriftWatch drift;

    /** {@code fatal} is told when the journal has stopped for good: the process must end. */
    public Coordinator(
            Journal journal,
            AgentLinks links,
            Inventory inventory,
            Addresses addresses,
            Recipes recipes,
            StepLogs logs,
            Clock clock,
            Consumer<Throwable> fatal) {
        this(journal, links, inventory, addresses, recipes, logs, clock, fatal, OutsideWatch.none());
    }

    /** A coordinator that also watches its clusters from outside. */
    public Coordinator(
            Journal journal,
            AgentLinks links,
            Inventory inventory,
            Addresses addresses,
            Recipes recipes,
            StepLogs logs,
            Clock clock,
            Consumer<Throwable> fatal,
            OutsideWatch outside) {
        this(journal, links, inventory, addresses, recipes, logs, clock, fatal, outside, thread(), Ledger::apply);
    }

    /**
     * A coordinator whose loop is {@code loop}, which must run one task at a time, and whose entries are applied by
     * {@code ledger}.
     */
    public Coordinator(
            Journal journal,
            AgentLinks links,
            Inventory inventory,
            Addresses addresses,
            Recipes recipes,
            StepLogs logs,
            Clock clock,
            Consumer<Throwable> fatal,
            OutsideWatch outside,
            ScheduledExecutorService loop,
            BiFunction<CoordinatorState, Entry, Outcome> ledger) {
        this.loop = loop;
        this.journal = journal;
        this.links = links;
        this.inventory = inventory;
        inventory.clusters().forEach(c -> c.nodes().forEach(n -> clusterOfNode.put(n.name(), c)));
        this.recipes = recipes;
        this.logs = logs;
        this.clock = clock;
        this.replica = new Replica(journal, this::leadership, fatal, ledger);
        this.members = new Members(journal, replica::state, addresses);
        this.members.inventory(addresses.own(), InventoryDigest.of(inventory));
        this.reads = new Reads(journal, members);
        this.backupLists = new BackupLists(links);
        this.looks = new Looks(links, loop, this::post);
        this.drift = new DriftWatch(inventory, this::node);
        this.outside = outside;
        this.checks = new Checks(outside.checks(), loop);
        this.prober = new Prober(checks, outside::of, loop, clock, this::change, this::holds);
        Blockers blockers = new Blockers(checks, outside::of, clock);
        this.dispatcher = new Dispatcher(links, looks, prober, blockers, loop, clock, this::change);
    }

    private static ScheduledExecutorService thread() {
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, r -> {
            Thread t = new Thread(r, "rota-engine");
            t.setDaemon(true);
            return t;
        });
        one.setRemoveOnCancelPolicy(true);
        return one;
    }

    /** Replays the journal and goes to work. */
    public void start() throws JournalException {
        journal.start(replica);
        post(this::leadershipChanged);
        var unused = loop.scheduleWithFixedDelay(guarded(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** The coordinators. */
    public Members members() {
        return members;
    }

    /** Says when the committed state may be shown. */
    public Reads reads() {
        return reads;
    }

    /** Tells when this member does not lead any more. */
    public Handover handover() {
        return handover;
    }

    /** The committed state. */
    public CoordinatorState state() {
        return replica.state();
    }

    /** What is known of a node's agent now. */
    public LiveNode node(String name) {
        return nodes.getOrDefault(name, LiveNode.unknown());
    }

    /** Tells watchers about every change of a rollout. */
    public Watchers watchers() {
        return watchers;
    }

    /** Whether this member may change anything. */
    public boolean leader() {
        return replica.leader();
    }

    /** Name of the current leader; empty while there is none. */
    public String leaderName() {
        return replica.leaderName();
    }

    /** Index of the last committed entry. */
    public long committedIndex() {
        return replica.committedIndex();
    }

    /** The clusters of the configuration. */
    public Inventory inventory() {
        return inventory;
    }

    /** The recipe of a cluster; the configuration guarantees that there is one. */
    public Recipe recipe(Inventory.Cluster cluster) {
        return recipes.find(cluster.recipe())
                .orElseThrow(() -> new IllegalStateException("no recipe " + cluster.recipe()));
    }

    /** All recipes. */
    public Recipes recipes() {
        return recipes;
    }

    Clock clock() {
        return clock;
    }

    /** Kept output of steps. */
    public StepLogs logs() {
        return logs;
    }

    Looks looks() {
        return looks;
    }

    /** Waits until the state holds all that is under way; on the loop's thread. */
    void awaitQuiet() throws JournalException {
        replica.awaitQuiet();
    }

    /** What is configured for watching a cluster from outside. */
    ClusterChecks outside(String cluster) {
        return outside.of(cluster);
    }

    /** Probes a service once; answers on the loop's thread, empty when it is not probed. */
    void probe(String cluster, Consumer<Optional<CheckAnswer>> answer) {
        Optional<ClusterChecks.Probe> probe = outside(cluster).probe();
        if (probe.isPresent()) {
            checks.ask(probe.get().check(), probe.get().timeout(), a -> answer.accept(Optional.of(a)));
        } else {
            answer.accept(Optional.empty());
        }
    }

    /** Has what the probe of a rollout saw committed before something else is; it is under way then. */
    void flush(String rolloutId) {
        prober.flush(rolloutId);
    }

    /** Has an entry committed and waits for it; on the loop's thread. */
    Outcome commit(Entry entry) throws JournalException {
        Outcome outcome = replica.propose(entry);
        if (entry instanceof Entry.RolloutStarted e) {
            settle(e.rolloutId());
        } else if (entry instanceof Entry.RolloutChanged e) {
            settle(e.rolloutId());
        }
        return outcome;
    }

    /** Has the loop do something; nothing after the coordinator was closed. */
    void post(Runnable task) {
        try {
            loop.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed; a task is dropped", e);
        }
    }

    @Override
    public long term() {
        return replica.term();
    }

    @Override
    public Optional<String> admit(String node, Hello hello) {
        Optional<Inventory.Cluster> cluster = Optional.ofNullable(clusterOfNode.get(node));
        if (cluster.isEmpty()) {
            return Optional.of("node '" + node + "' is in no cluster of this coordinator's configuration");
        }
        if (!hello.getRecipe().equals(cluster.get().recipe())) {
            return Optional.of("node '" + node + "' is configured for recipe '" + hello.getRecipe() + "', cluster '"
                    + cluster.get().name() + "' runs '" + cluster.get().recipe() + "'");
        }
        return hello.getHighestTerm() > replica.term()
                ? Optional.of("the agent has seen term " + hello.getHighestTerm() + ", this coordinator is at term "
                        + replica.term() + "; is this the right coordinator, with its own data directory?")
                : Optional.empty();
    }

    @Override
    public void connected(String node, Hello hello) {
        Instant now = clock.now();
        nodes.compute(
                node,
                (k, old) -> (old == null ? LiveNode.unknown() : old)
                        .connected(hello.getAgentVersion(), hello.getRecipe(), hello.getRecipeDigest(), now));
        LOG.info("agent of {} connected", node);
        post(() -> {
            dispatcher.forget(node);
            reconcileAll();
        });
    }

    @Override
    public void disconnected(String node) {
        nodes.computeIfPresent(node, (k, old) -> old.disconnected());
        LOG.info("agent of {} disconnected", node);
        post(() -> looks.gone(node));
    }

    @Override
    public void observation(String node, Observation o) {
        String cluster = Optional.ofNullable(clusterOfNode.get(node))
                .map(Inventory.Cluster::name)
                .orElse("");
        NodeObservation seen = ObservationCodec.fromWire(
                node, o, clock.now(), node(node).observation(), list -> memberLists.shared(cluster, list));
        nodes.computeIfPresent(node, (k, old) -> old.observed(seen));
        if (o.getRequestId() != 0) {
            looks.answered(o.getRequestId(), seen);
        }
    }

    @Override
    public void progress(String node, StepProgress p) {
        nodes.computeIfPresent(node, (k, old) -> old.seen(clock.now()));
        if (!p.getOutput().isEmpty()) {
            log(p.getId().getRolloutId(), StepCodec.key(p.getId()), node, p.getOutput());
        }
    }

    @Override
    public void backups(String node, BackupList list) {
        nodes.computeIfPresent(node, (k, old) -> old.seen(clock.now()));
        backupLists.answered(node, list);
    }

    /** What the agents have saved. */
    public BackupLists backupLists() {
        return backupLists;
    }

    @Override
    public void result(String node, StepResult r) {
        nodes.computeIfPresent(node, (k, old) -> old.seen(clock.now()));
        post(() -> report(node, r));
    }

    /** Lets the agents know what a plan will need. */
    void announce(Plan plan) {
        dispatcher.announce(plan);
    }

    private void log(String rolloutId, StepKey key, String from, String text) {
        boolean expected = replica.state()
                .rollout(rolloutId)
                .filter(s -> s.nodes().get(key.node()) instanceof NodeState.Working w
                        && w.executor().equals(from))
                .isPresent();
        if (expected) {
            logs.append(key, clock.now(), text);
            watchers.changed(rolloutId);
        }
    }

    /** Commits an agent's result, or finds that it no longer matters; either way the agent may forget it. */
    private void report(String node, StepResult r) {
        if (!replica.leader() || r.getCode().equals(STALE_TERM)) {
            return;
        }
        StepKey key = StepCodec.key(r.getId());
        Optional<CoordinatorState> tip = replica.tip();
        if (tip.isPresent() && awaited(tip.get(), node, key)) {
            StepReport report = StepCodec.fromWire(r);
            Instant now = clock.now();
            change(key.rolloutId(), new Event.StepReported(key, report, now), () -> {
                acknowledge(node, r);
                logs.append(
                        key, now, key.phase().label() + " " + report.outcome().label() + ending(report));
            });
        } else if (tip.isEmpty() || awaited(replica.state(), node, key)) {
            var unused = replica.quiet().whenComplete((outcome, failure) -> post(() -> report(node, r)));
        } else {
            acknowledge(node, r);
        }
    }

    private static boolean awaited(CoordinatorState state, String node, StepKey key) {
        return state.rollout(key.rolloutId())
                .filter(s -> s.nodes().get(key.node()) instanceof NodeState.Working w
                        && w.executor().equals(node)
                        && w.phase() == key.phase()
                        && w.attempt() == key.attempt())
                .isPresent();
    }

    private void acknowledge(String node, StepResult r) {
        links.send(
                node,
                CoordinatorMessage.newBuilder()
                        .setResultAck(ResultAck.newBuilder().setId(r.getId()))
                        .build());
    }

    private static String ending(StepReport report) {
        return report.message().isEmpty() ? "\n" : ": " + report.message() + "\n";
    }

    private boolean change(String rolloutId, Event event) {
        return change(rolloutId, event, () -> {});
    }

    /**
     * Has an event of a rollout committed if it changes anything; {@code then} follows once it is, and what it asks for is begun.
     *
     * @return whether it was looked at, and not put off because nobody knows what it would meet
     */
    private boolean change(String rolloutId, Event event, Runnable then) {
        Optional<CoordinatorState> tip = replica.tip();
        Optional<RolloutState> s = tip.flatMap(t -> t.rollout(rolloutId));
        if (s.isEmpty() || !replica.leader()) {
            return false;
        }
        Replica.Foreseen foreseen = replica.foresee(
                tip.get(), new Entry.RolloutChanged("", rolloutId, s.get().revision(), event));
        if (foreseen.outcome() instanceof Outcome.Rejected r) {
            LOG.warn("{} of rollout {} does not fit: {}", event.getClass().getSimpleName(), rolloutId, r.reason());
            return true;
        }
        RolloutState after = ((Outcome.Accepted) foreseen.outcome())
                .state()
                .rollout(rolloutId)
                .orElseThrow();
        if (after.equals(s.get())) {
            return true;
        }
        boolean turns = after.batch() != s.get().batch() || after.status().ended();
        if (turns && !(event instanceof Event.Probed) && prober.flush(rolloutId)) {
            return change(rolloutId, event, then);
        }
        var unused = replica.offer(foreseen).whenComplete((outcome, failure) -> {
            if (failure != null) {
                LOG.error("rollout {}: {}", rolloutId, reason(failure));
            }
            unsettled.add(rolloutId);
            post(() -> {
                if (unsettled.remove(rolloutId)) {
                    settle(rolloutId);
                }
                if (outcome instanceof Outcome.Accepted) {
                    then.run();
                }
            });
        });
        foreseen(rolloutId).ifPresent(dispatcher::watch);
        return true;
    }

    /** Whether the event would hold the rollout. */
    private boolean holds(String rolloutId, Event event) {
        return foreseen(rolloutId)
                .filter(s -> !(s.status() instanceof RolloutStatus.Held)
                        && Engine.next(s, event) instanceof Transition.Accepted a
                        && a.state().status() instanceof RolloutStatus.Held)
                .isPresent();
    }

    private static String reason(Throwable failure) {
        return String.valueOf(
                (failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure)
                        .getMessage());
    }

    /** The rollout once all that is under way is committed. */
    private Optional<RolloutState> foreseen(String rolloutId) {
        return replica.tip().flatMap(t -> t.rollout(rolloutId));
    }

    private void settle(String rolloutId) {
        replica.state().rollout(rolloutId).ifPresent(s -> {
            reconcile(s);
            watchers.changed(rolloutId);
        });
    }

    private void reconcile(RolloutState committed) {
        dispatcher.reconcile(committed, foreseen(committed.id()).orElse(committed));
    }

    private void leadership(boolean leads) {
        handover.changed(leads);
        post(this::leadershipChanged);
    }

    private void leadershipChanged() {
        long leads = replica.leadsTerm();
        if (leads == 0) {
            dispatcher.stop();
            return;
        }
        dispatcher.lead(leads);
        try {
            awaitQuiet();
            if (!replica.state().inventory().equals(inventory)) {
                commit(new Entry.InventoryDeclared(inventory));
            }
            Optional<Entry> undeclared = members.undeclared();
            if (undeclared.isPresent()) {
                commit(undeclared.get());
            }
            reconcileAll();
        } catch (JournalException e) {
            LOG.error("cannot take over: {}", e.getMessage());
        }
    }

    private void tick() {
        if (replica.leader()) {
            Instant now = clock.now();
            active(s -> change(s.id(), new Event.TimePassed(now)));
            reconcileAll();
            drift.look(replica.state(), now).ifPresent(this::record);
        }
    }

    private void record(Entry entry) {
        try {
            commit(entry);
        } catch (JournalException e) {
            LOG.error("what the nodes run is not recorded: {}", e.getMessage());
        }
    }

    private void reconcileAll() {
        if (replica.leader()) {
            active(this::reconcile);
        }
    }

    private void active(Consumer<RolloutState> action) {
        replica.state().rollouts().values().stream()
                .filter(s -> !s.status().ended())
                .toList()
                .forEach(action);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RejectedExecutionException e) {
                if (!loop.isShutdown()) {
                    throw e;
                }
            } catch (RuntimeException e) {
                LOG.error("unexpected failure in the engine's loop", e);
            }
        };
    }

    @Override
    public void close() {
        loop.shutdownNow();
        watchers.close();
        journal.close();
    }
}
