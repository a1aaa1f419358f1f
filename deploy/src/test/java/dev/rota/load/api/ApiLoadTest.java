package dev.rota.load.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApiLoadTest {
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger doubtful = new AtomicInteger();
    private volatile int status = 200;
    private volatile String body = "0";
    private HttpServer server;
    private ApiLoad load;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        load = new ApiLoad(new ApiClient(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort()),
                Duration.ofSeconds(2)));
        load.start(
                "client",
                Duration.ofMillis(5),
                i -> new ApiCall("/api/x", "{}", "0", accepted::incrementAndGet, doubtful::incrementAndGet));
        await().until(() -> accepted.get() > 3);
    }

    @AfterEach
    void stop() {
        load.close();
        server.stop(0);
    }

    @Test
    void rightAnswersAreNoFailures() throws InterruptedException {
        ApiFigures figures = load.stop();
        assertThat(figures.requests()).isEqualTo(accepted.get());
        assertThat(figures.failedRequests()).isZero();
        assertThat(figures.failures()).isEmpty();
        assertThat(doubtful).hasValue(0);
    }

    @Test
    void aWrongAnswerIsAFailure() throws InterruptedException {
        body = "1";
        await().until(() -> doubtful.get() > 3);
        body = "0";
        ApiFigures figures = load.stop();
        assertThat(figures.failedRequests()).isEqualTo(doubtful.get()).isEqualTo(figures.wrongAnswers());
        assertThat(figures.failures()).containsExactly(entry("/api/x: 200 1", doubtful.get()));
    }

    @Test
    void anErrorIsAFailureAndMakesDowntime() throws InterruptedException {
        status = 503;
        body = "<h1>no server</h1>";
        await().until(() -> doubtful.get() > 3);
        status = 200;
        body = "0";
        int before = accepted.get();
        await().until(() -> accepted.get() > before + 1);
        ApiFigures figures = load.stop();
        assertThat(figures.wrongAnswers()).isZero();
        assertThat(figures.failures()).containsKey("/api/x: 503 no server");
        assertThat(figures.downtimeMs()).isPositive().isGreaterThanOrEqualTo(figures.maxGapMs());
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws InterruptedException {
        server.stop(0);
        await().until(() -> doubtful.get() > 0);
        assertThat(load.stop().failures())
                .hasKeySatisfying(new org.assertj.core.api.Condition<>(
                        kind -> kind.contains("ConnectException"), "a refused connection"));
    }
}
