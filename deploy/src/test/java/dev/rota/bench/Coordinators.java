package dev.rota.bench;

import com.google.gson.Gson;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Role;
import dev.rota.demo.Ports;
import dev.rota.demo.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One coordinator process or several that share a journal, with one cluster; they end with the benchmark's processes. */
final class Coordinators {
    private static final String HOST = "127.0.0.1";
    private static final Duration LEADER_WITHIN = Duration.ofSeconds(60);

    private final Ground ground;
    private final Path directory;
    private final Authority authority;
    private final Credentials operator;
    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** What their configuration has beside the coordinators themselves. */
    Coordinators(Ground ground, int count, Map<String, Object> more) throws IOException {
        this.ground = ground;
        this.directory = Files.createDirectories(ground.directory().resolve("of-" + count));
        this.authority = Authority.init(directory.resolve("ca"), "bench", Instant::now);
        this.operator = authority.issueOperator("bench", Role.ADMIN);
        int port = new Ports().block(2 * count);
        List<Map<String, String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "c" + (i + 1);
            addresses.put(name, HOST + ":" + (port + i));
            all.add(Map.of("name", name, "address", HOST + ":" + (port + i), "peer", HOST + ":" + (port + count + i)));
        }
        for (String name : addresses.keySet()) {
            authority.issueCoordinator(name, List.of(HOST)).writeTo(data(name).resolve("tls"));
            Map<String, Object> settings = new LinkedHashMap<>(more);
            settings.put("name", name);
            settings.put("data", data(name).toString());
            settings.put("listen", addresses.get(name));
            if (count > 1) {
                settings.put("coordinators", all);
            }
            Files.writeString(config(name), new Gson().toJson(settings));
        }
    }

    /** The authority of all certificates. */
    Authority authority() {
        return authority;
    }

    /** Its certificate. */
    Path ca() {
        return directory.resolve("ca").resolve(Credentials.CA_FILE);
    }

    /** Starts all of them; answers the leader's address once there is one that all others follow. */
    String start() throws IOException, InterruptedException {
        for (String name : addresses.keySet()) {
            ground.processes()
                    .start(
                            process(name),
                            List.of(
                                    ground.repository()
                                            .resolve("deploy/bin/rota-coordinator")
                                            .toString(),
                                    "serve",
                                    "--config",
                                    config(name).toString()),
                            Map.of(),
                            ground.directory());
        }
        // Who does not lead sends operators on, so all are asked.
        Map<String, Operator> asked = new LinkedHashMap<>();
        List<String> leader = new ArrayList<>();
        try {
            for (Map.Entry<String, String> e : addresses.entrySet()) {
                asked.put(e.getKey(), operator(e.getValue()));
            }
            Until.holds("one leads, see " + ground.directory() + "/log", LEADER_WITHIN, () -> {
                asked.values().stream()
                        .flatMap(o -> o.leader(addresses.size()).stream())
                        .findFirst()
                        .ifPresent(leader::add);
                return !leader.isEmpty();
            });
        } finally {
            asked.values().forEach(Operator::close);
        }
        return addresses.getOrDefault(
                leader.get(0), addresses.values().iterator().next());
    }

    /** An operator who may do everything, at that address. */
    Operator operator(String address) throws IOException {
        return new Operator(address, operator, ca());
    }

    /** Ends all of them. */
    void stop() throws InterruptedException {
        for (String name : addresses.keySet()) {
            ground.processes().stop(process(name));
        }
    }

    private String process(String name) {
        return name + "-of-" + addresses.size();
    }

    private Path data(String name) {
        return directory.resolve(name);
    }

    private Path config(String name) {
        return directory.resolve(name + ".yaml");
    }
}
