package dev.rota.demo.ejabberd;

import dev.rota.demo.Processes;
import dev.rota.demo.Site;
import dev.rota.demo.Until;
import dev.rota.load.api.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The cluster's nodes: makes them, starts and joins them, asks them, ends them. */
public final class Nodes {
    private static final Duration COMMAND_WITHIN = Duration.ofSeconds(90);
    private static final Duration STATE_WITHIN = Duration.ofSeconds(60);
    private static final Duration ASK_WITHIN = Duration.ofSeconds(5);
    private static final String EPMD = "epmd";

    private final Site site;
    private final Kit kit;
    private final int epmdPort;
    private final List<Node> all = new ArrayList<>();
    private final String cookie = UUID.randomUUID().toString();

    Nodes(Site site, Kit kit) {
        this.site = site;
        this.kit = kit;
        this.epmdPort = site.ports().next();
        for (int i = 1; i <= site.nodeCount(); i++) {
            all.add(plan(i));
        }
    }

    private Node plan(int number) {
        return new Node(
                number,
                site.directory().resolve("n" + number),
                site.ports().next(),
                site.ports().next(),
                site.ports().block(Node.DISTRIBUTION_PORTS),
                epmdPort);
    }

    /** All of them, in order. */
    public List<Node> all() {
        return List.copyOf(all);
    }

    /** The node of that name. */
    public Node named(String name) {
        return all.stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + name));
    }

    /** Makes every node's directories, with that release installed as an agent would have done it. */
    void make(String version) throws IOException, InterruptedException {
        for (Node node : all) {
            make(node, version);
        }
    }

    /** Makes one more node, which is none of the cluster's and does not run. */
    public Node stranger(String version) throws IOException, InterruptedException {
        Node node = plan(all.size() + 1);
        make(node, version);
        return node;
    }

    private void make(Node node, String version) throws IOException, InterruptedException {
        NodeFiles.write(node, kit, cookie, site.processes().mark());
        Path release = Files.createDirectories(node.release(version));
        Path artifact = kit.artifact(version);
        site.processes()
                .run(
                        List.of("tar", "--extract", "--file", artifact.toString()),
                        Map.of(),
                        release,
                        COMMAND_WITHIN,
                        line -> {})
                .orThrow("unpacking " + artifact.getFileName());
        Files.writeString(release.resolve(".rota-artifact"), sha256(artifact) + "\n");
        Files.createSymbolicLink(node.root().resolve("current"), release);
    }

    /** Starts the name service, and the nodes as one cluster. */
    void startCluster() throws IOException, InterruptedException {
        site.processes()
                .start(
                        EPMD,
                        List.of(
                                kit.program("epmd").toString(),
                                "-address",
                                "127.0.0.1",
                                "-port",
                                String.valueOf(epmdPort)),
                        Map.of(),
                        site.directory());
        form();
    }

    /** Starts the nodes, which are empty, and lets them join the first. */
    public void form() throws IOException, InterruptedException {
        for (Node node : all) {
            control(node, "start").orThrow("starting " + node.name());
        }
        for (Node node : all) {
            Until.holds(
                    node.name() + " answers",
                    STATE_WITHIN,
                    () -> ask(node, "status", "{}").isPresent());
        }
        Node first = all.get(0);
        for (Node node : all.subList(1, all.size())) {
            control(node, "join_cluster", first.member()).orThrow("joining " + node.name());
            Until.holds(
                    node.name() + " is a member",
                    STATE_WITHIN,
                    () -> members(node).contains(first.member())
                            && members(first).contains(node.member()));
        }
        for (Node node : all) {
            Until.holds(
                    node.name() + " sees all members",
                    STATE_WITHIN,
                    () -> members(node).size() == all.size());
        }
    }

    /** Stops a node and starts it again; how long ejabberd itself took for both, command by command. */
    Duration stopAndStart(Node node) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        control(node, "stop").orThrow("stopping " + node.name());
        Until.holds(node.name() + " has gone", STATE_WITHIN, () -> machine(node).isEmpty());
        control(node, "start").orThrow("starting " + node.name());
        Until.holds(
                node.name() + " answers",
                STATE_WITHIN,
                () -> ask(node, "status", "{}").isPresent());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Runs the node's own ejabberdctl. */
    public Processes.Outcome control(Node node, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(node.control().toString(), "--config-dir", node.config().toString()));
        command.addAll(List.of(arguments));
        return site.processes().run(command, Map.of(), node.home(), COMMAND_WITHIN, line -> {});
    }

    /** Asks the node's own API; nothing when it does not give a good answer. */
    public Optional<String> ask(Node node, String command, String json) {
        try {
            ApiClient.Answer answer = new ApiClient(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), node.http()), ASK_WITHIN)
                    .post("/api/" + command, json);
            return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    /** Members as the node sees them; empty when it does not answer. */
    public List<String> members(Node node) {
        String list = ask(node, "list_cluster", "{}").orElse("");
        return all.stream()
                .map(Node::member)
                .filter(m -> list.contains("\"" + m + "\""))
                .toList();
    }

    /** Ends everything that was started here or by an agent, at once: what the nodes hold is of no further use. */
    void end() throws InterruptedException {
        all.forEach(Nodes::kill);
        site.processes().stop(EPMD);
    }

    /** Kills a node's Erlang machine without a warning, if it runs; returns when it is gone. */
    public static void kill(Node node) {
        Optional<ProcessHandle> machine = machine(node);
        if (machine.isPresent()) {
            machine.get().destroyForcibly();
            machine.get()
                    .onExit()
                    .orTimeout(ASK_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> machine.get())
                    .join();
        }
    }

    /**
     * Lets a node lose the others, and they it, while all of them go on: until it is started again they do not trust each other. Its
     * name server is silenced first, or it would tell each of them to leave the other, which Erlang does against partitions that overlap.
     */
    public void cutOff(Node node) throws IOException, InterruptedException {
        String others = all.stream()
                .filter(n -> !n.equals(node))
                .map(n -> "'" + n.member() + "'")
                .collect(Collectors.joining(","));
        String program = "N = '" + node.member() + "', pong = net_adm:ping(N),"
                + " true = rpc:call(N, erlang, set_cookie, [N, cut_off]),"
                + " ok = rpc:call(N, sys, suspend, [global_name_server]),"
                + " [rpc:call(N, erlang, disconnect_node, [M]) || M <- [" + others + "]], halt(0).";
        site.processes()
                .run(
                        List.of(
                                kit.program("erl").toString(),
                                "-noshell",
                                "-hidden",
                                "-sname",
                                "cut@localhost",
                                "-eval",
                                program),
                        Map.of(
                                "HOME", node.home().toString(),
                                "ERL_EPMD_PORT", String.valueOf(epmdPort),
                                "ERL_INETRC", node.config().resolve("inetrc").toString()),
                        node.home(),
                        COMMAND_WITHIN,
                        line -> {})
                .orThrow("cutting " + node.name() + " off");
    }

    /** Whether a node's Erlang machine runs, whatever it does. */
    public static boolean runs(Node node) {
        return machine(node).isPresent();
    }

    /** The node's Erlang machine, found by its spool directory: its process id file goes away long before it does. */
    private static Optional<ProcessHandle> machine(Node node) {
        String spool = "dir \"" + node.spool() + "\"";
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(spool))
                .findFirst();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
