package dev.rota.coordinator.grpc;

import dev.rota.coordinator.runtime.Reads;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The questions that every coordinator answers when nobody leads, so that an operator sees anything at all. As long as there is a leader,
 * it answers.
 */
final class AnyoneReads {
    private final Reads reads;
    private final Executor executor;

    AnyoneReads(Reads reads, Executor executor) {
        this.reads = reads;
        this.executor = executor;
    }

    /** {@code view} is told whether a majority has confirmed that nothing is missing. */
    <T> void read(StreamObserver<T> to, Function<Boolean, T> view) {
        try {
            Callers.requireOperator(Role.VIEWER);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        }
        var unused = reads.fresh().whenCompleteAsync((done, failure) -> answer(to, view, failure), executor);
    }

    private static <T> void answer(StreamObserver<T> to, Function<Boolean, T> view, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof Refusal refusal && !refusal.leader().isEmpty()) {
            to.onError(Answers.refused(refusal));
        } else if (cause == null || cause instanceof Refusal) {
            to.onNext(view.apply(cause == null));
            to.onCompleted();
        } else {
            to.onError(Answers.failed(cause));
        }
    }
}
