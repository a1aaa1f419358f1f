package dev.rota.agent.action;

import dev.rota.contract.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends single HTTP requests: no redirects followed, no connection kept, nothing sent twice. */
final class HttpClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    static {
        // the JDK would send a POST again by itself when the connection breaks
        System.setProperty("sun.net.http.retryPost", "false");
        // and keep a connection that the server is about to close, unless the server says that it will
        System.setProperty("http.keepAlive", "false");
    }

    private HttpClient() {}

    /** What came back. */
    record Answer(int status, String body) {}

    /**
     * Sends an expanded request and reads the answer.
     *
     * @param limit of the whole exchange; a connection is given at most five seconds of it
     * @throws IOException if there was no answer in time; {@link java.net.ConnectException} when nothing was sent
     */
    static Answer send(Work.Http request, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        URL url = url(request.url());
        if (!(url.openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException(request.url() + " is no HTTP address");
        }
        try {
            connection.setConnectTimeout(millis(limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT));
            connection.setReadTimeout(millis(limit));
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod(request.method());
            connection.setRequestProperty("Connection", "close");
            request.headers().forEach(connection::setRequestProperty);
            sendBody(connection, request.body());
            int status = connection.getResponseCode();
            @Nullable InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
            return new Answer(status, stream == null ? "" : read(stream, end));
        } finally {
            connection.disconnect();
        }
    }

    private static URL url(String text) throws IOException {
        try {
            URI uri = URI.create(text);
            if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new IOException("'" + text + "' does not begin with http:// or https://");
            }
            return uri.toURL();
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + text + "' is no web address: " + e.getMessage(), e);
        }
    }

    private static void sendBody(HttpURLConnection connection, Optional<String> body) throws IOException {
        if (body.isPresent()) {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
    }

    private static String read(InputStream in, long end) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0 && body.size() < MAX_BODY_BYTES; n = in.read(buffer)) {
                body.write(buffer, 0, Math.min(n, MAX_BODY_BYTES - body.size()));
                if (System.nanoTime() - end > 0) {
                    throw new SocketTimeoutException("the answer was not complete in time");
                }
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }

    /** Why an answer does not count as success, if it does not. */
    static Optional<String> refusal(Work.Http request, Answer answer) {
        boolean accepted = request.status().isEmpty()
                ? answer.status() / 100 == 2
                : request.status().contains(answer.status());
        String said = answer.body().isBlank() ? "" : ": " + Expectations.excerpt(answer.body());
        if (!accepted) {
            return Optional.of("was answered with status " + answer.status() + said);
        }
        return Expectations.broken(answer.body(), request.expect(), request.reject())
                .map(text -> "was answered, but the answer " + text + said);
    }
}
