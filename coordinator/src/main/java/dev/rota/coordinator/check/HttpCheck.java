package dev.rota.coordinator.check;

import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches HTTP addresses, each over a connection of its own as a new client would, and reads at most the first 64 KB. */
final class HttpCheck {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String KEEP_NOTHING = "jdk.httpclient.allowRestrictedHeaders";

    static {
        if (System.getProperty(KEEP_NOTHING) == null) {
            System.setProperty(KEEP_NOTHING, "connection");
        }
    }

    private final HttpClient client;
    private final Executor threads;

    HttpCheck(Executor threads) {
        this.threads = threads;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    void ask(Check.Http check, Duration timeout, Consumer<CheckAnswer> answer) {
        HttpRequest request = HttpRequest.newBuilder(check.url())
                .timeout(timeout)
                .header("Connection", "close")
                .header("User-Agent", "rota")
                .GET()
                .build();
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request, info -> new Beginning());
        CompletableFuture<HttpResponse<String>> inTime =
                exchange.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        var unused = inTime.handleAsync(
                (response, failure) -> {
                    exchange.cancel(true);
                    answer.accept(
                            failure == null ? judge(check, response) : new CheckAnswer(false, why(failure, timeout)));
                    return null;
                },
                threads);
    }

    private static CheckAnswer judge(Check.Http check, HttpResponse<String> response) {
        String body = response.body();
        if (!check.accepts(response.statusCode())) {
            return new CheckAnswer(false, "answered with status " + response.statusCode() + after(body));
        }
        if (check.expect().filter(p -> !p.matcher(body).find()).isPresent()) {
            return new CheckAnswer(false, "the answer lacks '" + check.expect().get() + "'" + after(body));
        }
        return check.reject()
                .flatMap(p -> found(p, body))
                .map(line -> new CheckAnswer(false, line))
                .orElseGet(() -> new CheckAnswer(true, ""));
    }

    private static java.util.Optional<String> found(Pattern reject, String body) {
        var m = reject.matcher(body);
        return m.find()
                ? java.util.Optional.of("the answer has '" + reject + "': "
                        + body.substring(m.start(), Math.min(body.length(), m.start() + CheckAnswer.MAX_SAID)))
                : java.util.Optional.empty();
    }

    private static String after(String body) {
        return body.isBlank() ? "" : ": " + body.strip();
    }

    private static String why(Throwable failure, Duration timeout) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms";
        }
        if (cause instanceof ConnectException) {
            @Nullable String said = cause.getMessage();
            return "no connection" + (said == null ? "" : ": " + said);
        }
        return cause instanceof IOException ? "no answer: " + cause.getMessage() : "no answer: " + cause;
    }

    /** The beginning of a body; what comes after is not waited for. */
    private static final class Beginning implements HttpResponse.BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer b : buffers) {
                byte[] part = new byte[Math.min(b.remaining(), MAX_BYTES - bytes.size())];
                b.get(part);
                bytes.write(part, 0, part.length);
            }
            if (bytes.size() >= MAX_BYTES) {
                if (subscription != null) {
                    subscription.cancel();
                }
                done();
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done();
        }

        private void done() {
            body.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
