package dev.rota.coordinator.grpc;

import java.time.Duration;

/**
 * What the coordinator asks of its agents.
 *
 * @param heartbeat how often an agent shows that it is there; silent for four of these, its connection is ended
 * @param observe how often it looks at its node by itself
 * @param reconnectSpread the time over which all agents come back when all were cut off at once
 * @param version the coordinator's version
 */
public record AgentLinkSettings(Duration heartbeat, Duration observe, Duration reconnectSpread, String version) {
    /** What one agent's way back may take: a handshake on both ends, welcome and first observation, on two slow processors. */
    private static final Duration WAY_BACK = Duration.ofMillis(2);

    /** For an installation with that many nodes. */
    public static AgentLinkSettings of(Duration heartbeat, Duration observe, int nodes, String version) {
        return new AgentLinkSettings(heartbeat, observe, WAY_BACK.multipliedBy(nodes), version);
    }
}
