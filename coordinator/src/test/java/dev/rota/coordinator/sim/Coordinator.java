package dev.rota.coordinator.sim;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Effect;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Ledger;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.Outstanding;
import dev.rota.coordinator.rollout.RolloutState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A coordinator: what it knows is what its journal says, and effects come after the commit. */
final class Coordinator {
    static final String ROLLOUT = "r1";

    private final World world;
    private final List<byte[]> journal = new ArrayList<>();
    private final Set<Effect> issued = new LinkedHashSet<>();
    private CoordinatorState state = CoordinatorState.empty();
    private boolean up = true;
    private int life;
    private int commits;

    Coordinator(World world) {
        this.world = world;
    }

    /** Declares the cluster, records the plan and starts the rollout. */
    void start(Inventory inventory, Plan plan) {
        List.of(
                        new Entry.InventoryDeclared(inventory),
                        new Entry.PlanMade("q1", plan),
                        new Entry.RolloutStarted(
                                "q2",
                                ROLLOUT,
                                plan.id(),
                                "ann",
                                world.schedule().now()))
                .forEach(e -> append(EntryCodec.encode(e)));
        world.invariants().intend(rollout());
        dispatch(rollout());
        watchDeadlines();
    }

    RolloutState rollout() {
        return Objects.requireNonNull(state.rollouts().get(ROLLOUT));
    }

    boolean up() {
        return up;
    }

    int commits() {
        return commits;
    }

    /** An agent's answer arrives; {@code accept} tells the agent that it need not send it again. */
    void reported(StepKey key, StepReport report, Runnable accept) {
        Fault fault = world.chaos().of(key);
        propose("", new Event.StepReported(key, report, world.schedule().now()), fault, outcome -> {
            if (!(outcome instanceof Ledger.Outcome.Rejected r && r.code().equals("STALE"))) {
                accept.run();
            }
        });
    }

    /** An operator asks for something. */
    void control(String request, Event.Control control) {
        propose(request, new Event.Controlled(control, "ann", world.schedule().now()), Fault.NONE, o -> {});
    }

    /** An agent is back; what was asked of it is asked again. */
    void connected(String node) {
        if (up) {
            for (Effect e : Outstanding.of(rollout())) {
                if (e instanceof Effect.RunStep r && r.executor().equals(node)) {
                    order(r);
                }
            }
        }
    }

    private void propose(String request, Event event, Fault fault, Consumer<Ledger.Outcome> then) {
        if (!up) {
            return;
        }
        Entry entry = new Entry.RolloutChanged(request, ROLLOUT, rollout().revision(), event);
        int before = life;
        if (world.planted(Plant.DISPATCH_BEFORE_COMMIT)
                && Ledger.apply(state, entry) instanceof Ledger.Outcome.Accepted a) {
            dispatch(Objects.requireNonNull(a.state().rollouts().get(ROLLOUT)));
        }
        world.schedule().in(1 + world.schedule().random(20), () -> {
            if (up && life == before) {
                commit(entry, fault, then);
            }
        });
    }

    private void commit(Entry entry, Fault fault, Consumer<Ledger.Outcome> then) {
        if (crashes(fault, Fault.COORDINATOR_CRASHES_BEFORE_COMMIT)) {
            return;
        }
        RolloutState before = rollout();
        Ledger.Outcome outcome = append(EntryCodec.encode(entry));
        RolloutState after = rollout();
        world.trace(() -> describe(entry, outcome, after));
        world.invariants().committed(before, after);
        if (crashes(fault, Fault.COORDINATOR_CRASHES_AFTER_COMMIT) || crashesBeforeOrder(after)) {
            return;
        }
        then.accept(outcome);
        dispatch(after);
    }

    private static String describe(Entry entry, Ledger.Outcome outcome, RolloutState after) {
        Event event = ((Entry.RolloutChanged) entry).event();
        String what = event instanceof Event.StepReported s
                ? s.key() + " " + s.report().outcome()
                : event instanceof Event.Looked l
                        ? "look " + l.node() + " " + l.purpose()
                        : event instanceof Event.Controlled c
                                ? c.control().name()
                                : event.getClass().getSimpleName();
        String result = outcome instanceof Ledger.Outcome.Rejected r ? "rejected " + r.code() : "";
        return "commit " + what + " " + result + " -> " + after.revision() + " "
                + after.status().label() + " batch " + after.batch();
    }

    private Ledger.Outcome append(byte[] bytes) {
        journal.add(bytes);
        commits++;
        Ledger.Outcome outcome = Ledger.apply(state, EntryCodec.decode(bytes));
        if (outcome instanceof Ledger.Outcome.Accepted a) {
            state = world.planted(Plant.HOLD_FREES_SLOT) ? Tamper.freeSlots(a.state(), ROLLOUT) : a.state();
        }
        return outcome;
    }

    private boolean crashes(Fault fault, Fault here) {
        boolean crash = (fault == here && world.once(here)) || world.chaos().spend(1);
        if (crash) {
            crash();
        }
        return crash;
    }

    private boolean crashesBeforeOrder(RolloutState after) {
        for (Effect e : Outstanding.of(after)) {
            if (e instanceof Effect.RunStep r
                    && !issued.contains(e)
                    && world.chaos().of(r.key()) == Fault.COORDINATOR_CRASHES_BEFORE_ORDER
                    && world.once(Fault.COORDINATOR_CRASHES_BEFORE_ORDER)) {
                crash();
                return true;
            }
        }
        return false;
    }

    /** Everything that is not in the journal is gone. */
    private void crash() {
        long forMs = 1_000L + world.schedule().random(60_000);
        world.trace(() -> "coordinator crashes for " + forMs);
        up = false;
        life++;
        world.schedule().in(forMs, this::restart);
    }

    private void restart() {
        CoordinatorState known = state;
        state = CoordinatorState.empty();
        List<byte[]> replay = List.copyOf(journal);
        journal.clear();
        replay.forEach(this::append);
        if (!state.equals(known)) {
            throw new Breach("14 the journal is the state", "the replay leads elsewhere");
        }
        world.trace(() -> "coordinator restarts at " + rollout().revision());
        up = true;
        issued.clear();
        dispatch(rollout());
        watchDeadlines();
    }

    private void dispatch(RolloutState asked) {
        List<Effect> outstanding = Outstanding.of(asked);
        issued.retainAll(outstanding);
        for (Effect e : outstanding) {
            if (issued.add(e)) {
                if (e instanceof Effect.RunStep r) {
                    order(r);
                } else {
                    Effect.Look look = (Effect.Look) e;
                    int now = life;
                    long wait = java.time.Duration.between(world.schedule().now(), look.notBefore())
                            .toMillis();
                    world.schedule().in(Math.max(0, wait), () -> look(look, now));
                }
            }
        }
    }

    private void order(Effect.RunStep r) {
        Fault fault = world.chaos().of(r.key());
        Agent agent = world.agent(r.executor());
        if (fault == Fault.ORDER_LOST && world.once(fault)) {
            world.schedule().in(3_000, () -> connected(r.executor()));
            return;
        }
        world.schedule().in(5 + world.schedule().random(100), () -> agent.receive(r));
        if (fault == Fault.ORDER_DUPLICATED) {
            world.schedule().in(100 + world.schedule().random(5_000), () -> agent.receive(r));
        }
    }

    private void look(Effect.Look look, int inLife) {
        if (!up || life != inLife || !issued.contains(look)) {
            return;
        }
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        for (Plan.Member m : rollout().plan().members()) {
            if (world.agent(m.node()).up()) {
                view.put(m.node(), world.product().observe(m.node()));
            }
        }
        Event event = new Event.Looked(
                look.node(),
                look.purpose(),
                look.attempt(),
                Tamper.view(world, rollout(), look, view),
                world.schedule().now());
        propose("", event, Fault.NONE, o -> {});
        world.schedule().in(rollout().plan().gate().every().toMillis(), () -> look(look, inLife));
    }

    private void watchDeadlines() {
        int now = life;
        world.schedule().in(2_000, () -> {
            if (up && life == now && !rollout().status().ended()) {
                boolean due = rollout().nodes().values().stream()
                        .anyMatch(n -> n instanceof NodeState.Working w
                                && world.schedule().now().isAfter(w.deadline()));
                if (due) {
                    propose("", new Event.TimePassed(world.schedule().now()), Fault.NONE, o -> {});
                }
                watchDeadlines();
            }
        });
    }
}
