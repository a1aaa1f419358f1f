package dev.rota.sample;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What {@code node.properties} says: {@code name}, and for every node of the cluster {@code node.NAME = HTTPPORT CLUSTERPORT}.
 * Everything listens on the loopback address; a node also uses the port after its cluster port.
 *
 * @param home the node's directory
 * @param name this node's name
 * @param nodes every node that may be a member, this one among them
 */
record Settings(Path home, String name, Map<String, Address> nodes) {
    static final String HOST = "127.0.0.1";
    private static final String NODE_PREFIX = "node.";

    /** Where a node listens. */
    record Address(int httpPort, int clusterPort) {
        String url() {
            return "http://" + HOST + ":" + httpPort;
        }
    }

    static Settings read(Path home) throws IOException {
        Path file = home.resolve("node.properties");
        Properties text = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            text.load(reader);
        }
        Map<String, Address> nodes = new TreeMap<>();
        for (String key : text.stringPropertyNames()) {
            if (key.startsWith(NODE_PREFIX)) {
                nodes.put(key.substring(NODE_PREFIX.length()), address(file, key, text.getProperty(key)));
            }
        }
        String name = Optional.ofNullable(text.getProperty("name")).orElse("");
        if (!nodes.containsKey(name)) {
            throw new IOException(file + ": name is '" + name + "', but there is no node." + name);
        }
        return new Settings(home, name, Map.copyOf(nodes));
    }

    Address own() {
        return nodes.getOrDefault(name, new Address(0, 0));
    }

    Optional<Address> of(String node) {
        return Optional.ofNullable(nodes.get(node));
    }

    List<String> others() {
        return nodes.keySet().stream().filter(n -> !n.equals(name)).sorted().toList();
    }

    Path data() {
        return home.resolve("data");
    }

    private static Address address(Path file, String key, String value) throws IOException {
        String[] ports = value.strip().split("\\s+", -1);
        try {
            return new Address(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + ": " + key + " must be 'HTTPPORT CLUSTERPORT', is '" + value + "'", e);
        }
    }
}
