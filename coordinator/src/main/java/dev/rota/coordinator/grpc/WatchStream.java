package dev.rota.coordinator.grpc;

import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Refusal;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one watcher: sends what is newest whenever the rollout has changed and the watcher can take it, so a slow one misses
 * intermediate states but never holds anything up. Ends with the rollout, or as soon as this coordinator does not lead any more: then
 * the watcher is sent to the leader.
 */
final class WatchStream {
    private final Coordinator coordinator;
    private final Predicate<RolloutState> send;
    private final ServerCallStreamObserver<?> call;
    private final Executor executor;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable String rolloutId;
    private volatile @Nullable Throwable failure;

    /** {@code send} sends what is new and answers whether it sent all there is to send. */
    private WatchStream(
            Coordinator coordinator,
            Predicate<RolloutState> send,
            ServerCallStreamObserver<?> call,
            Executor executor) {
        this.coordinator = coordinator;
        this.send = send;
        this.call = call;
        this.executor = executor;
    }

    /** Which rollout to watch, once the state may be shown. */
    interface Subject {
        String id() throws Refusal;
    }

    static void start(
            Coordinator coordinator,
            Subject subject,
            Predicate<RolloutState> send,
            ServerCallStreamObserver<?> call,
            Executor executor) {
        WatchStream s = new WatchStream(coordinator, send, call, executor);
        AutoCloseable changes = coordinator.watchers().watch(s::changed);
        AutoCloseable losses = coordinator.handover().onLoss(s::lost);
        call.setOnCancelHandler(() -> s.close(changes, losses));
        call.setOnCloseHandler(() -> s.close(changes, losses));
        call.setOnReadyHandler(s::wake);
        var unused = coordinator.reads().fresh().whenComplete((done, refused) -> s.begin(subject, refused));
    }

    private void begin(Subject subject, @Nullable Throwable refused) {
        try {
            if (refused == null) {
                rolloutId = subject.id();
            } else {
                failure = Answers.failed(refused);
            }
        } catch (Refusal e) {
            failure = Answers.refused(e);
        } catch (StatusRuntimeException e) {
            failure = e;
        }
        wake();
    }

    private void close(AutoCloseable... registrations) {
        over.set(true);
        for (AutoCloseable registration : registrations) {
            try {
                registration.close();
            } catch (Exception e) {
                throw new IllegalStateException("a watcher cannot be removed", e);
            }
        }
    }

    private void changed(String id) {
        if (id.equals(rolloutId)) {
            wake();
        }
    }

    private void lost() {
        failure = Answers.refused(coordinator.members().notLeader());
        wake();
    }

    private void wake() {
        if (!over.get() && scheduled.compareAndSet(false, true)) {
            executor.execute(this::deliver);
        }
    }

    private synchronized void deliver() {
        scheduled.set(false);
        Throwable end = failure;
        if (end != null && over.compareAndSet(false, true)) {
            call.onError(end);
            return;
        }
        String id = rolloutId;
        if (id == null || over.get() || !call.isReady()) {
            return;
        }
        Optional<RolloutState> state = coordinator.state().rollout(id);
        boolean all = state.isEmpty() || send.test(state.get());
        boolean ended = state.isEmpty() || state.get().status().ended();
        if (all && ended && over.compareAndSet(false, true)) {
            call.onCompleted();
        } else if (!all) {
            wake();
        }
    }
}
