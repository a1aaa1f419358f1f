package dev.rota.coordinator.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Who wants to know about changes of rollouts. May be used by any thread. */
public final class Watchers implements AutoCloseable {
    private final Map<Long, Consumer<String>> watchers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    Watchers() {}

    /** Calls {@code watcher} with a rollout's id after every change, until the answer is closed. It must not block. */
    public AutoCloseable watch(Consumer<String> watcher) {
        long id = last.incrementAndGet();
        watchers.put(id, watcher);
        return () -> watchers.remove(id);
    }

    void changed(String rolloutId) {
        watchers.values().forEach(w -> w.accept(rolloutId));
    }

    @Override
    public void close() {
        watchers.clear();
    }
}
