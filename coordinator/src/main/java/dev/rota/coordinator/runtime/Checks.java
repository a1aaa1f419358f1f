package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.OutsideChecks;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Asks things outside the nodes for the loop: answers come on its thread, each once, and late ones not at all. */
final class Checks {
    /** What an adapter that keeps its promise never needs. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final OutsideChecks outside;
    private final ScheduledExecutorService loop;

    Checks(OutsideChecks outside, ScheduledExecutorService loop) {
        this.outside = outside;
        this.loop = loop;
    }

    void ask(Check check, Duration timeout, Consumer<CheckAnswer> answer) {
        AtomicBoolean answered = new AtomicBoolean();
        ScheduledFuture<?> late = loop.schedule(
                () -> {
                    if (answered.compareAndSet(false, true)) {
                        answer.accept(new CheckAnswer(false, "no answer within " + timeout.toMillis() + " ms"));
                    }
                },
                timeout.plus(GRACE).toMillis(),
                TimeUnit.MILLISECONDS);
        outside.ask(
                check,
                timeout,
                a -> onLoop(() -> {
                    if (answered.compareAndSet(false, true)) {
                        late.cancel(false);
                        answer.accept(a);
                    }
                }));
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            // nobody waits for the answer any more
            return;
        }
    }
}
