package dev.rota.coordinator.grpc;

import dev.rota.coordinator.runtime.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns answers and refusals into what goes over the wire. */
final class Answers {
    /** Trailer with the stable code of a refusal. */
    static final Metadata.Key<String> CODE = Metadata.Key.of("rota-code", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** Something that answers at once or is refused. */
    interface Question<T> {
        T answer() throws Refusal;
    }

    static <T> void now(StreamObserver<T> to, Question<T> question) {
        try {
            to.onNext(question.answer());
            to.onCompleted();
        } catch (Refusal e) {
            to.onError(refused(e));
        } catch (StatusRuntimeException e) {
            to.onError(e);
        }
    }

    static <A, T> void later(StreamObserver<T> to, CompletableFuture<A> answer, Function<A, T> view) {
        var unused = answer.whenComplete((value, failure) -> {
            if (failure != null) {
                to.onError(failed(failure));
            } else {
                to.onNext(view.apply(value));
                to.onCompleted();
            }
        });
    }

    /** As {@link #later}, with a view that takes time and must not hold up whoever completes the answer. */
    static <A, T> void laterAside(StreamObserver<T> to, CompletableFuture<A> answer, Function<A, T> view) {
        later(to, answer.thenApplyAsync(view), Function.identity());
    }

    static StatusRuntimeException failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof Refusal r) {
            return refused(r);
        }
        if (cause instanceof StatusRuntimeException s) {
            return s;
        }
        LOG.error("a request failed unexpectedly", cause);
        return Status.INTERNAL
                .withDescription("the coordinator failed: " + cause + "; its log says more")
                .asRuntimeException();
    }

    static StatusRuntimeException refused(Refusal e) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, e.code());
        if (!e.leader().isEmpty()) {
            trailers.put(Redirect.LEADER, e.leader());
        }
        return status(e.kind()).withDescription(e.getMessage()).asRuntimeException(trailers);
    }

    static StatusRuntimeException usage(String sentence) {
        return refused(new Refusal(Refusal.Kind.USAGE, "USAGE", sentence));
    }

    private static Status status(Refusal.Kind kind) {
        return switch (kind) {
            case USAGE -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case REFUSED -> Status.FAILED_PRECONDITION;
            case UNAVAILABLE -> Status.UNAVAILABLE;
        };
    }
}
