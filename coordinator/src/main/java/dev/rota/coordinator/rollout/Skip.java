package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import java.time.Instant;

/**
 * Something that was left out because a person said so.
 *
 * @param turn all the rest of the node's hop was left out, and the node stays as it was; else only the phase
 */
public record Skip(String node, Phase phase, boolean turn, String by, Instant at) {}
