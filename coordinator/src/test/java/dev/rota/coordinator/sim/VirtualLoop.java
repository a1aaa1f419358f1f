package dev.rota.coordinator.sim;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A coordinator's loop in virtual time: its tasks run while its process does. */
final class VirtualLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final Schedule schedule;
    private final Runner process;
    private boolean down;

    /** Runs tasks now, later or never. */
    interface Runner {
        void run(Runnable task);
    }

    VirtualLoop(Schedule schedule, Runner process) {
        this.schedule = schedule;
        this.process = process;
    }

    private final class Timer extends CompletableFuture<Object> implements ScheduledFuture<Object> {
        private final Runnable task;
        private final long everyMs;

        Timer(Runnable task, long everyMs) {
            this.task = task;
            this.everyMs = everyMs;
        }

        void begin(long delayMs) {
            schedule.in(delayMs, () -> {
                if (!isDone()) {
                    process.run(this::fire);
                }
            });
        }

        private void fire() {
            if (isDone() || down) {
                return;
            }
            task.run();
            if (everyMs == 0) {
                complete(null);
            } else {
                begin(everyMs);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void execute(Runnable task) {
        schedule.in(0, () -> process.run(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(task, 0);
        timer.begin(unit.toMillis(delay));
        return timer;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        Timer timer = new Timer(task, unit.toMillis(delay));
        timer.begin(unit.toMillis(initial));
        return timer;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        down = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return down;
    }

    @Override
    public boolean isTerminated() {
        return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return down;
    }
}
