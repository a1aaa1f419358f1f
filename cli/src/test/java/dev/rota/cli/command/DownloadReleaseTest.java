package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rota.cli.command.Harness.Result;
import dev.rota.wire.operator.v1.ReleaseHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases whose artifact is fetched from a web server. */
class DownloadReleaseTest {
    private static final int SIZE = 1_000_003;
    private static final String DIGEST = "ee29bc754485801cb6ad3f0db2eb33cd7c00226796e09083292f19ec814aad9e";

    private final Harness rota = new Harness();
    private HttpServer web;

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/shop-2.0.tar", exchange -> send(exchange, SIZE));
        web.createContext("/stream.tar", exchange -> send(exchange, 0));
        web.createContext("/latest.tar", exchange -> lead(exchange, "/shop-2.0.tar"));
        web.createContext("/round.tar", exchange -> lead(exchange, "/round.tar"));
        web.createContext("/short.tar", exchange -> {
            exchange.sendResponseHeaders(200, SIZE + 1);
            exchange.getResponseBody().write(bytes());
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void close() {
        rota.close();
        web.stop(0);
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 'r');
        return bytes;
    }

    private static void send(HttpExchange exchange, long announced) throws IOException {
        exchange.sendResponseHeaders(200, announced);
        exchange.getResponseBody().write(bytes());
        exchange.close();
    }

    private static void lead(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().add("Location", where);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private String url(String file) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/" + file;
    }

    private Result add(String url, String sha256) {
        return rota.line("releases add shop 2.0 --url " + url + " --sha256 " + sha256);
    }

    @Test
    void theArtifactIsFetchedVerifiedAndSent() {
        Result result = add(url("shop-2.0.tar"), DIGEST);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(rota.operator.received()).isEqualTo(SIZE);
        ReleaseHeader header = rota.operator.request(ReleaseHeader.class);
        assertThat(header.getFileName()).isEqualTo("shop-2.0.tar");
        assertThat(header.getSizeBytes()).isEqualTo(SIZE);
        assertThat(header.getSha256()).isEqualTo(DIGEST);
    }

    @Test
    void itMayBeElsewhereAndOfUnknownSize() {
        assertThat(add(url("latest.tar"), DIGEST).exitCode()).isZero();
        assertThat(add(url("stream.tar"), DIGEST).exitCode()).isZero();

        assertThat(rota.operator.received()).isEqualTo(2L * SIZE);
    }

    @Test
    void otherBytesThanAnnouncedAreNotSent() {
        String other = "0".repeat(64);

        Result result = add(url("shop-2.0.tar"), other);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("shop-2.0.tar has the SHA-256 " + DIGEST + " and not " + other);
        assertThat(rota.operator.requests()).isEmpty();
    }

    @Test
    void whatCannotBeFetchedIsNamed() {
        notFetched("missing.tar", "the server answers 404");
        notFetched("round.tar", "it leads elsewhere more than 5 times");
        notFetched("short.tar", "short.tar: ");
    }

    private void notFetched(String file, String why) {
        Result result = add(url(file), DIGEST);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("cannot fetch " + url(file)).contains(why);
        assertThat(rota.operator.requests()).isEmpty();
    }

    @Test
    void aUrlNeedsADigestAndAName() {
        usage("--url " + url("a.tar"), "--url needs --sha256");
        usage("--url ftp://example.org/a.tar --sha256 " + DIGEST, "is no http or https URL");
        usage("--url http://example.org/ --sha256 " + DIGEST, "names no file");
        usage("--url http://me:secret@example.org/a.tar --sha256 " + DIGEST, "a URL with a password");
        usage("--url http://exa[mple.org/a.tar --sha256 " + DIGEST, "is no URL");
        usage("--url " + url("a.tar") + " --file a.tar", "mutually exclusive");
    }

    private void usage(String options, String why) {
        Result result = rota.line("releases add shop 2.0 " + options);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(why);
    }
}
