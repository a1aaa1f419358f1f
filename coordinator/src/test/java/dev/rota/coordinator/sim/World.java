package dev.rota.coordinator.sim;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.TransitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One run: everybody who takes part, one event after the other, every rule checked after each. */
final class World {
    static final String ROLLOUT = "r1";

    private static final List<String> COORDINATORS = List.of("c1", "c2", "c3");
    private static final SortedMap<String, String> ADDRESSES = new TreeMap<>(
            COORDINATORS.stream().collect(Collectors.toMap(name -> name, name -> name + ".example:7443")));
    private static final long LONGEST_MS = 4L * 3600 * 1000;
    private static final long QUIET_MS = 60_000;

    private final Schedule schedule;
    private final Plan plan;
    private final Chaos chaos;
    private final Set<Plant> plants;
    private final Product product;
    private Invariants invariants;
    private final Onlooker onlooker;
    private final Promises promises = new Promises(this);
    private final Cluster cluster;
    private final Nemesis nemesis;
    private final Operator operator;
    private final BiFunction<CoordinatorState, Entry, Ledger.Outcome> ledger;
    private final List<Host> hosts = new ArrayList<>();
    private final SortedMap<String, Agent> agents = new TreeMap<>();
    private final SortedMap<String, Long> cuts = new TreeMap<>();
    private final Set<String> happened = new TreeSet<>();
    private final List<String> trace = new ArrayList<>();
    private final SortedSet<TransitionTable.Edge> taken = new TreeSet<>();
    private CoordinatorState committed = CoordinatorState.empty();
    private Optional<RolloutState> rollout = Optional.empty();
    private String rolloutId = ROLLOUT;
    private int committedIndex;
    private int checkedIndex;
    private int checkedChanges = -1;

    World(Scenario s, long seed, Function<Schedule, Chaos> chaos, Set<Plant> plants, Operator.Habits habits) {
        this.schedule = new Schedule(seed);
        this.plan = s.plan();
        this.chaos = chaos.apply(schedule);
        this.plants = plants;
        this.product = new Product(plan, schedule);
        this.invariants = new Invariants(plan, product, schedule, !plants.isEmpty());
        this.onlooker = new Onlooker(this);
        List<Member> members = new ArrayList<>();
        COORDINATORS.forEach(name -> members.add(new Member(name, s.history())));
        this.cluster = new Cluster(schedule, members, this::applied);
        this.nemesis = new Nemesis(this);
        this.operator = new Operator(this, habits);
        this.ledger = plants.isEmpty() ? Ledger::apply : new Tamper(this);
        members.forEach(m -> hosts.add(new Host(this, s, m)));
        plan.members().forEach(m -> agents.put(m.node(), new Agent(m.node(), this)));
    }

    /** Runs until the rollout has ended and all is quiet; the answer is what happened, line by line. */
    List<String> run() {
        return LoopFailures.watch(this::rollOut);
    }

    private List<String> rollOut() {
        hosts.forEach(Host::boot);
        cluster.changed();
        agents.values().forEach(a -> a.link().connect());
        clients();
        operator.look();
        nemesis.roam();
        onlooker.roam();
        while (!rollout().status().ended()) {
            step();
            onlooker.look();
        }
        onlooker.end(rollout());
        chaos.enough();
        quiet();
        promises.end(committed, rollout());
        invariants.end(rollout(), committed.clusterFacts());
        new Aftercare(this).run();
        quiet();
        invariants.nothingLeft(committed.clusterFacts());
        return trace;
    }

    private void quiet() {
        long until = schedule.nowMs() + QUIET_MS;
        while (schedule.nowMs() < until || !settled()) {
            step();
        }
        hosts.forEach(this::alike);
    }

    private boolean settled() {
        return hosts.stream().allMatch(h -> h.member().available() && h.member().delivered >= committedIndex);
    }

    void step() {
        if (schedule.nowMs() > LONGEST_MS || !schedule.step()) {
            throw new Breach("ends", "still " + rollout().status() + " after 4 hours");
        }
        if (checkedIndex != committedIndex || checkedChanges != product.changes()) {
            invariants.check(rollout(), committed.clusterFacts());
            checkedIndex = committedIndex;
            checkedChanges = product.changes();
        }
    }

    /** A member has applied an entry; the first one to do so shows what the committed state is now. */
    private void applied(Member m, int index) {
        if (index <= committedIndex) {
            return;
        }
        committedIndex = index;
        committed = hosts.stream()
                .filter(h -> h.member() == m)
                .findFirst()
                .orElseThrow()
                .state();
        repairBegins();
        Optional<RolloutState> before = rollout;
        rollout = committed.rollout(rolloutId);
        rollout.ifPresent(after -> {
            if (before.isPresent() && !before.get().equals(after)) {
                changed(m, before.get(), after, m.log.get(index - 1));
            } else if (before.isEmpty()) {
                invariants.intend(after);
                taken.addAll(TransitionTable.begun(after));
            }
        });
    }

    /** From now on what is looked at is the rollout that undoes what the one before has left over. */
    private void repairBegins() {
        Optional<RolloutState> next = committed
                .active(plan.cluster())
                .filter(r -> !r.id().equals(rolloutId) && r.plan().repair());
        next.ifPresent(r -> {
            rolloutId = r.id();
            rollout = Optional.empty();
            invariants = invariants.of(r.plan());
            trace(() -> r.id() + " undoes " + r.compensations());
        });
    }

    private void changed(Member m, RolloutState before, RolloutState after, LogEntry e) {
        Entry.RolloutChanged entry = (Entry.RolloutChanged) EntryCodec.decode(e.bytes());
        trace(() -> m.name + " commits " + Traces.describe(entry, after));
        invariants.committed(before, withHandedOver(after), entry.event());
        onlooker.committed(before, after, entry.event());
        taken.addAll(TransitionTable.taken(before, entry.event(), after));
        after.nodes().forEach((node, n) -> {
            if (n instanceof NodeState.Gating g) {
                nemesis.atGate(node, g, after);
            }
        });
    }

    /** A rollout that has ended, with what its cluster has of it. */
    private RolloutState withHandedOver(RolloutState r) {
        return r.status().ended()
                ? TamperedRecord.with(r, committed.clusterFacts().leftOver(plan.cluster()))
                : r;
    }

    /** A coordinator has come back and replayed its journal. */
    void replayed(Host h) {
        if (h.life() > 1 && h.member().delivered == committedIndex) {
            alike(h);
        }
    }

    private void alike(Host h) {
        if (!h.state().equals(committed)) {
            throw new Breach("14 the journal is the state", h.name() + " has come to another state");
        }
    }

    /** Clients write all the time; now and then a node does not answer for a while. */
    private void clients() {
        product.write();
        if (chaos.spend(1)) {
            Plan.Member m = plan.members().get(schedule.random(plan.members().size()));
            long forMs = 1_000L + schedule.random(60_000);
            trace(() -> m.node() + " is unhealthy for " + forMs);
            product.unhealthy(m.node(), forMs);
        }
        schedule.in(500 + schedule.random(3_000), this::clients);
    }

    /** The network between an agent and a coordinator fails for a while. */
    void cut(Agent agent, Host host, long forMs) {
        trace(() -> agent.node() + " and " + host.name() + " are cut off from each other for " + forMs);
        cuts.put(agent.node() + "/" + host.name(), schedule.nowMs() + forMs);
        host.links().cut(agent.node());
    }

    boolean cut(String node, String host) {
        return cuts.getOrDefault(node + "/" + host, 0L) > schedule.nowMs();
    }

    Schedule schedule() {
        return schedule;
    }

    Plan plan() {
        return plan;
    }

    Product product() {
        return product;
    }

    Onlooker onlooker() {
        return onlooker;
    }

    Invariants invariants() {
        return invariants;
    }

    Promises promises() {
        return promises;
    }

    /** Where the coordinators are said to be. */
    SortedMap<String, String> addresses() {
        return ADDRESSES;
    }

    Cluster cluster() {
        return cluster;
    }

    Nemesis nemesis() {
        return nemesis;
    }

    BiFunction<CoordinatorState, Entry, Ledger.Outcome> ledger() {
        return ledger;
    }

    Chaos chaos() {
        return chaos;
    }

    List<Host> hosts() {
        return hosts;
    }

    List<Agent> agents() {
        return List.copyOf(agents.values());
    }

    Agent agent(String node) {
        return Objects.requireNonNull(agents.get(node));
    }

    /** What is committed, whether or not a coordinator that is there knows it. */
    CoordinatorState committed() {
        return committed;
    }

    /** The rollout that is under way, or was last. */
    String rolloutId() {
        return rolloutId;
    }

    RolloutState rollout() {
        return rollout.orElseThrow();
    }

    boolean planted(Plant plant) {
        return plants.contains(plant);
    }

    /** True the first time. */
    boolean once(Fault fault, StepKey key) {
        return happened.add(fault + " " + key);
    }

    void trace(Supplier<String> line) {
        trace.add(schedule.nowMs() + " " + line.get());
    }

    /** The transitions of nodes and of the rollout that were taken. */
    SortedSet<TransitionTable.Edge> taken() {
        return taken;
    }

    List<String> lines() {
        return List.copyOf(trace);
    }
}
