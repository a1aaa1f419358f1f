package dev.rota.demo;

import dev.rota.load.Balancer;
import dev.rota.load.KeyValueLoad;
import dev.rota.sample.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The sample product: nodes on loopback, the small balancer in front of them, clients that write and read keys. */
public final class SampleProduct implements Product {
    private static final Release INSTALLED = Release.V1_0;
    private static final String BALANCER = "balancer";

    /** How far off the measured unavailability may be at either end of an outage. */
    private static final Duration PROBE_EVERY = Duration.ofMillis(200);

    private static final Duration BALANCER_WITHIN = Duration.ofSeconds(20);
    private static final KeyValueLoad.Settings LOAD = new KeyValueLoad.Settings(20, 200, Duration.ofMinutes(15));
    /** Phases this product can be made to fail in: each has a fault of its name. */
    private static final List<String> PHASES = List.of("backup", "check", "join", "leave", "start");
    /** Those the new release carries out: it is the one that fails, and a node that goes back does not. */
    private static final Set<String> RUN_BY_NEW = Set.of("join", "start");

    private final Site site;
    private final SampleNodes nodes;
    private final int port;
    private final int adminPort;
    private final List<ReleaseFile> releases = new ArrayList<>();
    private Optional<KeyValueLoad> load = Optional.empty();
    private Map<String, Object> extras = Map.of();
    private boolean watched;

    /** Plans the cluster; nothing is made yet. */
    public SampleProduct(Site site) {
        this.site = site;
        this.nodes = new SampleNodes(site);
        this.port = site.ports().next();
        this.adminPort = site.ports().next();
    }

    /** Versions the cluster can be upgraded to, oldest first. */
    static List<String> targets() {
        return Arrays.stream(Release.values())
                .filter(release -> release != INSTALLED)
                .map(Release::version)
                .toList();
    }

    /** Phases this product can be made to fail in, in the order of the alphabet. */
    static List<String> phases() {
        return PHASES;
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String cluster() {
        return "shop";
    }

    @Override
    public List<String> nodes() {
        return nodes.names();
    }

    @Override
    public String installedVersion() {
        return INSTALLED.version();
    }

    @Override
    public String defaultTarget() {
        return Release.V1_1.version();
    }

    /** Address clients use. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Where a node answers directly. */
    public String url(String node) {
        return nodes.url(node);
    }

    /** A node's directory. */
    public Path home(String node) {
        return nodes.home(node);
    }

    /** Writes a key as a client does; whether that was accepted. */
    public boolean put(String key, String value) throws InterruptedException {
        return Http.put(url() + "/kv/" + key, value).isPresent();
    }

    /** What a client reads under a key. */
    public Optional<String> get(String key) throws InterruptedException {
        return Http.get(url() + "/kv/" + key);
    }

    /** Of the data each node holds. */
    public Map<String, String> digests() throws InterruptedException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (String node : nodes()) {
            digests.put(node, ask(node, "/digest").orElse("no answer"));
        }
        return digests;
    }

    /** Starts a node's process by hand, and waits until it answers. */
    public void startNode(String node) throws IOException, InterruptedException {
        nodes.start(node);
        nodes.awaitReady(node);
    }

    /** How often a node was told to do that: start, stop, backup, leave, join. */
    public int counted(String node, String operation) throws IOException {
        return nodes.counted(node, operation).size();
    }

    @Override
    public void prepare() throws IOException {
        for (Release release : Release.values()) {
            Path artifact = SampleReleases.build(
                    release, site.repository(), site.directory().resolve("artifacts"));
            releases.add(ReleaseFile.of(release.version(), artifact));
        }
        nodes.make(INSTALLED, releases.get(0).artifact());
    }

    @Override
    public List<ReleaseFile> releases() {
        return List.copyOf(releases);
    }

    @Override
    public Optional<Path> notes() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> assumptions() {
        return Map.of();
    }

    @Override
    public void watch() {
        watched = true;
    }

    /** While this file is there, no node is taken out of a cluster that is watched. */
    public Path alert() {
        return site.directory().resolve("alert");
    }

    @Override
    public Map<String, Object> watching() {
        String every = PROBE_EVERY.toMillis() + "ms";
        return watched
                ? Map.of(
                        "probe", Map.of("http", url() + "/ready", "every", every, "timeout", "1s"),
                        "blockers",
                                List.of(Map.of(
                                        "name",
                                        "alerts",
                                        "run",
                                        List.of("/usr/bin/test", "!", "-e", alert().toString()),
                                        "every",
                                        every)))
                : Map.of();
    }

    @Override
    public void startCluster() throws IOException, InterruptedException {
        nodes.startCluster();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Drota.site=" + site.directory(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.nodelay=true",
                "-Djdk.httpclient.keepalive.timeout=5",
                "-cp",
                System.getProperty("java.class.path"),
                Balancer.class.getName(),
                String.valueOf(port),
                String.valueOf(adminPort)));
        nodes().forEach(node -> command.add(node + "=" + nodes.url(node)));
        site.processes().start(BALANCER, command, Map.of(), site.directory());
        Until.holds(
                "the balancer sees every node",
                BALANCER_WITHIN,
                () -> Http.get(balancer() + "/backends")
                        .map(states -> nodes().stream().allMatch(node -> states.contains(node + " up ")))
                        .orElse(false));
    }

    @Override
    public Map<String, String> agentParameters(String node) {
        return Map.of("root", nodes.home(node).toString(), "address", nodes.address(node), "balancer", balancer());
    }

    /** Kills a node's process without a warning; returns when it is gone. */
    public void kill(String node) {
        Processes.handleIn(nodes.pidFile(node)).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** Starts a node's process again and waits until it serves. */
    public void startAgain(String node) throws IOException, InterruptedException {
        nodes.start(node);
        nodes.awaitReady(node);
    }

    /** How the balancer sees each node; empty when it does not answer. */
    public Map<String, String> backends() throws InterruptedException {
        Map<String, String> states = new LinkedHashMap<>();
        for (String line : Http.get(balancer() + "/backends").orElse("").lines().toList()) {
            String[] words = line.split(" ", -1);
            states.put(words[0], words[1]);
        }
        return states;
    }

    /** Who made a node do that, as often as it was done: start, stop, backup, leave, join. */
    public List<String> askers(String node, String operation) throws IOException {
        return nodes.counted(node, operation).stream()
                .map(line -> line.split("\t", -1)[2])
                .toList();
    }

    @Override
    public void startLoad() throws IOException, InterruptedException {
        startLoad(LOAD);
    }

    /** Like {@link #startLoad()}, as hard as asked for. */
    public void startLoad(KeyValueLoad.Settings settings) throws IOException, InterruptedException {
        KeyValueLoad clients = new KeyValueLoad(url(), settings);
        load = Optional.of(clients);
        clients.start();
    }

    @Override
    public LoadFigures stopLoad() throws InterruptedException {
        KeyValueLoad.Figures figures = load.orElseThrow(() -> new IllegalStateException("no load was started"))
                .stop();
        load = Optional.empty();
        if (figures.tally().failed() > 0) {
            extras = Map.of("failures", figures.tally().reasons());
        }
        return new LoadFigures(
                figures.tally().requests(),
                figures.tally().failed(),
                figures.lostWrites(),
                figures.tally().longestGap().toMillis());
    }

    @Override
    public void injectFault(String phase, String node, String target) throws IOException {
        if (!PHASES.contains(phase)) {
            throw new IllegalArgumentException(
                    "the sample product can be made to fail in " + String.join(", ", PHASES) + ", not in " + phase);
        }
        if (!nodes().contains(node)) {
            throw new IllegalArgumentException("there is no node " + node);
        }
        fault(node, phase, true, RUN_BY_NEW.contains(phase) ? target : "");
    }

    /** Switches one of the product's own faults on or off. */
    public void fault(String node, String fault, boolean on) throws IOException {
        fault(node, fault, on, "");
    }

    private void fault(String node, String fault, boolean on, String release) throws IOException {
        Path file = nodes.home(node).resolve("fault").resolve(fault);
        if (on) {
            Files.writeString(file, release);
        } else {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void heal() throws IOException {
        for (String node : nodes()) {
            for (String fault : PHASES) {
                fault(node, fault, false);
            }
        }
    }

    @Override
    public String healCommand() {
        return "rm -f " + site.directory() + "/*/fault/*";
    }

    @Override
    public List<String> describeNodes() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String node : nodes()) {
            String ready = ask(node, "/ready").orElse("does not answer");
            String version = ask(node, "/version").orElse("");
            String members = ask(node, "/members").orElse("").replace('\n', ' ');
            lines.add((node + ": " + ready + " " + version + " " + members).strip());
        }
        return lines;
    }

    @Override
    public List<String> verify(Map<String, String> versions) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> digests = new LinkedHashMap<>();
        for (String node : nodes()) {
            String version = Objects.requireNonNull(versions.get(node));
            String greeting = Release.of(version).map(Release::greeting).orElse("?");
            String answer = ask(node, "/version").orElse("no answer");
            if (!answer.contains("\"version\":\"" + version + "\"") || !answer.contains("\"" + greeting + "\"")) {
                wrong.add(node + " ought to run " + version + ", answers: " + answer);
            }
            List<String> members =
                    Arrays.asList(ask(node, "/members").orElse("").split("\n", -1));
            if (!members.equals(nodes())) {
                wrong.add(node + " ought to see " + nodes() + ", sees " + members);
            }
            digests.put(node, ask(node, "/digest").orElse("no answer"));
        }
        if (new TreeSet<>(digests.values()).size() != 1) {
            wrong.add("the nodes hold different data: " + digests);
        }
        String states = Http.get(balancer() + "/backends").orElse("no answer");
        for (String node : nodes()) {
            if (!states.contains(node + " up ")) {
                wrong.add("the balancer does not use " + node + ": " + states);
            }
        }
        return wrong;
    }

    @Override
    public Map<String, Object> reportExtras() {
        return extras;
    }

    @Override
    public void close() {
        load.ifPresent(KeyValueLoad::close);
        try {
            site.processes().stop(BALANCER);
            nodes.stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String balancer() {
        return "http://127.0.0.1:" + adminPort;
    }

    private Optional<String> ask(String node, String path) throws InterruptedException {
        return Http.get(nodes.url(node) + path).map(String::strip);
    }
}
