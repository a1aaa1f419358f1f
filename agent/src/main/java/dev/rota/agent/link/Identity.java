package dev.rota.agent.link;

/**
 * What the agent says of itself when it connects.
 *
 * @param instance of its data directory
 */
public record Identity(
        String node, String agentVersion, String recipe, String recipeDigest, String bootId, String instance) {}
