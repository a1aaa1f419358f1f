package dev.rota.agent.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who a command runs as. An agent that is not root cannot change it, and does not try. */
public final class RunAs {
    private static final RunAs SELF = new RunAs("", List.of(), Map.of(), Optional.empty());

    private final String name;
    private final List<String> prefix;
    private final Map<String, String> environment;
    private final Optional<Ids> ids;

    private RunAs(String name, List<String> prefix, Map<String, String> environment, Optional<Ids> ids) {
        this.name = name;
        this.prefix = prefix;
        this.environment = environment;
        this.ids = ids;
    }

    /** Numbers of a user and its primary group. */
    public record Ids(int uid, int gid) {}

    /** The agent's own user. */
    public static RunAs self() {
        return SELF;
    }

    /**
     * The named user if the agent is root, else (and for an empty name) the agent's own.
     *
     * @throws IOException if the user cannot be switched to on this host
     */
    public static RunAs user(String name) throws IOException {
        if (name.isEmpty() || !agentIsRoot()) {
            return SELF;
        }
        return resolve(name, Path.of("/etc/passwd"));
    }

    static RunAs resolve(String name, Path passwd) throws IOException {
        for (String line : Files.readAllLines(passwd, StandardCharsets.UTF_8)) {
            String[] f = line.split(":", -1);
            if (f.length >= 7 && f[0].equals(name)) {
                Map<String, String> environment = new TreeMap<>();
                environment.put("HOME", f[5]);
                environment.put("USER", name);
                environment.put("LOGNAME", name);
                List<String> prefix = new ArrayList<>();
                Optional<Path> setpriv = find("setpriv");
                if (setpriv.isPresent()) {
                    prefix.addAll(
                            List.of(setpriv.get().toString(), "--reuid", f[2], "--regid", f[3], "--init-groups", "--"));
                } else {
                    prefix.addAll(runuser(name));
                }
                Ids ids = new Ids(Integer.parseInt(f[2]), Integer.parseInt(f[3]));
                return new RunAs(name, List.copyOf(prefix), environment, Optional.of(ids));
            }
        }
        throw new IOException("user " + name + " (the recipe's user) is not in " + passwd);
    }

    private static List<String> runuser(String name) throws IOException {
        Path runuser = find("runuser")
                .orElseThrow(() -> new IOException("neither setpriv nor runuser is installed: cannot run as " + name));
        return List.of(runuser.toString(), "-u", name, "--");
    }

    private static Optional<Path> find(String program) {
        return List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
                .map(d -> Path.of(d, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether this process is root. */
    public static boolean agentIsRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Who the files the agent makes for the product should belong to; empty: the agent's own user. */
    public Optional<Ids> ids() {
        return ids;
    }

    List<String> wrap(List<String> argv) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(argv);
        return all;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "the agent's user" : name;
    }
}
