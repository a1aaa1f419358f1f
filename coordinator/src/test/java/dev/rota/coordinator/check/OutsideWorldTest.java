package dev.rota.coordinator.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks real servers on loopback and runs real commands. */
class OutsideWorldTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final OutsideWorld world = new OutsideWorld();
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(requests);
        server.createContext("/ok", e -> answer(e, 200, "all is well"));
        server.createContext("/teapot", e -> answer(e, 418, "short and stout"));
        server.createContext("/away", e -> {
            e.getResponseHeaders().add("Location", "/ok");
            answer(e, 302, "");
        });
        server.createContext("/silent", e -> quietly(over::await));
        server.createContext("/stalls", e -> {
            e.sendResponseHeaders(200, 0);
            e.getResponseBody().write("begins".getBytes(StandardCharsets.UTF_8));
            e.getResponseBody().flush();
            quietly(over::await);
        });
        server.createContext("/endless", e -> {
            e.sendResponseHeaders(200, 0);
            try {
                while (over.getCount() > 0) {
                    e.getResponseBody().write(new byte[8192]);
                }
            } finally {
                e.close();
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        over.countDown();
        server.stop(0);
        requests.shutdownNow();
        world.close();
    }

    private interface Wait {
        void await() throws InterruptedException;
    }

    private static void quietly(Wait wait) {
        try {
            wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange e, int status, String body) throws IOException {
        connections.incrementAndGet();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        e.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        e.getResponseBody().write(bytes);
        e.close();
    }

    private Check http(String path) {
        return http(path, "", "", Check.Status.SUCCESS);
    }

    private Check http(String path, String expect, String reject, List<Check.Status> status) {
        return new Check.Http(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                Optional.of(expect).filter(s -> !s.isEmpty()).map(Pattern::compile),
                Optional.of(reject).filter(s -> !s.isEmpty()).map(Pattern::compile),
                status);
    }

    private CheckAnswer ask(Check check, Duration timeout) {
        CompletableFuture<CheckAnswer> answer = new CompletableFuture<>();
        world.ask(check, timeout, a -> {
            if (!answer.complete(a)) {
                throw new AssertionError("answered twice");
            }
        });
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void anHttpAddressIsWellWhenItAnswersAsItShould() {
        assertThat(ask(http("/ok"), PATIENCE)).isEqualTo(new CheckAnswer(true, ""));
        assertThat(ask(http("/ok", "is w.ll", "", Check.Status.SUCCESS), PATIENCE)
                        .ok())
                .isTrue();
        assertThat(ask(http("/ok", "is bad", "", Check.Status.SUCCESS), PATIENCE))
                .isEqualTo(new CheckAnswer(false, "the answer lacks 'is bad': all is well"));
        assertThat(ask(http("/ok", "", "is w", Check.Status.SUCCESS), PATIENCE))
                .isEqualTo(new CheckAnswer(false, "the answer has 'is w': is well"));
        assertThat(ask(http("/teapot"), PATIENCE))
                .isEqualTo(new CheckAnswer(false, "answered with status 418: short and stout"));
        assertThat(ask(http("/teapot", "", "", List.of(new Check.Status(400, 499))), PATIENCE)
                        .ok())
                .isTrue();
        assertThat(ask(http("/away"), PATIENCE).said()).isEqualTo("answered with status 302");
    }

    @Test
    void whatDoesNotAnswerInTimeIsNotWell() {
        assertThat(ask(http("/silent"), SHORT)).isEqualTo(new CheckAnswer(false, "no answer within 200 ms"));
        assertThat(ask(http("/stalls"), SHORT)).isEqualTo(new CheckAnswer(false, "no answer within 200 ms"));
    }

    @Test
    void anEndlessAnswerIsCut() {
        assertThat(ask(http("/endless"), PATIENCE).ok()).isTrue();
    }

    @Test
    void whatNobodyListensToIsNotWell() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(ask(new Check.Tcp("127.0.0.1", port), PATIENCE).said()).startsWith("no connection");
        Check.Http gone = new Check.Http(
                URI.create("http://127.0.0.1:" + port + "/"), Optional.empty(), Optional.empty(), Check.Status.SUCCESS);
        assertThat(ask(gone, PATIENCE).said()).startsWith("no connection");
        assertThat(ask(new Check.Tcp("127.0.0.1", server.getAddress().getPort()), PATIENCE))
                .isEqualTo(new CheckAnswer(true, ""));
    }

    /** Like a new client: one that the balancer sends anywhere. */
    @Test
    void everyRequestHasAConnectionOfItsOwn() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            AtomicInteger accepted = new AtomicInteger();
            requests.execute(() -> serve(listener, accepted));
            Check.Http check = new Check.Http(
                    URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"),
                    Optional.empty(),
                    Optional.empty(),
                    Check.Status.SUCCESS);
            for (int i = 1; i <= 3; i++) {
                assertThat(ask(check, PATIENCE)).isEqualTo(new CheckAnswer(true, ""));
                assertThat(accepted).hasValue(i);
            }
        }
    }

    /** Would keep every connection open for more requests. */
    private static void serve(ServerSocket listener, AtomicInteger accepted) {
        try {
            while (true) {
                Socket s = listener.accept();
                accepted.incrementAndGet();
                InputStream in = s.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                boolean close =
                        head.toString().toLowerCase(java.util.Locale.ROOT).contains("connection: close");
                s.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + (close ? "Connection: close\r\n" : "")
                                        + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (close) {
                    s.close();
                }
            }
        } catch (IOException e) {
            // the listener was closed
            return;
        }
    }

    @Test
    void aCommandIsWellWhenItEndsWithZero() {
        assertThat(ask(run("echo", "2 alerts"), PATIENCE)).isEqualTo(new CheckAnswer(true, "2 alerts"));
        assertThat(ask(run("sh", "-c", "echo no; echo not now >&2; exit 3"), PATIENCE))
                .isEqualTo(new CheckAnswer(false, "exit status 3: no not now"));
        assertThat(ask(run("false"), PATIENCE)).isEqualTo(new CheckAnswer(false, "exit status 1"));
        assertThat(ask(run("/no/such/program"), PATIENCE).said()).startsWith("it cannot be run: ");
        assertThat(ask(run("cat"), PATIENCE)).isEqualTo(new CheckAnswer(true, ""));
    }

    @Test
    void aCommandThatTakesTooLongIsKilledWithItsChildren() {
        CheckAnswer a = ask(run("sh", "-c", "sleep 4711 & echo $!; sleep 4712"), Duration.ofMillis(500));
        assertThat(a.ok()).isFalse();
        assertThat(a.said()).startsWith("not done within 500 ms: ");
        long child = Long.parseLong(a.said().substring(a.said().lastIndexOf(' ') + 1));
        ProcessHandle.of(child)
                .ifPresent(p -> p.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aCommandThatPrintsWithoutEndIsCut() {
        CheckAnswer a = ask(run("yes"), Duration.ofMillis(500));
        assertThat(a.ok()).isFalse();
        assertThat(a.said()).hasSizeLessThan(CheckAnswer.MAX_SAID + 10);
    }

    private static Check run(String... words) {
        return new Check.Run(List.of(words));
    }
}
