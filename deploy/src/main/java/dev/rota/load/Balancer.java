package dev.rota.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An HTTP load balancer on loopback, enough to play the part of a real one: round robin over the backends that are well and not
 * drained. A request goes to another backend only when the first certainly did not carry it out: it refused the connection, or
 * answered that it does not serve.
 *
 * <p>On the admin port: {@code GET /backends}, {@code POST /drain?NAME}, {@code POST /undrain?NAME}; each answers the states.
 */
public final class Balancer implements AutoCloseable {
    private static final int WAITING_CONNECTIONS_MAX = 512;
    private static final int REQUEST_BYTES_MAX = 1 << 20;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(1);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

    private final List<Backend> backends;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final ScheduledExecutorService looks;
    private final List<ScheduledFuture<?>> looking = new ArrayList<>();
    private final HttpServer front;
    private final HttpServer admin;

    private Balancer(int port, int adminPort, List<Backend> backends) throws IOException {
        this.backends = backends;
        this.looks = Executors.newScheduledThreadPool(backends.size());
        this.front = server(port, this::forward);
        this.admin = server(adminPort, this::administer);
    }

    /** Arguments: the port for clients, the admin port, and for each backend {@code NAME=URL}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 3) {
            System.err.println("usage: Balancer PORT ADMIN-PORT NAME=URL ...");
            System.exit(2);
        }
        List<Backend> backends = new ArrayList<>();
        for (String argument : List.of(args).subList(2, args.length)) {
            String[] parts = argument.split("=", 2);
            backends.add(new Backend(parts[0], parts[1]));
        }
        try (Balancer balancer = new Balancer(Integer.parseInt(args[0]), Integer.parseInt(args[1]), backends)) {
            balancer.run();
        }
    }

    private void run() throws InterruptedException {
        for (Backend backend : backends) {
            looking.add(
                    looks.scheduleWithFixedDelay(() -> look(backend), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        }
        front.start();
        admin.start();
        looks.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        looking.forEach(look -> look.cancel(true));
        looks.shutdownNow();
        front.stop(0);
        admin.stop(0);
        requests.shutdownNow();
    }

    private interface Answering {
        Answer answer(HttpExchange exchange, byte[] body) throws InterruptedException;
    }

    /** The body holds one byte per character (ISO 8859-1), so that it passes through unchanged whatever it is. */
    private record Answer(int status, String body) {
        static Answer of(HttpResponse<byte[]> response) {
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.ISO_8859_1));
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private HttpServer server(int port, Answering answering) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING_CONNECTIONS_MAX);
        server.setExecutor(requests);
        server.createContext("/", exchange -> {
            Answer answer;
            try (InputStream in = exchange.getRequestBody()) {
                answer = answering.answer(exchange, in.readNBytes(REQUEST_BYTES_MAX));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = new Answer(503, "the balancer is being stopped\n");
            } catch (RuntimeException e) {
                System.err.println(exchange.getRequestURI() + ": " + e);
                answer = new Answer(500, e + "\n");
            }
            if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
                // The server closes the connection then, but does not say so: the client would try to use it again.
                exchange.getResponseHeaders().set("Connection", "close");
            }
            byte[] bytes = answer.bytes();
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return server;
    }

    private Answer administer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        Optional<Backend> named = backends.stream()
                .filter(b -> b.name().equals(exchange.getRequestURI().getQuery()))
                .findFirst();
        if (path.equals("/backends")) {
            return new Answer(200, states());
        }
        boolean drain = path.equals("/drain");
        if (!exchange.getRequestMethod().equals("POST") || !(drain || path.equals("/undrain"))) {
            return new Answer(404, "offered: GET /backends, POST /drain?NAME, POST /undrain?NAME\n");
        }
        if (named.isEmpty()) {
            return new Answer(
                    404, "no such backend: " + exchange.getRequestURI().getQuery() + "\n");
        }
        named.get().drain(drain);
        look(named.get());
        return new Answer(200, states());
    }

    private Answer forward(HttpExchange exchange, byte[] body) throws InterruptedException {
        int first = Math.floorMod(turn.getAndIncrement(), backends.size());
        for (int i = 0; i < backends.size(); i++) {
            Backend backend = backends.get((first + i) % backends.size());
            if (backend.enter()) {
                try {
                    Optional<Answer> answer = ask(backend, exchange, body);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                } finally {
                    backend.leave();
                }
            }
        }
        return new Answer(503, "no backend serves\n");
    }

    /** The backend's answer, or nothing when it certainly did not carry the request out. */
    private Optional<Answer> ask(Backend backend, HttpExchange exchange, byte[] body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(backend.url() + exchange.getRequestURI().toString()))
                .timeout(REQUEST_PATIENCE)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 503 ? Optional.empty() : Optional.of(Answer.of(response));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            backend.refused();
            return Optional.empty();
        } catch (IOException e) {
            backend.saw(false);
            return Optional.of(new Answer(502, backend.name() + " broke off: " + e + "\n"));
        }
    }

    private void look(Backend backend) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(backend.url() + "/ready"))
                .timeout(LOOK_PATIENCE)
                .build();
        try {
            backend.saw(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
        } catch (IOException e) {
            backend.saw(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String states() {
        return backends.stream().map(b -> b.describe() + "\n").collect(Collectors.joining());
    }
}
