package dev.rota.coordinator.grpc;

import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.security.Role;
import dev.rota.wire.operator.v1.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The one question that every coordinator answers when nobody leads, so that an operator sees anything at all. As long as there is a
 * leader, it answers.
 */
final class StatusCall {
    private final Coordinator coordinator;
    private final StatusViews views;
    private final Executor executor;

    StatusCall(Coordinator coordinator, StatusViews views, Executor executor) {
        this.coordinator = coordinator;
        this.views = views;
        this.executor = executor;
    }

    void get(StreamObserver<Status> to) {
        try {
            Callers.requireOperator(Role.VIEWER);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        }
        var unused = coordinator.reads().fresh().whenCompleteAsync((done, failure) -> answer(to, failure), executor);
    }

    private void answer(StreamObserver<Status> to, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException c && c.getCause() != null ? c.getCause() : failure;
        if (cause instanceof Refusal refusal && !refusal.leader().isEmpty()) {
            to.onError(Answers.refused(refusal));
        } else if (cause == null || cause instanceof Refusal) {
            to.onNext(views.status(cause == null));
            to.onCompleted();
        } else {
            to.onError(Answers.failed(cause));
        }
    }
}
