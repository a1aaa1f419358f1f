package dev.rota.coordinator.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who wants to know that the leadership has changed. May be used by any thread. */
public final class Handover {
    private final Map<Long, Runnable> listeners = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    Handover() {}

    /** Calls {@code lost} each time this coordinator is not or no longer the leader, until the answer is closed. It must not block. */
    public AutoCloseable onLoss(Runnable lost) {
        long id = last.incrementAndGet();
        listeners.put(id, lost);
        return () -> listeners.remove(id);
    }

    void changed(boolean leads) {
        if (!leads) {
            listeners.values().forEach(Runnable::run);
        }
    }
}
