package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run: everybody who takes part, one event after the other, every rule checked after each. */
final class World {
    private static final long LONGEST_MS = 4L * 3600 * 1000;
    private static final long QUIET_MS = 60_000;

    private final Schedule schedule;
    private final Plan plan;
    private final Chaos chaos;
    private final Set<Plant> plants;
    private final Product product;
    private final Invariants invariants;
    private final Coordinator coordinator;
    private final SortedMap<String, Agent> agents = new TreeMap<>();
    private final EnumSet<Fault> happened = EnumSet.noneOf(Fault.class);
    private final List<String> trace = new ArrayList<>();
    private final int pausePercent;
    private int requests;
    private int events;

    World(Plan plan, long seed, Function<Schedule, Chaos> chaos, Set<Plant> plants, int pausePercent) {
        this.schedule = new Schedule(seed);
        this.plan = plan;
        this.chaos = chaos.apply(schedule);
        this.plants = plants;
        this.pausePercent = pausePercent;
        this.product = new Product(plan, schedule);
        this.invariants = new Invariants(plan, product, !plants.isEmpty());
        this.coordinator = new Coordinator(this);
        plan.members().forEach(m -> agents.put(m.node(), new Agent(m.node(), this)));
    }

    /** Runs until the rollout has ended and all is quiet; the answer is what happened, line by line. */
    List<String> run(Inventory inventory) {
        coordinator.start(inventory, plan);
        clients();
        operator();
        while (!ended()) {
            step();
        }
        long until = schedule.nowMs() + QUIET_MS;
        while (schedule.nowMs() < until) {
            step();
        }
        invariants.end(coordinator.rollout());
        return trace;
    }

    private boolean ended() {
        return coordinator.up() && coordinator.rollout().status().ended();
    }

    private void step() {
        if (schedule.nowMs() > LONGEST_MS || !schedule.step()) {
            throw new Breach("ends", "still " + coordinator.rollout().status() + " after 4 hours");
        }
        events++;
        invariants.check(coordinator.rollout());
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

    /** The operator looks now and then; removes the cause of a hold and retries, resumes, sometimes pauses. */
    private void operator() {
        if (coordinator.up()) {
            RolloutStatus status = coordinator.rollout().status();
            if (status instanceof RolloutStatus.Held) {
                removeCause();
                control(Control.RETRY);
            } else if (status instanceof RolloutStatus.Paused) {
                control(Control.RESUME);
            } else if (status instanceof RolloutStatus.Running && schedule.chance(pausePercent)) {
                control(Control.PAUSE);
            }
        }
        schedule.in(2_000 + schedule.random(20_000), this::operator);
    }

    private void removeCause() {
        coordinator.rollout().nodes().forEach((name, n) -> {
            if (n instanceof NodeState.Stuck s && (s.phase() == Phase.VERIFY || s.phase() == Phase.JOIN)) {
                trace(() -> "operator repairs " + name);
                product.repair(name, s.phase());
            }
        });
    }

    private void control(Control control) {
        String request = "op" + requests++;
        coordinator.control(request, control);
        if (schedule.chance(20)) {
            schedule.in(500, () -> coordinator.control(request, control));
        }
    }

    Schedule schedule() {
        return schedule;
    }

    Product product() {
        return product;
    }

    Invariants invariants() {
        return invariants;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    Chaos chaos() {
        return chaos;
    }

    Agent agent(String node) {
        return Objects.requireNonNull(agents.get(node));
    }

    boolean planted(Plant plant) {
        return plants.contains(plant);
    }

    /** True the first time. */
    boolean once(Fault fault) {
        return happened.add(fault);
    }

    void trace(Supplier<String> line) {
        trace.add(schedule.nowMs() + " " + line.get());
    }

    List<String> lines() {
        return List.copyOf(trace);
    }

    int events() {
        return events;
    }
}
