package dev.rota.demo.ejabberd;

import dev.rota.load.api.ApiCall;
import dev.rota.load.api.ApiClient;
import dev.rota.load.api.ApiFigures;
import dev.rota.load.api.ApiLoad;
import dev.rota.load.xmpp.XmppFigures;
import dev.rota.load.xmpp.XmppLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients: users who chat, two who ask the API about accounts a hundred times a second together, and one who writes ten times a
 * second. A write changes a field of a user's card, so that at the end every node must have the last accepted value; table sizes stay as
 * they are, which the gate before a leave compares.
 */
public final class Clients implements AutoCloseable {
    private static final String PASSWORD = "secret";
    private static final String DOMAIN = "localhost";
    private static final Duration CHAT_EVERY = Duration.ofMillis(500);
    private static final Duration ASK_EVERY = Duration.ofMillis(20);
    private static final Duration WRITE_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int ASKING = 2;

    private final int users;
    private final Nodes nodes;
    private final XmppLoad xmpp;
    private final ApiLoad api;
    /** The values a user's card may have: the last accepted one, and those sent since whose fate is unknown. */
    private final Map<Integer, Set<String>> written = new ConcurrentHashMap<>();

    /** That many users, whose clients know the balancer only. */
    public Clients(int users, Nodes nodes, Balancer balancer) {
        this.users = users;
        this.nodes = nodes;
        this.xmpp = new XmppLoad(balancer.c2s(), DOMAIN, users, PASSWORD, CHAT_EVERY);
        this.api = new ApiLoad(new ApiClient(balancer.http(), ANSWER_WITHIN));
    }

    /** Makes the accounts and gives each a card. */
    public void register() {
        Node node = nodes.all().get(0);
        for (int u = 0; u < users; u++) {
            String answer = nodes.ask(node, "register", account(u, ",\"password\":\"" + PASSWORD + "\""))
                    .orElse("no answer");
            if (!answer.contains("successfully registered")) {
                throw new IllegalStateException("registering u" + u + " on " + node.name() + ": " + answer);
            }
            nodes.ask(node, "set_vcard", card(u, "new"));
            written.put(u, Set.of("new"));
        }
    }

    /** Starts the clients; returns when all sessions are up. */
    public void start() throws InterruptedException {
        xmpp.start();
        for (int k = 0; k < ASKING; k++) {
            int first = k;
            api.start(
                    "api-asks-" + k,
                    ASK_EVERY,
                    i -> ApiCall.question(
                            "/api/check_account", account((int) ((i * ASKING + first) % users), ""), "0"));
        }
        api.start("api-writes", WRITE_EVERY, this::write);
    }

    private ApiCall write(long i) {
        int u = (int) (i % users);
        String value = "v" + i;
        return new ApiCall(
                "/api/set_vcard", card(u, value), "0", () -> written.put(u, Set.of(value)), () -> doubtful(u, value));
    }

    private void doubtful(int u, String value) {
        Set<String> possible = new TreeSet<>(written.getOrDefault(u, Set.of()));
        possible.add(value);
        written.put(u, possible);
    }

    /** Stops the callers of the API and counts. */
    public ApiFigures stopApi() throws InterruptedException {
        return api.stop();
    }

    /** Ends the sessions and counts. */
    public XmppFigures stopXmpp() throws InterruptedException {
        return xmpp.stop();
    }

    /** Accounts that cannot be used on some node. */
    public List<String> missingAccounts() {
        List<String> missing = new ArrayList<>();
        for (Node node : nodes.all()) {
            for (int u = 0; u < users; u++) {
                String answer = nodes.ask(node, "check_password", account(u, ",\"password\":\"" + PASSWORD + "\""))
                        .orElse("no answer");
                if (!answer.equals("0")) {
                    missing.add("u" + u + " on " + node.name() + ": " + answer);
                }
            }
        }
        return missing;
    }

    /** Accepted writes that some node does not have. A node that does not run has lost nothing, unless none runs. */
    public List<String> lostWrites() {
        List<String> lost = new ArrayList<>();
        List<Node> running = nodes.all().stream()
                .filter(node -> nodes.ask(node, "status", "{}").isPresent())
                .toList();
        for (Node node : running.isEmpty() ? nodes.all() : running) {
            written.forEach((u, values) -> {
                String answer = nodes.ask(node, "get_vcard", account(u, ",\"name\":\"FN\""))
                        .orElse("no answer");
                if (values.stream().noneMatch(v -> answer.contains("\"" + v + "\""))) {
                    lost.add("card of u" + u + " on " + node.name() + ": " + answer + " instead of " + values);
                }
            });
        }
        return lost;
    }

    @Override
    public void close() {
        api.close();
        xmpp.close();
    }

    private static String account(int u, String more) {
        return "{\"user\":\"u" + u + "\",\"host\":\"" + DOMAIN + "\"" + more + "}";
    }

    private static String card(int u, String value) {
        return account(u, ",\"name\":\"FN\",\"content\":\"" + value + "\"");
    }
}
