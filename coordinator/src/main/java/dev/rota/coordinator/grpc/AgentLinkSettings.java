package dev.rota.coordinator.grpc;

import java.time.Duration;

/**
 * What the coordinator asks of its agents.
 *
 * @param heartbeat how often an agent shows that it is there; silent for four of these, its connection is ended
 * @param observe how often it looks at its node by itself
 * @param version the coordinator's version
 */
public record AgentLinkSettings(Duration heartbeat, Duration observe, String version) {}
