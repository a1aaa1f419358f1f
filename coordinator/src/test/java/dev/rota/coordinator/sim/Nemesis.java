package dev.rota.coordinator.sim;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.wire.agent.v1.RunStep;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong with the coordinators: around every append, at gates, and at any time. */
final class Nemesis {
    private static final List<Fault> AT_ANSWER = List.copyOf(new ArrayList<>(Fault.AT_ANSWER));

    private final World world;
    private final Schedule schedule;

    Nemesis(World world) {
        this.world = world;
        this.schedule = world.schedule();
    }

    /** Appends, and does to the leader what was decided for this transition. */
    long append(Host host, byte[] bytes) throws JournalException {
        Fault fault = host.member().leads && !host.frozen() ? atAnswer(EntryCodec.decode(bytes)) : Fault.NONE;
        if (fault != Fault.NONE) {
            world.trace(() -> host.name() + " " + fault);
        }
        Cluster cluster = world.cluster();
        switch (fault) {
            case LEADER_CRASHES_BEFORE_APPEND -> throw new Crash();
            case LEADER_CRASHES_BEFORE_APPLY -> {
                cluster.appendUnheard(host.member(), bytes, 2);
                throw new Crash();
            }
            case ALL_CRASH_AFTER_COMMIT -> {
                cluster.append(host.member(), bytes);
                crashAll(host);
                throw new Crash();
            }
            case APPEND_KEPT_UNHEARD, APPEND_LOST_UNHEARD -> {
                cluster.appendUnheard(host.member(), bytes, fault == Fault.APPEND_KEPT_UNHEARD ? 1 : 0);
                cluster.isolate(host.member(), 5_000 + schedule.random(40_000));
                throw JournalException.unknownOutcome("no commit in time", null);
            }
            default -> {
                long index = decided(host, bytes);
                if (world.chaos().spend(1)) {
                    strike(host, schedule.random(3));
                }
                return index;
            }
        }
    }

    private long decided(Host host, byte[] bytes) throws JournalException {
        try {
            return world.planted(Plant.EFFECT_BEFORE_COMMIT)
                    ? world.cluster().appendAlone(host.member(), bytes)
                    : world.cluster().append(host.member(), bytes);
        } catch (JournalException e) {
            world.trace(() -> host.name() + " cannot append: " + e.getMessage());
            throw e;
        }
    }

    private void crashAll(Host but) {
        for (Host h : world.hosts()) {
            if (h != but) {
                h.crash(500 + schedule.random(30_000));
            }
        }
    }

    private Fault atAnswer(Entry entry) {
        if (entry instanceof Entry.RolloutChanged c && c.event() instanceof Event.StepReported e) {
            Fault fault = world.chaos().of(e.key());
            if (Fault.AT_ANSWER.contains(fault) && world.once(fault, e.key())) {
                return fault;
            }
        }
        return world.chaos().spend(1) ? AT_ANSWER.get(schedule.random(AT_ANSWER.size())) : Fault.NONE;
    }

    /** The leader is about to give an order. */
    void beforeOrder(Host host, String executor, RunStep order) {
        StepKey key = StepCodec.key(order.getId());
        Fault fault = world.chaos().of(key);
        if (!Fault.BEFORE_ORDER.contains(fault) || !world.once(fault, key)) {
            return;
        }
        world.trace(() -> host.name() + " " + fault + " " + key);
        switch (fault) {
            case LEADER_CRASHES_BEFORE_ORDER -> throw new Crash();
            case LEADER_CHANGES_BEFORE_ORDER -> world.cluster().change(host.member());
            case LEADER_PAUSED_BEFORE_ORDER -> host.freeze(1_000 + schedule.random(20_000));
            default -> {
                world.agent(executor).crash(order.getTimeoutMs() + Agent.GRACE_MS);
                host.freeze(order.getTimeoutMs() + Agent.GRACE_MS + 60_000L + schedule.random(120_000));
            }
        }
    }

    /** The node waits at a gate: its leader may die meanwhile. */
    void atGate(String node, NodeState.Gating g, RolloutState rollout) {
        StepKey key = new StepKey(rollout.id(), node, g.phase(), g.attempt());
        if (world.chaos().of(key) == Fault.LEADER_CRASHES_IN_GATE && world.once(Fault.LEADER_CRASHES_IN_GATE, key)) {
            long within = rollout.plan().gate().stable().toMillis() + 1_000;
            schedule.in(schedule.random((int) within), this::crashLeader);
        }
    }

    private void crashLeader() {
        world.hosts().stream()
                .filter(h -> h.member().leads)
                .findFirst()
                .ifPresent(h -> h.crash(500 + schedule.random(20_000)));
    }

    /** Now and then something happens to a coordinator or to the network, whatever the rollout is doing. */
    void roam() {
        if (world.chaos().spend(10)) {
            List<Host> hosts = world.hosts();
            strike(hosts.get(schedule.random(hosts.size())), schedule.random(6));
        }
        schedule.in(3_000 + schedule.random(10_000), this::roam);
    }

    private void strike(Host host, int kind) {
        int ms = 1_000 + schedule.random(40_000);
        switch (kind) {
            case 0 -> host.freeze(ms);
            case 1 -> world.cluster().change(host.member());
            case 2 -> world.cluster().isolate(host.member(), ms);
            case 3 -> host.crash(ms);
            case 4 -> {
                world.trace(() -> "all coordinators crash");
                world.hosts().forEach(h -> h.crash(500 + schedule.random(30_000)));
            }
            default -> {
                List<Agent> agents = world.agents();
                world.cut(agents.get(schedule.random(agents.size())), host, ms);
            }
        }
    }
}
