package dev.rota.coordinator.runtime;

import dev.rota.coordinator.fixture.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers that run when the test says how late it is. */
final class TimersByHand extends ScheduledThreadPoolExecutor {
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private long now;
    private long numbers;

    private record Timer(long at, long number, Runnable task, ScheduledFuture<?> future) {}

    TimersByHand() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        ScheduledFuture<?> future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
        timers.add(new Timer(now + unit.toMillis(delay), numbers++, task, future));
        return future;
    }

    void pass(Duration time) {
        long until = now + time.toMillis();
        while (!timers.isEmpty() && timers.peek().at() <= until) {
            Timer next = timers.remove();
            now = Math.max(now, next.at());
            if (!next.future().isCancelled()) {
                next.task().run();
            }
        }
        now = until;
    }

    /** Time goes on and nothing runs, as on a machine that stands still. */
    void sleep(Duration time) {
        now += time.toMillis();
    }

    Instant time() {
        return Situation.T0.plusMillis(now);
    }
}
