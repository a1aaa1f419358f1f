package dev.rota.coordinator.sim;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Makes what the loop would only log a breach: in a simulation nothing unexpected may happen inside it. */
final class LoopFailures extends Handler {
    private static final Logger RUNTIME = Logger.getLogger("dev.rota.coordinator.runtime");
    private static final ThreadLocal<Boolean> SIMULATING = ThreadLocal.withInitial(() -> false);

    static {
        RUNTIME.addHandler(new LoopFailures());
    }

    private LoopFailures() {}

    /** Runs a simulation in this thread; of the runtime's log only failures matter meanwhile. */
    static <T> T watch(java.util.function.Supplier<T> simulation) {
        RUNTIME.setLevel(Level.SEVERE);
        RUNTIME.setUseParentHandlers(false);
        SIMULATING.set(true);
        try {
            return simulation.get();
        } finally {
            SIMULATING.set(false);
        }
    }

    @Override
    public void publish(LogRecord failure) {
        if (SIMULATING.get() && failure.getThrown() != null) {
            throw failure.getThrown() instanceof Breach b
                    ? b
                    : new Breach("loop", failure.getMessage() + " " + failure.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
