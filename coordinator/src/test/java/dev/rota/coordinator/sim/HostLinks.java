package dev.rota.coordinator.sim;

import dev.rota.coordinator.codec.StepCodec;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import dev.rota.wire.agent.v1.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The connections of one coordinator's agents, as its own side sees them. */
final class HostLinks implements AgentLinks {
    /** The longest time after which a side that hears nothing gives a connection up. */
    static final int SILENCE_MS = 8_000;

    private final World world;
    private final Host host;
    private final SortedMap<String, Connection> connections = new TreeMap<>();

    HostLinks(World world, Host host) {
        this.world = world;
        this.host = host;
    }

    /** An agent says hello; the reason to turn it away, or nothing. */
    Optional<String> accept(Connection c, Hello hello) {
        if (!host.coordinator().leader()) {
            return Optional.of(host.coordinator().leaderName());
        }
        if (host.coordinator().admit(c.agent.node(), hello).isPresent()) {
            return Optional.of("");
        }
        Connection before = connections.put(c.agent.node(), c);
        if (before != null) {
            before.breaks(0);
            host.coordinator().disconnected(c.agent.node());
        }
        long term = host.coordinator().term();
        c.toAgent(() -> c.agent.link().welcomed(c, term));
        host.coordinator().connected(c.agent.node(), hello);
        return Optional.empty();
    }

    boolean current(Connection c) {
        return connections.get(c.agent.node()) == c;
    }

    void lost(Connection c) {
        if (current(c)) {
            connections.remove(c.agent.node());
            host.coordinator().disconnected(c.agent.node());
        }
    }

    /** The process has died: its agents notice at once. */
    void hostDied() {
        all().forEach(c -> c.breaks(0));
        connections.clear();
    }

    /** The process is stopped: its agents notice when it has been silent for long enough. */
    void silent() {
        for (Connection c : all()) {
            world.schedule().in(3_000 + world.schedule().random(SILENCE_MS - 3_000), () -> {
                if (host.frozen()) {
                    c.breaks(0);
                }
            });
        }
    }

    /** This member does not lead any more: its agents must look for the one that does. */
    void endAll() {
        all().forEach(c -> c.breaks(0));
    }

    /** The network between the node and this coordinator fails. */
    void cut(String node) {
        Optional.ofNullable(connections.get(node)).ifPresent(c -> c.breaks(SILENCE_MS - 500));
    }

    private List<Connection> all() {
        return new ArrayList<>(connections.values());
    }

    @Override
    public boolean connected(String node) {
        return connections.containsKey(node);
    }

    @Override
    public boolean send(String node, CoordinatorMessage message) {
        Connection c = connections.get(node);
        if (c == null) {
            return false;
        }
        if (message.hasRunStep() && !host.frozen()) {
            world.nemesis().beforeOrder(host, node, message.getRunStep());
        }
        if (host.frozen()) {
            // The agent may have turned to another coordinator when this comes; it comes all the same.
            host.unsent(() -> world.schedule().in(world.schedule().random(2_000), () -> c.agent.receive(message)));
            return true;
        }
        if (message.hasRunStep()) {
            order(c, message, StepCodec.key(message.getRunStep().getId()));
        } else {
            c.toAgent(() -> c.agent.receive(message));
        }
        return true;
    }

    private void order(Connection c, CoordinatorMessage message, StepKey key) {
        Fault fault = world.chaos().of(key);
        if (fault == Fault.ORDER_LOST && world.once(fault, key)) {
            c.breaks(0);
        }
        c.toAgent(() -> {
            c.agent.receive(message);
            if (fault == Fault.ORDER_DUPLICATED && world.once(fault, key)) {
                c.breaks(0);
            }
        });
        if (fault == Fault.LEADER_CRASHES_AFTER_ORDER && world.once(fault, key)) {
            throw new Crash();
        }
    }
}
