package dev.rota.agent.config;

import dev.rota.contract.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A checked configuration: everything in it can be used as it is.
 *
 * @param node this node's name
 * @param coordinators {@code host:port} of each coordinator
 * @param data directory that is the agent's own
 * @param recipe what this node's product is and how it is handled
 * @param parameters the recipe's parameters with their values
 * @param keepBackups of so many hops the backups are kept, at least 1
 */
public record Settings(
        String node,
        List<String> coordinators,
        Path data,
        Tls tls,
        Recipe recipe,
        Map<String, String> parameters,
        Limits limits,
        int keepBackups) {
    /** PEM files: the coordinators' authority, this agent's certificate, and its key. */
    public record Tls(Path ca, Path cert, Path key) {}

    /**
     * Bounds.
     *
     * @param outputBytes output kept on disk for each step
     * @param diskFloorBytes what must stay free where the agent writes
     * @param jobs acknowledged steps that are kept
     */
    public record Limits(long outputBytes, long diskFloorBytes, int jobs) {}
}
