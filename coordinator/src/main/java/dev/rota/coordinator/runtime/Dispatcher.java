package dev.rota.coordinator.runtime;

import dev.rota.contract.Recipe;
import dev.rota.contract.Values;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.coordinator.rollout.Outstanding;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Prefetch;
import dev.rota.wire.agent.v1.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Carries out what committed rollouts ask for, and goes on doing so until they no longer ask: steps are sent again to an agent
 * that has come back, gates are looked at again. Used by the loop's thread only.
 */
final class Dispatcher {
    /** First pause between two looks at a gate that does not hold; doubles up to the gate's own interval. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    /**
     * How long a new leader waits for the agents to find it before it takes an agent's absence for an answer: a gate that held under
     * the last leader goes on holding, and its clock does not start again for want of an answer nobody was asked for.
     */
    static final Duration SETTLING = Duration.ofSeconds(10);

    private final AgentLinks links;
    private final Looks looks;
    private final Prober prober;
    private final Blockers blockers;
    private final ScheduledExecutorService loop;
    private final Clock clock;
    private final BiConsumer<String, Event> propose;
    private final Set<Sent> sent = new HashSet<>();
    private final Map<Effect.Look, Gate> gates = new LinkedHashMap<>();
    private final RecentViews recent = new RecentViews();
    private long term;
    private long settledTerm;

    /** {@code propose} has an event of a rollout committed if it changes the rollout. */
    Dispatcher(
            AgentLinks links,
            Looks looks,
            Prober prober,
            Blockers blockers,
            ScheduledExecutorService loop,
            Clock clock,
            BiConsumer<String, Event> propose) {
        this.links = links;
        this.looks = looks;
        this.prober = prober;
        this.blockers = blockers;
        this.loop = loop;
        this.clock = clock;
        this.propose = propose;
    }

    private record Sent(StepKey key, String executor) {}

    /** A gate that is looked at again and again; {@code pause} is the next pause. */
    private static final class Gate {
        private Duration pause = FIRST_PAUSE;
        private ScheduledFuture<?> next;

        Gate(ScheduledFuture<?> next) {
            this.next = next;
        }
    }

    /**
     * This member leads. Commands carry this term until it is told of another one: a leader that was deposed without noticing
     * must not lend its commands the term of its successor, although its journal may know that already.
     */
    void lead(long newTerm) {
        term = newTerm;
        Runnable over = () -> settledTerm = Math.max(settledTerm, newTerm);
        var unused = loop.schedule(over, SETTLING.toMillis(), TimeUnit.MILLISECONDS);
        prober.lead();
    }

    /**
     * Does what the rollout asks for and has not been done. Does nothing while this member does not lead.
     *
     * @param committed steps are begun only as this asks for them
     * @param foreseen as the rollout will be when all that is under way is committed; what it no longer asks for is not begun either
     */
    void reconcile(RolloutState committed, RolloutState foreseen) {
        if (term == 0) {
            return;
        }
        prober.reconcile(committed);
        List<Effect> wanted = Outstanding.of(foreseen);
        watch(foreseen, wanted);
        boolean settled = committed.equals(foreseen);
        Set<Effect> permitted = settled ? Set.of() : Set.copyOf(Outstanding.of(committed));
        Map<StepKey, Effect.RunStep> steps = new LinkedHashMap<>();
        for (Effect e : wanted) {
            if (e instanceof Effect.RunStep r && (settled || permitted.contains(e))) {
                steps.put(r.key(), r);
            }
        }
        sent.removeIf(s -> s.key().rolloutId().equals(committed.id()) && !steps.containsKey(s.key()));
        steps.values().forEach(r -> run(committed, r));
    }

    /**
     * Looks at the gates of a rollout as it will be when all that is under way is committed: looking changes nothing, and what is seen
     * is proposed behind what is under way.
     */
    void watch(RolloutState foreseen) {
        if (term != 0) {
            watch(foreseen, Outstanding.of(foreseen));
        }
    }

    private void watch(RolloutState rollout, List<Effect> wanted) {
        gates.entrySet().removeIf(e -> {
            boolean over = e.getKey().rolloutId().equals(rollout.id()) && !wanted.contains(e.getKey());
            if (over) {
                e.getValue().next.cancel(false);
            }
            return over;
        });
        for (Effect e : wanted) {
            if (e instanceof Effect.Look l && !gates.containsKey(l)) {
                gates.put(l, new Gate(schedule(rollout, l, Duration.between(clock.now(), l.notBefore()))));
            }
        }
    }

    /** The agent has (re)connected: what was sent to it may be lost. */
    void forget(String node) {
        sent.removeIf(s -> s.executor().equals(node));
    }

    /** This member no longer leads: nothing is done any more. */
    void stop() {
        term = 0;
        prober.stop();
        sent.clear();
        gates.values().forEach(g -> g.next.cancel(false));
        gates.clear();
        recent.forgetAll();
    }

    /** Lets the agents fetch what the first hop of a plan will need; what does not arrive is fetched by the rollout. */
    void announce(Plan plan) {
        PlannedHop hop = plan.hops().get(0);
        Prefetch prefetch = Prefetch.newBuilder()
                .setTerm(term)
                .setArtifact(StepCodec.artifact(hop.artifact()))
                .build();
        for (Plan.Member member : plan.members()) {
            if (!member.version().equals(hop.to())) {
                links.send(
                        member.node(),
                        CoordinatorMessage.newBuilder().setPrefetch(prefetch).build());
            }
        }
    }

    private void run(RolloutState rollout, Effect.RunStep step) {
        Sent mark = new Sent(step.key(), step.executor());
        if (sent.contains(mark)) {
            return;
        }
        CoordinatorMessage message = CoordinatorMessage.newBuilder()
                .setRunStep(command(rollout, step))
                .build();
        recent.done(step.key().rolloutId(), step.key().phase());
        if (links.send(step.executor(), message)) {
            sent.add(mark);
        }
    }

    private RunStep command(RolloutState rollout, Effect.RunStep step) {
        Plan plan = rollout.plan();
        RunStep.Builder b = RunStep.newBuilder()
                .setId(StepCodec.id(step.key()))
                .setTerm(term)
                .setRecipe(plan.product())
                .setRecipeDigest(plan.recipeDigest())
                .putAllValues(values(rollout, step))
                .setTimeoutMs((int) Math.min(Integer.MAX_VALUE, step.within().toMillis()))
                .setBack(step.back())
                .setUndo(step.undo());
        Optional<Release.ArtifactRef> artifact = step.back()
                ? rollout.hop().wayBack().artifact()
                : Optional.of(rollout.hop().artifact());
        artifact.filter(a -> !a.fileName().isEmpty()).ifPresent(a -> b.setArtifact(StepCodec.artifact(a)));
        if (step.back()) {
            b.setBackupHop(hopId(rollout));
        }
        WayBackOrders.complete(b, rollout, step);
        return b.build();
    }

    private static SortedMap<String, String> values(RolloutState rollout, Effect.RunStep step) {
        Plan plan = rollout.plan();
        PlannedHop hop = rollout.hop();
        SortedMap<String, String> v = new TreeMap<>();
        v.put(Values.NODE_NAME, step.key().node());
        v.put(Values.NODE_MEMBER, plan.member(step.key().node()).member());
        step.peer().ifPresent(p -> {
            v.put(Values.PEER_NAME, p);
            v.put(Values.PEER_MEMBER, plan.member(p).member());
        });
        v.put(Values.CLUSTER_NAME, plan.cluster());
        v.put(Values.RELEASE_VERSION, (step.back() ? hop.from() : hop.to()).text());
        v.put(Values.RELEASE_PREVIOUS, (step.back() ? hop.to() : hop.from()).text());
        v.put(Values.HOP_MIGRATIONS, String.join(" ", hop.migrations()));
        v.put(Values.ROLLOUT_ID, rollout.id());
        v.put(Values.HOP_ID, hopId(rollout) + (step.back() ? ".back" : ""));
        return v;
    }

    private static String hopId(RolloutState rollout) {
        return rollout.id() + "." + (rollout.plan().hops().indexOf(rollout.hop()) + 1);
    }

    private ScheduledFuture<?> schedule(RolloutState rollout, Effect.Look look, Duration delay) {
        return loop.schedule(() -> look(rollout, look), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void look(RolloutState rollout, Effect.Look look) {
        Gate gate = gates.get(look);
        if (gate == null) {
            return;
        }
        List<String> nodes =
                rollout.plan().members().stream().map(Plan.Member::node).toList();
        boolean connected = nodes.stream().allMatch(links::connected);
        Instant now = clock.now();
        if (settledTerm < term && !connected) {
            gate.next = schedule(rollout, look, FIRST_PAUSE);
        } else if (look.purpose() == GatePurpose.TAKE_OUT) {
            blockers.ask(rollout, answers -> takeOut(rollout, look, nodes, answers));
        } else {
            looks.start(nodes, look.replicas(), view -> {
                recent.seen(look, now, view);
                looked(rollout, look, view, List.of());
            });
        }
    }

    /** The blockers have answered; what was seen of the nodes a moment ago still counts if it is recent now. */
    private void takeOut(RolloutState rollout, Effect.Look look, List<String> nodes, List<BlockerAnswer> answers) {
        boolean connected = nodes.stream().allMatch(links::connected);
        Optional<SortedMap<String, NodeObservation>> seen =
                connected && gates.containsKey(look) ? recent.forGate(look, clock.now()) : Optional.empty();
        if (seen.isPresent()) {
            looked(rollout, look, seen.get(), answers);
        } else {
            looks.start(nodes, look.replicas(), view -> looked(rollout, look, view, answers));
        }
    }

    private void looked(
            RolloutState rollout,
            Effect.Look look,
            SortedMap<String, NodeObservation> view,
            List<BlockerAnswer> answers) {
        if (!gates.containsKey(look)) {
            return;
        }
        Instant now = clock.now();
        Sight sight = new Sight(prober.sight(rollout), answers);
        propose.accept(
                look.rolloutId(), new Event.Looked(look.node(), look.purpose(), look.attempt(), view, sight, now));
        Gate gate = gates.get(look);
        if (gate != null) {
            Recipe.GateSettings settings = rollout.plan().gate();
            gate.next = schedule(rollout, look, gate.pause);
            Duration doubled = gate.pause.multipliedBy(2);
            gate.pause = doubled.compareTo(settings.every()) < 0 ? doubled : settings.every();
        }
    }
}
