package dev.rota.cli.app;

import dev.rota.cli.command.console.Interrupts;
import dev.rota.cli.exit.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ctrl-C as the JVM tells of it: a shutdown hook interrupts the command and holds the exit until the command has said its last word. The JVM
 * itself then ends with 128 plus the signal's number: 130.
 */
final class ShutdownInterrupts implements Interrupts {
    /** Longest the exit is held up. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final Runtime runtime;

    ShutdownInterrupts(Runtime runtime) {
        this.runtime = runtime;
    }

    @Override
    public ExitCode guard(Supplier<ExitCode> work) {
        Thread worker = Thread.currentThread();
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> holdUp(worker, done), "rota-interrupt");
        runtime.addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            done.countDown();
            release(hook);
        }
    }

    private static void holdUp(Thread worker, CountDownLatch done) {
        worker.interrupt();
        try {
            done.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(Thread hook) {
        try {
            runtime.removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already, and the hook with it
        }
    }
}
