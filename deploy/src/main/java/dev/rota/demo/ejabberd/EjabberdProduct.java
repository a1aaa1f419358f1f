package dev.rota.demo.ejabberd;

import dev.rota.demo.LoadFigures;
import dev.rota.demo.Processes;
import dev.rota.demo.Product;
import dev.rota.demo.ReleaseFile;
import dev.rota.demo.Site;
import dev.rota.demo.Unavailable;
import dev.rota.load.api.ApiFigures;
import dev.rota.load.xmpp.XmppFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A real ejabberd cluster: nodes on loopback, haproxy before them, XMPP sessions and API calls as its load. */
public final class EjabberdProduct implements Product {
    private static final int USERS = 60;

    private final Path notes;
    private final Kit kit;
    private final Nodes nodes;
    private final Balancer balancer;
    private final Faults faults = new Faults();
    private final Map<String, Object> extras = new LinkedHashMap<>();
    private Optional<Clients> clients = Optional.empty();
    private Function<Node, Map<String, String>> more = node -> Map.of();

    /** Plans the cluster; nothing is made yet. */
    public EjabberdProduct(Site site) {
        this.notes = site.directory().resolve("notes");
        this.kit = new Kit(site);
        this.nodes = new Nodes(site, kit);
        this.balancer = new Balancer(site, kit);
    }

    /** Versions the cluster can be upgraded to, oldest first. */
    public static List<String> targets() {
        return Kit.VERSIONS.subList(1, Kit.VERSIONS.size());
    }

    /** Phases ejabberd can be made to fail in. */
    public static List<String> phases() {
        return Faults.PHASES;
    }

    /** Gives the agents these parameters as well, or instead of others; called before the installation is prepared. */
    public void parameters(Function<Node, Map<String, String>> parameters) {
        this.more = parameters;
    }

    /** The cluster's nodes, to be asked and broken. */
    public Nodes places() {
        return nodes;
    }

    /** What stands before the nodes. */
    public Balancer balancer() {
        return balancer;
    }

    @Override
    public String name() {
        return "ejabberd";
    }

    @Override
    public String cluster() {
        return "chat";
    }

    @Override
    public List<String> nodes() {
        return nodes.all().stream().map(Node::name).toList();
    }

    @Override
    public String installedVersion() {
        return Kit.VERSIONS.get(0);
    }

    @Override
    public String defaultTarget() {
        return Kit.VERSIONS.get(1);
    }

    @Override
    public void prepare() throws IOException, InterruptedException, Unavailable {
        kit.prepare();
        nodes.make(installedVersion());
    }

    @Override
    public List<ReleaseFile> releases() {
        return kit.releases();
    }

    @Override
    public Optional<Path> notes() throws IOException {
        ReleaseNotes.write(notes);
        return Optional.of(notes);
    }

    @Override
    public Map<String, String> assumptions() {
        return Map.of("storage", "mnesia");
    }

    @Override
    public void startCluster() throws IOException, InterruptedException {
        nodes.startCluster();
        balancer.start(nodes.all());
    }

    @Override
    public Map<String, String> agentParameters(String node) {
        Node place = nodes.named(node);
        Map<String, String> parameters = new HashMap<>(balancer.parameters());
        parameters.put("root", place.root().toString());
        parameters.put("config", place.config().toString());
        parameters.put("spool", place.spool().toString());
        parameters.put("log", place.logs().resolve("ejabberd.log").toString());
        parameters.put("erlang_node", place.member());
        parameters.put("api", place.api());
        parameters.put("c2s", "127.0.0.1:" + place.c2s());
        parameters.putAll(more.apply(place));
        return parameters;
    }

    @Override
    public void startLoad() throws InterruptedException {
        Clients started = new Clients(USERS, nodes, balancer);
        clients = Optional.of(started);
        started.register();
        started.start();
    }

    @Override
    public LoadFigures stopLoad() throws IOException, InterruptedException {
        Clients stopping = clients.orElseThrow(() -> new IllegalStateException("no load was started"));
        XmppFigures xmpp = stopping.stopXmpp();
        ApiFigures api = stopping.stopApi();
        List<String> lost = stopping.lostWrites();
        extras.put(
                "xmpp",
                Map.of(
                        "sessions", xmpp.sessions(),
                        "disconnects", xmpp.disconnects(),
                        "resumed", xmpp.resumed(),
                        "reconnectMaxMs", xmpp.reconnectMaxMs(),
                        "authFailures", xmpp.authFailures(),
                        "sent", xmpp.sent(),
                        "received", xmpp.received(),
                        "duplicates", xmpp.duplicates(),
                        "bounced", xmpp.bounced(),
                        "lost", xmpp.lost()));
        extras.put("wrongAnswers", api.wrongAnswers());
        extras.put("maxLatencyMs", api.maxLatencyMs());
        extras.put("downtimeMs", api.downtimeMs());
        extras.put("accounts", USERS);
        if (!api.failures().isEmpty()) {
            extras.put("failures", api.failures());
        }
        if (!lost.isEmpty()) {
            extras.put("lost", lost);
        }
        if (api.downtimeMs() > 0) {
            // The measure of a full stop: what ejabberd itself needs to stop and start one node, without any load.
            extras.put("restartMs", nodes.stopAndStart(nodes.all().get(0)).toMillis());
        }
        return new LoadFigures(api.requests(), api.failedRequests(), lost.size(), api.maxGapMs());
    }

    @Override
    public void injectFault(String phase, String node, String target) throws IOException {
        faults.inject(phase, nodes.named(node), target);
    }

    @Override
    public void heal() throws IOException {
        faults.heal();
    }

    @Override
    public String healCommand() {
        return faults.command();
    }

    @Override
    public List<String> describeNodes() {
        return nodes.all().stream()
                .map(node -> node.name() + ": "
                        + nodes.ask(node, "status", "{}").map(this::brief).orElse("does not answer") + "; members "
                        + String.join(" ", nodes.members(node)))
                .toList();
    }

    private String brief(String status) {
        return status.replaceFirst("(?s)^.*?(ejabberd [0-9]\\S* is running).*$", "$1");
    }

    @Override
    public List<String> verify(Map<String, String> versions) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Node node : nodes.all()) {
            String version = Objects.requireNonNull(versions.get(node.name()));
            String status = output(node, "status");
            if (!status.matches("(?s).*ejabberd " + version.replace(".", "\\.") + "(-\\S+)? is running.*")) {
                wrong.add(node.name() + " ought to run " + version + ", its ejabberdctl says: " + status);
            }
            String list = output(node, "list_cluster");
            for (Node member : nodes.all()) {
                if (list.lines().noneMatch(l -> l.replace("'", "").strip().equals(member.member()))) {
                    wrong.add(node.name() + " does not see " + member.member() + ": " + list);
                }
            }
        }
        clients.ifPresent(c -> c.missingAccounts().forEach(missing -> wrong.add("no account " + missing)));
        return wrong;
    }

    private String output(Node node, String command) throws InterruptedException {
        try {
            Processes.Outcome outcome = nodes.control(node, command);
            return outcome.exit() == 0 ? outcome.output() : "exit code " + outcome.exit() + ": " + outcome.output();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public Map<String, Object> reportExtras() {
        return Map.copyOf(extras);
    }

    @Override
    public void close() {
        clients.ifPresent(Clients::close);
        try {
            balancer.stop();
            nodes.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
