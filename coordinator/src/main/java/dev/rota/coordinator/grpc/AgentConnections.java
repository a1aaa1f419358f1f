package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.AgentLinks;
import dev.rota.wire.agent.v1.CoordinatorMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The one connection of each node's agent. */
public final class AgentConnections implements AgentLinks {
    /** Orders everything that happens to one node; grows with the nodes that certificates were issued for, and no further. */
    static final class Slot {
        private volatile @Nullable AgentStream current;

        @Nullable AgentStream current() {
            return current;
        }

        void current(@Nullable AgentStream stream) {
            current = stream;
        }
    }

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    /** Without connections. */
    public AgentConnections() {}

    @Override
    public boolean connected(String node) {
        AgentStream stream = find(node);
        return stream != null && stream.open();
    }

    @Override
    public boolean send(String node, CoordinatorMessage message) {
        AgentStream stream = find(node);
        return stream != null && stream.send(message);
    }

    Slot slot(String node) {
        return slots.computeIfAbsent(node, key -> new Slot());
    }

    private @Nullable AgentStream find(String node) {
        Slot slot = slots.get(node);
        return slot == null ? null : slot.current();
    }
}
