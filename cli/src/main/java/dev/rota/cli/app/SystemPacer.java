package dev.rota.cli.app;

import dev.rota.cli.client.Pacer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The machine's own time. */
final class SystemPacer implements Pacer {
    private final long start = System.nanoTime();

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
