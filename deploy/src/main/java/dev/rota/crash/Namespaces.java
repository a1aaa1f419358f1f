package dev.rota.crash;

import dev.rota.demo.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace for each coordinator, joined by a bridge, so that one can be cut off from the others. Everything is made inside
 * the namespaces this program was started in, and vanishes with them.
 */
final class Namespaces implements Network {
    private static final String SUBNET = "10.77.0.";
    private static final String BRIDGE = "rota-crash";

    private final List<String> names;

    private Namespaces(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Makes them.
     *
     * @throws IOException when this kernel or this user cannot
     */
    static Namespaces make(List<String> names) throws IOException, InterruptedException {
        Namespaces made = new Namespaces(names);
        ip("link", "add", BRIDGE, "type", "bridge");
        ip("addr", "add", SUBNET + "254/24", "dev", BRIDGE);
        ip("link", "set", BRIDGE, "up");
        for (String name : names) {
            String port = "rota-" + name;
            ip("netns", "add", name);
            ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name);
            ip("link", "set", port, "master", BRIDGE, "up");
            ip("-n", name, "addr", "add", made.host(name) + "/24", "dev", "eth0");
            ip("-n", name, "link", "set", "eth0", "up");
            ip("-n", name, "link", "set", "lo", "up");
        }
        return made;
    }

    @Override
    public String host(String coordinator) {
        int at = names.indexOf(coordinator);
        if (at < 0) {
            throw new IllegalArgumentException("no namespace was made for " + coordinator);
        }
        return SUBNET + (at + 1);
    }

    @Override
    public List<String> enter(String coordinator) {
        return List.of("ip", "netns", "exec", coordinator);
    }

    /** No packet goes between this coordinator and another one any more. */
    void cut(String coordinator) throws IOException, InterruptedException {
        between("add", coordinator);
    }

    /** Undoes {@link #cut}. */
    void mend(String coordinator) throws IOException, InterruptedException {
        between("del", coordinator);
    }

    private void between(String verb, String coordinator) throws IOException, InterruptedException {
        for (String other : names) {
            if (!other.equals(coordinator)) {
                ip("-n", coordinator, "route", verb, "blackhole", host(other) + "/32");
                ip("-n", other, "route", verb, "blackhole", host(coordinator) + "/32");
            }
        }
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
