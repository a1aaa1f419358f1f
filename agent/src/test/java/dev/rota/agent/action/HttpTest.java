package dev.rota.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rota.agent.step.Code;
import dev.rota.contract.Condition;
import dev.rota.contract.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The http action, and the conditions http and tcp. */
class HttpTest {
    @TempDir
    Path dir;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private Bench bench = new Bench(Path.of("/"));
    private final HttpServer server;

    HttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        bench = new Bench(dir);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path + " "
                    + exchange.getRequestHeaders().getFirst("X-Test") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            if (path.equals("/hangs")) {
                awaitAnswer();
            }
            if (path.equals("/breaks")) {
                exchange.close();
                return;
            }
            int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
            byte[] body = "it is well".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        answer.countDown();
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void sendsMethodBodyAndHeaders() throws ActionFailure, IOException, InterruptedException {
        Done done = bench.perform(new Work.Http(
                "POST",
                url("/drain"),
                Optional.of("node=${node.name}"),
                Map.of("X-Test", "yes"),
                List.of(),
                List.of("is \\w+"),
                List.of()));
        assertThat(requests).containsExactly("POST /drain yes node=n1");
        assertThat(done.output()).isEqualTo("it is well");
    }

    @Test
    void judgesStatusAndAnswer() throws ActionFailure, IOException, InterruptedException {
        assertFails(Bench.get(url("/status/503")), Code.HTTP_STATUS, "status 503: it is well");
        assertFails(Bench.get(url("/status/302")), Code.HTTP_STATUS, "status 302");
        bench.perform(new Work.Http(
                "GET", url("/status/302"), Optional.empty(), Map.of(), List.of(302), List.of(), List.of()));
        bench.perform(Bench.get(url("/status/204")));
        Work.Http rejects =
                new Work.Http("GET", url("/"), Optional.empty(), Map.of(), List.of(), List.of(), List.of("well"));
        assertFails(rejects, Code.HTTP_STATUS, "has 'well'");
        assertThat(requests).noneMatch(r -> r.contains("elsewhere"));
    }

    @Test
    void sendsNothingTwiceWhenTheConnectionBreaks() {
        assertFails(Bench.http("POST", url("/breaks")), Code.HTTP_STATUS, "was not answered");
        assertThat(requests).hasSize(1);
    }

    @Test
    void givesUpAtItsDeadline() {
        assertThatThrownBy(() -> bench.perform(Bench.http("POST", url("/hangs")), Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(Code.TIMED_OUT));
        assertThat(requests).hasSize(1);
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        assertFails(Bench.get("http://127.0.0.1:" + freePort() + "/"), Code.HTTP_STATUS, "cannot connect");
        assertFails(Bench.get("ftp://127.0.0.1/"), Code.HTTP_STATUS, "does not begin with http");
    }

    @Test
    void asksAsACondition() throws IOException, InterruptedException {
        assertThat(bench.ask(new Condition.HttpAnswers(Bench.get(url("/")))).holds())
                .isTrue();
        assertThat(bench.ask(new Condition.HttpAnswers(Bench.get(url("/status/500")))))
                .isEqualTo(new Conditions.Answer(
                        false, "GET " + url("/status/500") + " was answered with status 500: it is well"));
        assertThat(bench.ask(new Condition.HttpAnswers(Bench.get("http://127.0.0.1:" + freePort() + "/")))
                        .holds())
                .isFalse();
    }

    @Test
    void asksForPorts() throws IOException, InterruptedException {
        String open = "127.0.0.1:" + server.getAddress().getPort();
        String closed = "127.0.0.1:" + freePort();
        assertThat(bench.ask(new Condition.TcpPort(open, true)).holds()).isTrue();
        assertThat(bench.ask(new Condition.TcpPort(open, false)).holds()).isFalse();
        assertThat(bench.ask(new Condition.TcpPort(closed, true)).holds()).isFalse();
        assertThat(bench.ask(new Condition.TcpPort(closed, false)).holds()).isTrue();
        assertThat(bench.ask(new Condition.TcpPort("no.such.host.invalid:1", false))
                        .holds())
                .isFalse();
        assertThat(bench.ask(new Condition.TcpPort("nonsense", false)).holds()).isFalse();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void assertFails(Work work, Code code, String message) {
        assertThatThrownBy(() -> bench.perform(work))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ActionFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
