package dev.rota.coordinator.port;

import java.time.Duration;
import java.util.function.Consumer;

/** Asks things outside the nodes. */
public interface OutsideChecks {
    /**
     * Asks, and returns at once. The answer comes once, from any thread; what is not answered within the timeout is answered then, and
     * not well. Never throws.
     */
    void ask(Check check, Duration timeout, Consumer<CheckAnswer> answer);
}
