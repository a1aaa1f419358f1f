package dev.rota.cli.client;

import java.time.Duration;

/** Time that only goes forward, and waiting; replaced in tests. */
public interface Pacer {
    /** Time since some fixed moment. */
    Duration uptime();

    /** Waits that long. */
    void sleep(Duration time) throws InterruptedException;
}
