package dev.rota.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a node answers over HTTP. Lists are plain text with one item a line; {@code /version} is JSON. */
final class Api implements HttpHandler {
    /** Header by which whoever orders an operation names itself; it is kept with the count. */
    static final String ASKED_BY = "X-Rota-Step";

    private static final int MAX_VALUE_BYTES = 65_536;
    private static final int MAX_KEY_LENGTH = 200;
    private static final String KV = "/kv/";

    private final Member member;
    private final Release release;
    private final Counters counters;
    private final Faults faults;

    Api(Member member, Release release, Counters counters, Faults faults) {
        this.member = member;
        this.release = release;
        this.counters = counters;
        this.faults = faults;
    }

    private record Answer(int status, String body, boolean thenEnd) {
        static Answer ok(String body) {
            return new Answer(200, body, false);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try (InputStream in = exchange.getRequestBody()) {
            faults.waitWhile(Faults.NEVER_ANSWER);
            byte[] body = in.readNBytes(MAX_VALUE_BYTES + 1);
            answer = answer(exchange, new String(body, StandardCharsets.UTF_8), body.length);
        } catch (Refused e) {
            answer = new Answer(e.status(), e.reason() + "\n", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer = new Answer(503, "interrupted\n", false);
        } catch (IOException | RuntimeException e) {
            answer = new Answer(500, e + "\n", false);
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Sample-Version", release.version());
        if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
            // The server closes the connection then, but does not say so: the client would try to use it again.
            exchange.getResponseHeaders().set("Connection", "close");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
        if (answer.thenEnd()) {
            member.end().complete(0);
        }
    }

    private Answer answer(HttpExchange exchange, String body, int length)
            throws IOException, InterruptedException, Refused {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        if (path.startsWith(KV)) {
            return keyValue(method, decode(path.substring(KV.length())), body, length);
        }
        if (path.startsWith("/admin/") && method.equals("POST")) {
            return operation(path, parameters(exchange), askedBy(exchange));
        }
        return switch (path) {
            case "/version" ->
                Answer.ok("{\"product\":\"sample\",\"version\":\"" + release.version() + "\",\"greeting\":\""
                        + release.greeting() + "\"}\n");
            case "/members" -> Answer.ok(members());
            case "/leader" -> Answer.ok(member.leader() + "\n");
            case "/ready" -> ready();
            case "/count" -> Answer.ok(member.store().count() + "\n");
            case "/digest" -> Answer.ok(member.store().digest() + "\n");
            case "/replicas" ->
                Answer.ok(member.store().buckets().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + "\n")
                        .collect(Collectors.joining()));
            case "/admin/identity" -> Answer.ok(member.identity().text());
            case "/admin/counters" -> Answer.ok(counters.text());
            default -> throw new Refused(404, method + " " + path + " is not offered");
        };
    }

    private Answer keyValue(String method, String key, String value, int length)
            throws IOException, InterruptedException, Refused {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new Refused(400, "a key has 1 to " + MAX_KEY_LENGTH + " characters");
        }
        if (length > MAX_VALUE_BYTES) {
            throw new Refused(413, "a value has at most " + MAX_VALUE_BYTES + " bytes");
        }
        switch (method) {
            case "GET" -> {
                Optional<String> found = member.gate().pass(() -> member.store().get(key));
                return Answer.ok(found.orElseThrow(() -> new Refused(404, "no such key: " + key)));
            }
            case "PUT" -> member.write(key, Optional.of(value));
            case "DELETE" -> member.write(key, Optional.empty());
            default -> throw new Refused(405, method + " is not offered for keys");
        }
        return Answer.ok("ok\n");
    }

    private Answer operation(String path, Map<String, String> parameters, String askedBy)
            throws IOException, InterruptedException, Refused {
        switch (path) {
            case "/admin/leave" -> {
                String leaver = required(parameters, "member");
                member.leave(leaver, askedBy);
                boolean own = leaver.equals(member.identity().name());
                return new Answer(200, leaver + " has left\n", own);
            }
            case "/admin/join" -> {
                String peer = required(parameters, "peer");
                count("join", Faults.JOIN, askedBy);
                member.join(peer);
                return Answer.ok("joined " + peer + "\n");
            }
            case "/admin/backup" -> {
                Path to = Path.of(required(parameters, "to"));
                count("backup", Faults.BACKUP, askedBy);
                return Answer.ok(member.backup(to) + " entries\n");
            }
            case "/admin/stop" -> {
                if (faults.on(Faults.STOP)) {
                    throw new Refused(500, "cannot stop: fault/" + Faults.STOP);
                }
                member.stop(askedBy);
                return new Answer(200, "stopping\n", true);
            }
            default -> throw new Refused(404, "POST " + path + " is not offered");
        }
    }

    private void count(String operation, String fault, String askedBy) throws IOException, Refused {
        if (faults.on(fault)) {
            throw new Refused(500, "cannot " + operation + ": fault/" + fault);
        }
        counters.add(operation, askedBy);
    }

    private Answer ready() {
        boolean ready = member.gate().isOpen() && !faults.on(Faults.NOT_READY);
        return new Answer(ready ? 200 : 503, ready ? "ready\n" : "not ready\n", false);
    }

    private String members() {
        String ghost = faults.on(Faults.MEMBERS_DISAGREE) ? "ghost\n" : "";
        return ghost + String.join("\n", member.members()) + "\n";
    }

    private static String askedBy(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(ASKED_BY))
                .orElse("");
    }

    private static String required(Map<String, String> parameters, String name) throws Refused {
        return Optional.ofNullable(parameters.get(name))
                .filter(v -> !v.isEmpty())
                .orElseThrow(() -> new Refused(400, "parameter " + name + " is missing"));
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1]), (a, b) -> b));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
