package dev.rota.agent.link;

/** What the agent says of itself when it connects. */
public record Identity(String node, String agentVersion, String recipe, String recipeDigest, String bootId) {}
