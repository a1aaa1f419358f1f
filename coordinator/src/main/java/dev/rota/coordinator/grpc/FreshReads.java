package dev.rota.coordinator.grpc;

import dev.rota.coordinator.runtime.Reads;
import dev.rota.coordinator.security.Role;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Answers what operators want to see once it is sure that the answer misses nothing that was committed before the question. */
final class FreshReads {
    private final Reads reads;
    private final Executor executor;

    /** {@code executor} makes the answers that had to wait: the journal's thread has other things to do. */
    FreshReads(Reads reads, Executor executor) {
        this.reads = reads;
        this.executor = executor;
    }

    /** Serves whoever may look. */
    <T> void read(StreamObserver<T> to, Answers.Question<T> question) {
        try {
            Callers.requireOperator(Role.VIEWER);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        }
        CompletableFuture<Void> fresh = reads.fresh();
        if (fresh.isDone()) {
            answer(to, fresh, question);
        } else {
            var unused = fresh.whenCompleteAsync((done, failure) -> answer(to, fresh, question), executor);
        }
    }

    private static <T> void answer(StreamObserver<T> to, CompletableFuture<Void> fresh, Answers.Question<T> question) {
        try {
            fresh.join();
        } catch (CompletionException refused) {
            to.onError(Answers.failed(refused));
            return;
        }
        Answers.now(to, question);
    }
}
