package dev.rota.bench;

import com.google.gson.Gson;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.demo.Ports;
import dev.rota.demo.Processes;
import dev.rota.demo.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real coordinator process for many nodes, with the launcher's own settings; it ends with the benchmark's processes. */
final class Server {
    private static final String PROCESS = "coordinator";
    private static final String HOST = "127.0.0.1";
    private static final int NODES_OF_A_CLUSTER = 10;
    private static final Duration SETUP_WITHIN = Duration.ofSeconds(60);
    private static final int CONNECT_MS = 1000;

    private final Ground ground;
    private final int port;
    private final Path data;
    private final Path config;
    private final List<String> nodes = new ArrayList<>();

    Server(Ground ground, int count) throws IOException, InterruptedException {
        this.ground = ground;
        this.port = new Ports().next();
        this.data = ground.directory().resolve("data");
        this.config = ground.directory().resolve("coordinator.yaml");
        run("init", "--data", data.toString(), "--name", "bench", "--address", HOST);
        Files.writeString(config, new Gson().toJson(settings(count)));
    }

    private Map<String, Object> settings(int count) {
        Map<String, Object> clusters = new LinkedHashMap<>();
        for (int first = 0; first < count; first += NODES_OF_A_CLUSTER) {
            List<Map<String, String>> members = new ArrayList<>();
            for (int i = first; i < Math.min(count, first + NODES_OF_A_CLUSTER); i++) {
                String name = "node-%05d".formatted(i);
                nodes.add(name);
                members.add(Map.of("name", name, "zone", "rack-" + i % NODES_OF_A_CLUSTER));
            }
            clusters.put(
                    "cluster-%04d".formatted(first / NODES_OF_A_CLUSTER), Map.of("recipe", "sample", "nodes", members));
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", "bench");
        settings.put("data", data.toString());
        settings.put("listen", address());
        settings.put("clusters", clusters);
        return settings;
    }

    private void run(String... words) throws IOException, InterruptedException {
        ground.processes()
                .run(command(words), Map.of(), ground.directory(), SETUP_WITHIN, line -> {})
                .orThrow("rota-coordinator " + words[0]);
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(ground.repository().resolve("deploy/bin/rota-coordinator").toString());
        command.addAll(List.of(words));
        return command;
    }

    String address() {
        return HOST + ":" + port;
    }

    List<String> nodes() {
        return List.copyOf(nodes);
    }

    Authority authority() throws IOException {
        return Authority.open(data.resolve("ca"), Instant::now);
    }

    Path ca() {
        return data.resolve("tls").resolve(Credentials.CA_FILE);
    }

    /** The coordinator's own. */
    Credentials credentials() throws IOException {
        Path tls = data.resolve("tls");
        return new Credentials(
                Files.readString(tls.resolve(Credentials.CA_FILE)),
                Files.readString(tls.resolve(Credentials.CERTIFICATE_FILE)),
                Files.readString(tls.resolve(Credentials.KEY_FILE)));
    }

    /** Starts it and waits until it listens. */
    void start() throws IOException, InterruptedException {
        ground.processes()
                .start(PROCESS, command("serve", "--config", config.toString()), Map.of(), ground.directory());
        Until.holds("the coordinator listens, see " + ground.directory() + "/log", SETUP_WITHIN, this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        ground.processes().kill(PROCESS);
    }

    double cpuSeconds() throws IOException {
        return ProcFile.cpuSeconds(pid());
    }

    /** Resident now. */
    long memoryMb() throws IOException {
        return ProcFile.kilobytes(status(), "VmRSS") >> 10;
    }

    /** The most that was ever resident. */
    long peakMb() throws IOException {
        return ProcFile.kilobytes(status(), "VmHWM") >> 10;
    }

    private Path status() {
        return Path.of("/proc/" + pid() + "/status");
    }

    private long pid() {
        Processes.Child child = ground.processes().running(PROCESS).orElse(null);
        return Objects.requireNonNull(child, "the coordinator does not run")
                .process()
                .pid();
    }
}
