package dev.rota.coordinator.grpc;

import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Watchers;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Feeds one watcher: sends what is newest whenever the rollout has changed and the watcher can take it, so a slow one misses
 * intermediate states but never holds anything up. Ends with the rollout.
 */
final class WatchStream {
    private final String rolloutId;
    private final Supplier<Optional<RolloutState>> current;
    private final Predicate<RolloutState> send;
    private final ServerCallStreamObserver<?> call;
    private final Executor executor;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** {@code send} sends what is new and answers whether it sent all there is to send. */
    private WatchStream(
            String rolloutId,
            Supplier<Optional<RolloutState>> current,
            Predicate<RolloutState> send,
            ServerCallStreamObserver<?> call,
            Executor executor) {
        this.rolloutId = rolloutId;
        this.current = current;
        this.send = send;
        this.call = call;
        this.executor = executor;
    }

    static void start(
            Watchers watchers,
            String rolloutId,
            Supplier<Optional<RolloutState>> current,
            Predicate<RolloutState> send,
            ServerCallStreamObserver<?> call,
            Executor executor) {
        WatchStream s = new WatchStream(rolloutId, current, send, call, executor);
        AutoCloseable registration = watchers.watch(s::changed);
        call.setOnCancelHandler(() -> close(registration, s));
        call.setOnCloseHandler(() -> close(registration, s));
        call.setOnReadyHandler(s::wake);
        s.wake();
    }

    private static void close(AutoCloseable registration, WatchStream s) {
        s.over.set(true);
        try {
            registration.close();
        } catch (Exception e) {
            throw new IllegalStateException("a watcher cannot be removed", e);
        }
    }

    private void changed(String id) {
        if (id.equals(rolloutId)) {
            wake();
        }
    }

    private void wake() {
        if (!over.get() && scheduled.compareAndSet(false, true)) {
            executor.execute(this::deliver);
        }
    }

    private synchronized void deliver() {
        scheduled.set(false);
        if (over.get() || !call.isReady()) {
            return;
        }
        Optional<RolloutState> state = current.get();
        boolean all = state.isEmpty() || send.test(state.get());
        boolean ended = state.isEmpty() || state.get().status().ended();
        if (all && ended && over.compareAndSet(false, true)) {
            call.onCompleted();
        } else if (!all) {
            wake();
        }
    }
}
