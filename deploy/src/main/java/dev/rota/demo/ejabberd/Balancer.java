package dev.rota.demo.ejabberd;

import dev.rota.demo.Http;
import dev.rota.demo.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * haproxy before the nodes: XMPP clients and API calls have one address each, and its statistics page, with a password, lets the
 * recipe take a node out and put it back. Only a connection that could not be made is tried on another node: a request that was sent
 * is never sent twice, so that draining has to be right.
 */
public final class Balancer {
    private static final String PROCESS = "haproxy";
    private static final String USER = "rota";
    /** The field of haproxy's table with a server's state. */
    private static final int STATUS = 17;
    /** What its page answers when it has done as it was told. */
    private static final int DONE = 303;

    private final Site site;
    private final Kit kit;
    private final int c2s;
    private final int http;
    private final int page;
    private final String password = UUID.randomUUID().toString();

    Balancer(Site site, Kit kit) {
        this.site = site;
        this.kit = kit;
        this.c2s = site.ports().next();
        this.http = site.ports().next();
        this.page = site.ports().next();
    }

    /** Where XMPP clients connect. */
    InetSocketAddress c2s() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), c2s);
    }

    /** Where API calls go. */
    InetSocketAddress http() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), http);
    }

    /** What the recipe needs to drive it. */
    Map<String, String> parameters() {
        return Map.of("balancer", "http://127.0.0.1:" + page + "/balancer", "balancer_authorization", authorization());
    }

    void start(List<Node> nodes) throws IOException {
        Path file = site.directory().resolve("haproxy.cfg");
        Files.writeString(file, configuration(nodes));
        site.processes()
                .start(
                        PROCESS,
                        List.of(kit.program("haproxy").toString(), "-db", "-f", file.toString()),
                        Map.of(),
                        site.directory());
    }

    void stop() throws InterruptedException {
        site.processes().stop(PROCESS);
    }

    /** Ends it and starts it again, which makes it forget what it was ordered to do. */
    public void restart(List<Node> nodes) throws IOException, InterruptedException {
        stop();
        start(nodes);
    }

    /**
     * The nodes it sends both requests and sessions to, by name.
     *
     * @return nothing when it does not answer
     */
    public Optional<Set<String>> serving() throws InterruptedException {
        Optional<String> table = Http.get("http://127.0.0.1:" + page + "/balancer;csv", authorization());
        return table.map(text -> {
            Set<String> up = used(text, "http");
            up.retainAll(used(text, "c2s"));
            return up;
        });
    }

    /** Does with a node what a person does on its page: {@code maint} takes it out, {@code ready} puts it back. */
    public void order(String action, Node node) throws IOException, InterruptedException {
        for (String backend : List.of("http", "c2s")) {
            int status = Http.form(
                    "http://127.0.0.1:" + page + "/balancer",
                    authorization(),
                    "s=" + node.name() + "&action=" + action + "&b=" + backend);
            if (status != DONE) {
                throw new IOException("the balancer answered " + status + " to " + action + " of " + node.name());
            }
        }
    }

    private static Set<String> used(String table, String backend) {
        Set<String> up = new TreeSet<>();
        for (String line : table.lines().toList()) {
            String[] fields = line.split(",", STATUS + 2);
            if (fields.length > STATUS && fields[0].equals(backend) && fields[STATUS].startsWith("UP")) {
                up.add(fields[1]);
            }
        }
        up.remove("BACKEND");
        return up;
    }

    private String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String configuration(List<Node> nodes) {
        return """
                global
                  maxconn 4000
                defaults
                  timeout connect 1s
                  timeout client 10m
                  timeout server 10m
                  timeout check 2s
                  retries 3
                  option redispatch 1
                  default-server inter 500ms fastinter 100ms downinter 100ms fall 2 rise 1
                frontend c2s
                  mode tcp
                  bind 127.0.0.1:%d
                  default_backend c2s
                frontend http
                  mode http
                  bind 127.0.0.1:%d
                  default_backend http
                frontend page
                  mode http
                  bind 127.0.0.1:%d
                  stats enable
                  stats uri /balancer
                  stats auth %s:%s
                  stats admin if TRUE
                backend c2s
                  mode tcp
                  balance leastconn
                %s
                backend http
                  mode http
                  balance roundrobin
                  option httpchk
                  http-check send meth POST uri /api/status ver HTTP/1.1 hdr Host localhost hdr Content-Type application/json body {}
                %s
                """.formatted(c2s, http, page, USER, password, servers(nodes, true), servers(nodes, false));
    }

    private static String servers(List<Node> nodes, boolean sessions) {
        return nodes.stream()
                .map(node -> "  server " + node.name() + " 127.0.0.1:" + (sessions ? node.c2s() : node.http())
                        + " check" + (sessions ? " on-marked-down shutdown-sessions" : ""))
                .collect(Collectors.joining("\n"));
    }
}
