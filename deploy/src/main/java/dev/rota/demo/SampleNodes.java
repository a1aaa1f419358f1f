package dev.rota.demo;

import dev.rota.sample.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The directories and processes of the sample product's nodes. */
final class SampleNodes {
    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final int PORTS_PER_NODE = 3;
    private static final int OWNER_EXECUTES = 0100;

    private final Site site;
    private final Map<String, Integer> firstPorts = new LinkedHashMap<>();

    SampleNodes(Site site) {
        this.site = site;
        for (int i = 1; i <= site.nodeCount(); i++) {
            firstPorts.put("n" + i, site.ports().block(PORTS_PER_NODE));
        }
    }

    List<String> names() {
        return List.copyOf(firstPorts.keySet());
    }

    Path home(String node) {
        return site.directory().resolve(node);
    }

    String address(String node) {
        return "127.0.0.1:" + Optional.ofNullable(firstPorts.get(node)).orElseThrow();
    }

    String url(String node) {
        return "http://" + address(node);
    }

    Path pidFile(String node) {
        return home(node).resolve("run/sample.pid");
    }

    /** Makes every node's directory with that release installed, as the recipe would have installed it. */
    void make(Release release, Path artifact) throws IOException {
        for (String node : names()) {
            Path home = home(node);
            for (String part : List.of("data", "fault", "log", "run", "releases")) {
                Files.createDirectories(home.resolve(part));
            }
            StringBuilder properties = new StringBuilder("name = " + node + "\n");
            firstPorts.forEach((name, port) -> properties.append("node.%s = %d %d%n".formatted(name, port, port + 1)));
            Files.writeString(home.resolve("node.properties"), properties);
            install(node, release, artifact);
        }
    }

    /** Unpacks a release on a node and points {@code current} at it. */
    void install(String node, Release release, Path artifact) throws IOException {
        Path installed = home(node).resolve("releases").resolve(release.version());
        unpack(artifact, installed);
        Files.writeString(installed.resolve(".rota-artifact"), sha256(artifact) + "\n");
        Path link = home(node).resolve("current");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, installed);
    }

    /** Starts all nodes and joins them to the first. */
    void startCluster() throws IOException, InterruptedException {
        for (String node : names()) {
            start(node);
        }
        for (String node : names()) {
            awaitReady(node);
        }
        String first = names().get(0);
        for (String node : names().subList(1, names().size())) {
            String answer = Http.post(url(node) + "/admin/join?peer=" + first, START_WITHIN)
                    .orElseThrow(() -> new IOException(node + " could not join " + first + ", see "
                            + home(node).resolve("log/sample.log")));
            if (!answer.startsWith("joined")) {
                throw new IOException(node + " answered to join: " + answer);
            }
        }
    }

    /** Starts one node in the background and notes its process id where the recipe looks for it. */
    void start(String node) throws IOException {
        Path home = home(node);
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("current/bin/sampled").toString(), home.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("log/sample.log").toFile()));
        Files.writeString(pidFile(node), builder.start().pid() + "\n");
    }

    void awaitReady(String node) throws IOException, InterruptedException {
        Until.holds(
                node + " serves",
                START_WITHIN,
                () -> Http.get(url(node) + "/ready").isPresent());
    }

    /** What was counted on a node: lines of time, operation and who asked, separated by tabs. */
    List<String> counted(String node, String operation) throws IOException {
        Path file = home(node).resolve("counters.log");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> line.split("\t", -1)[1].equals(operation))
                        .toList()
                : List.of();
    }

    /** Ends every node's process; none is left when this returns. */
    void stopAll() throws InterruptedException {
        List<ProcessHandle> running = new ArrayList<>();
        for (String node : names()) {
            Processes.handleIn(pidFile(node)).ifPresent(running::add);
        }
        running.forEach(ProcessHandle::destroy);
        for (String node : names()) {
            Processes.stopByFile(pidFile(node), Processes.GRACE);
        }
    }

    private static void unpack(Path artifact, Path to) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(artifact)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(to));
                Files.copy(tar, file);
                if ((entry.getMode() & OWNER_EXECUTES) != 0 && !file.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + file + " executable");
                }
            }
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
