package dev.rota.demo;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Coordinators and an agent for each of a product's nodes, set up and started with their own command lines, and the operator's
 * command line to drive them.
 */
public final class Installation {
    private static final Duration SETUP_WITHIN = Duration.ofSeconds(60);
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(20);
    private static final Gson GSON = new Gson();

    private final Site site;
    private final Product product;
    private final Coordinators coordinators;
    private final Path directory;
    private final Optional<Path> recipes;
    private final Map<String, String> zones = new LinkedHashMap<>();

    /**
     * Plans the installation below the site's directory; nothing is made yet.
     *
     * @param recipes directory with recipes that take the place of the built-in ones
     * @param count how many coordinators
     * @param network where they are reached
     */
    public Installation(Site site, Product product, Optional<Path> recipes, int count, Network network) {
        this.site = site;
        this.product = product;
        this.recipes = recipes;
        this.directory = site.directory().resolve("rota");
        this.coordinators = new Coordinators(site, directory, count, network);
    }

    /** The coordinators, each by its name. */
    public Coordinators coordinators() {
        return coordinators;
    }

    /** The zones of nodes, by node, for the configuration that {@link #prepare} makes. */
    public void zones(Map<String, String> byNode) {
        zones.putAll(byNode);
    }

    /** Makes certificates and configuration files. */
    public void prepare() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (List<String> words : coordinators.setUp()) {
            setUp("rota-coordinator", words.toArray(String[]::new));
        }
        for (String node : product.nodes()) {
            issue("agent", node);
            Files.writeString(directory.resolve(node + ".yaml"), GSON.toJson(agentSettings(node, node)) + "\n");
        }
        issue("operator", "demo", "--role", "admin");
        coordinators.writeSettings(this::coordinatorSettings);
    }

    /** Starts every coordinator; they may not answer yet when this returns. */
    public void startCoordinator() throws IOException {
        for (String name : coordinators.names()) {
            coordinators.start(name);
        }
    }

    /** Starts a node's agent. */
    public void startAgent(String node) throws IOException {
        start(
                agent(node),
                "rota-agent",
                "run",
                "--config",
                directory.resolve(node + ".yaml").toString());
    }

    /** Starts the agent of one node with the certificate of another. */
    public void startAgentWithCertificateOf(String other, String node) throws IOException {
        Path config = directory.resolve(node + "-as-" + other + ".yaml");
        Files.writeString(config, GSON.toJson(agentSettings(node, other)) + "\n");
        start(agent(node), "rota-agent", "run", "--config", config.toString());
    }

    /** Starts the coordinators and every agent, and waits until every node is seen serving. */
    public void start() throws IOException, InterruptedException {
        startCoordinator();
        for (String node : product.nodes()) {
            startAgent(node);
        }
        awaitServing();
    }

    /** Waits until the leading coordinator sees every node serve. */
    public void awaitServing() throws IOException, InterruptedException {
        Until.holds(
                "every node is connected and serves (logs in " + site.directory() + "/log)", CONNECTED_WITHIN, () -> {
                    Processes.Outcome outcome = rota("nodes", product.cluster(), "--output", "json");
                    return outcome.exit() == 0
                            && serving(outcome.output()) == product.nodes().size();
                });
    }

    private static long serving(String json) {
        long serving = 0;
        for (JsonElement node : Json.list(Json.parse(json), "nodes")) {
            if (Json.flag(node.getAsJsonObject(), "serving")) {
                serving++;
            }
        }
        return serving;
    }

    /** Kills the process of every coordinator without a warning. */
    public void killCoordinator() throws InterruptedException {
        for (String name : coordinators.names()) {
            coordinators.kill(name);
        }
    }

    /** Kills the process of a node's agent without a warning. */
    public void killAgent(String node) throws InterruptedException {
        site.processes().kill(agent(node));
    }

    /** Ends the process of a node's agent. */
    public void stopAgent(String node) throws InterruptedException {
        site.processes().stop(agent(node));
    }

    /** Log file of a node's agent. */
    public Path agentLog(String node) {
        return site.directory().resolve("log").resolve(agent(node) + ".log");
    }

    /** Whether the process of a node's agent runs. */
    public boolean agentRuns(String node) {
        return site.processes().running(agent(node)).isPresent();
    }

    /** The data directory of the first coordinator, which has the certificate authority. */
    public Path data() {
        return coordinators.data(coordinators.names().get(0));
    }

    /** The directories in which a node's agent keeps its steps. */
    public Path jobs(String node) {
        return directory.resolve(node + "-data").resolve("jobs");
    }

    /** Adds the product's releases to the coordinator. */
    public void addReleases() throws IOException, InterruptedException {
        for (ReleaseFile release : product.releases()) {
            addRelease(release).orThrow("rota releases add " + release.version());
        }
    }

    /** Adds one release. */
    public Processes.Outcome addRelease(ReleaseFile release) throws IOException, InterruptedException {
        return rota(addReleaseWords(release));
    }

    /** What {@code rota} is told to add a release. */
    String[] addReleaseWords(ReleaseFile release) {
        List<String> words = new ArrayList<>(List.of(
                "releases",
                "add",
                product.name(),
                release.version(),
                "--file",
                release.artifact().toString()));
        release.soft()
                .ifPresent(
                        soft -> words.addAll(List.of(soft ? "--soft" : "--full-stop", "--reason", release.reason())));
        release.follows().ifPresent(version -> words.addAll(List.of("--follows", version)));
        return words.toArray(String[]::new);
    }

    /** Makes a plan and returns it. */
    public JsonObject plan(String to, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("plan", product.cluster(), "--to", to, "--output", "json"));
        words.addAll(List.of(more));
        return Json.parse(rota(words.toArray(String[]::new)).orThrow("rota plan"));
    }

    /** The cluster's newest rollout. */
    public JsonObject rollout() throws IOException, InterruptedException {
        return Json.parse(
                rota("rollouts", "show", product.cluster(), "--output", "json").orThrow("rota rollouts show"));
    }

    /** Runs the operator's command line. */
    public Processes.Outcome rota(String... words) throws IOException, InterruptedException {
        return rota(line -> {}, words);
    }

    /** Runs the operator's command line and hands each line of its output on as it comes. */
    public Processes.Outcome rota(Consumer<String> lines, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program("rota")));
        command.addAll(List.of(words));
        return site.processes().run(command, environment(), site.directory(), COMMAND_WITHIN, lines);
    }

    /** What a person's shell needs so that {@code rota} speaks to these coordinators. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ROTA_COORDINATOR", String.join(",", coordinators.addresses()));
        environment.put("ROTA_IDENTITY", directory.resolve("demo").toString());
        return environment;
    }

    /** Path of one of Rota's programs. */
    public String program(String name) {
        return site.repository().resolve("deploy/bin").resolve(name).toString();
    }

    private void issue(String kind, String name, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("issue", kind, name, "--out", directory.resolve(name).toString(), "--data", data().toString()));
        words.addAll(List.of(more));
        setUp("rota-coordinator", words.toArray(String[]::new));
    }

    private void setUp(String program, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(words));
        site.processes()
                .run(command, Map.of(), site.directory(), SETUP_WITHIN, line -> {})
                .orThrow(program + " " + words[0]);
    }

    private void start(String name, String program, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(words));
        site.processes().start(name, command, Map.of(), site.directory());
    }

    private Map<String, Object> coordinatorSettings() {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("recipe", product.name());
        cluster.put(
                "nodes",
                product.nodes().stream()
                        .map(node -> zones.containsKey(node)
                                ? Map.of("name", node, "zone", zones.get(node))
                                : Map.of("name", node))
                        .toList());
        if (!product.assumptions().isEmpty()) {
            cluster.put("assume", product.assumptions());
        }
        cluster.putAll(product.watching());
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("heartbeat", "500ms");
        settings.put("observe", "2s");
        recipes.ifPresent(own -> settings.put("recipes", own.toString()));
        settings.put("clusters", Map.of(product.cluster(), cluster));
        return settings;
    }

    private Map<String, Object> agentSettings(String node, String certificate) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("node", node);
        settings.put("coordinators", coordinators.addresses());
        settings.put("data", directory.resolve(node + "-data").toString());
        settings.put("tls", tls(directory.resolve(certificate)));
        settings.put("recipe", product.name());
        recipes.ifPresent(own -> settings.put("recipes", own.toString()));
        settings.put("parameters", product.agentParameters(node));
        return settings;
    }

    private static Map<String, String> tls(Path identity) {
        return Map.of(
                "ca", identity.resolve("ca.pem").toString(),
                "cert", identity.resolve("cert.pem").toString(),
                "key", identity.resolve("key.pem").toString());
    }

    private static String agent(String node) {
        return "agent-" + node;
    }
}
