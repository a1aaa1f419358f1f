package dev.rota.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for something outside this process. */
public final class Until {
    private static final long LOOK_EVERY_MS = 50;

    private Until() {}

    /** Something that becomes true. */
    public interface Condition {
        /** Whether it is true now. */
        boolean now() throws IOException, InterruptedException;
    }

    /**
     * Returns when the condition holds.
     *
     * @throws IOException naming {@code what} when it does not hold in time
     */
    public static void holds(String what, Duration within, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.now()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("not so within " + within.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }
}
