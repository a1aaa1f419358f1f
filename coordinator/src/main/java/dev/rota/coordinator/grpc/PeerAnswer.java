package dev.rota.coordinator.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The one answer of another coordinator. */
final class PeerAnswer<T> implements StreamObserver<T> {
    private final CompletableFuture<T> answer;
    private final Function<Throwable, Exception> failure;

    PeerAnswer(CompletableFuture<T> answer, Function<Throwable, Exception> failure) {
        this.answer = answer;
        this.failure = failure;
    }

    @Override
    public void onNext(T value) {
        answer.complete(value);
    }

    @Override
    public void onError(Throwable thrown) {
        answer.completeExceptionally(failure.apply(thrown));
    }

    @Override
    public void onCompleted() {
        // the answer came before
    }
}
