package dev.rota.coordinator.port;

import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.util.Optional;

/**
 * What the agents have to tell. Every message was checked against the bounds of the wire contract, and {@code node} is what the
 * agent's certificate says.
 *
 * <p>Calls for one node come one at a time, in order: {@code admit}, {@code connected}, the messages, {@code disconnected}. When
 * a second connection of the node takes over, {@code disconnected} of the first comes before {@code connected} of the second.
 * Calls for different nodes may come at the same time. None may block.
 */
public interface AgentEvents {
    /** The reason to refuse the agent, in one sentence, or empty to accept it. */
    Optional<String> admit(String node, Hello hello);

    /** The agent was welcomed; messages can be sent to it. */
    void connected(String node, Hello hello);

    /** The agent's connection has ended. */
    void disconnected(String node);

    /** The agent has looked at its node. */
    void observation(String node, Observation observation);

    /** A running step has something to show. */
    void progress(String node, StepProgress progress);

    /** A step has ended; the agent repeats this until it is acknowledged. */
    void result(String node, StepResult result);

    /** The agent has listed what it has saved. */
    void backups(String node, BackupList list);

    /** The term that goes into welcomes and heartbeat answers. */
    long term();
}
