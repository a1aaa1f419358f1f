package dev.rota.coordinator.port;

import dev.rota.wire.agent.v1.CoordinatorMessage;

/** The connected agents. May be used by any thread. */
public interface AgentLinks {
    /** Whether the node's agent is connected and admitted. */
    boolean connected(String node);

    /**
     * Sends a message to the node's agent. Does not block. Messages to one node keep their order.
     *
     * @return false when the agent is not connected, or so far behind that its connection is ended; true does not mean that the
     *     message has arrived
     */
    boolean send(String node, CoordinatorMessage message);
}
