package dev.rota.coordinator.config;

import dev.rota.contract.Recipes;
import dev.rota.contract.yaml.ConfigException;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.port.ClusterChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The coordinator's configuration. Paths in the file are relative to its directory; here they are complete.
 *
 * @param name this coordinator's name
 * @param data directory of journal, artifacts and keys
 * @param listen where agents and operators connect
 * @param tls its certificate, key and authority; in {@code data/tls} unless the file says otherwise
 * @param recipes the built-in ones and those of the recipes directory
 * @param heartbeat how often an agent shows that it is there
 * @param observe how often an agent looks at its node by itself
 * @param inventory the clusters and their nodes
 * @param coordinators all members of the journal, this one included; empty when this coordinator is alone
 * @param failureDetection how soon another coordinator that does not answer counts as gone
 * @param checks how the clusters are watched from outside, by name
 */
public record CoordinatorConfig(
        String name,
        Path data,
        Listen listen,
        Tls tls,
        Recipes recipes,
        Duration heartbeat,
        Duration observe,
        Inventory inventory,
        List<Member> coordinators,
        FailureDetection failureDetection,
        Map<String, ClusterChecks> checks) {
    /** Copies the collections. */
    public CoordinatorConfig {
        coordinators = List.copyOf(coordinators);
        checks = Map.copyOf(checks);
    }

    /** A host name or address of this host, and a port; port 0 takes a free one. */
    public record Listen(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * One of the coordinators.
     *
     * @param address where agents and operators reach it
     * @param peer where the other coordinators reach it
     */
    public record Member(String name, Listen address, Listen peer) {}

    /** How soon a coordinator counts as gone. */
    public enum FailureDetection {
        /** Survives the pauses of a busy machine. */
        NORMAL,
        /** For machines that do nothing else. */
        FAST
    }

    /** PEM files. */
    public record Tls(Path ca, Path certificate, Path key) {}

    /**
     * Reads the file and the recipes it points to.
     *
     * @throws ConfigException listing every problem with file, line and column, also when the file cannot be read
     */
    public static CoordinatorConfig load(Path file) {
        return new ConfigReader(file).read();
    }
}
