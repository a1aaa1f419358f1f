package dev.rota.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Short questions to servers on loopback. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private Http() {}

    /** The body of a good answer; nothing when there was none. */
    public static Optional<String> get(String url) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
    }

    /** The body of a good answer to a request with that Authorization header; nothing when there was none. */
    public static Optional<String> get(String url, String authorization) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .timeout(PATIENCE)
                .build());
    }

    /** The body of a good answer to an empty POST, which is waited for that long. */
    public static Optional<String> post(String url, Duration within) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .timeout(within)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** The body of a good answer to a PUT. */
    public static Optional<String> put(String url, String body) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The status of the answer to a form that is sent with that Authorization header; 0 when there was none. */
    public static int form(String url, String authorization, String fields) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException doesNotAnswer) {
            return 0;
        }
    }

    private static Optional<String> send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException doesNotAnswer) {
            return Optional.empty();
        }
    }
}
