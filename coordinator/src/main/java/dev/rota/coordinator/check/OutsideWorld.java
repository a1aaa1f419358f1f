package dev.rota.coordinator.check;

import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.OutsideChecks;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks for real. What takes a thread while it waits takes one of a few; when all are taken, nobody can be asked, and that is the answer. */
public final class OutsideWorld implements OutsideChecks, AutoCloseable {
    private static final int THREADS_MAX = 32;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, THREADS_MAX, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), OutsideWorld::thread);
    private final HttpCheck http = new HttpCheck(threads);

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rota-checks");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void ask(Check check, Duration timeout, Consumer<CheckAnswer> answer) {
        try {
            if (check instanceof Check.Http h) {
                http.ask(h, timeout, answer);
            } else if (check instanceof Check.Tcp t) {
                threads.execute(() -> answer.accept(TcpCheck.ask(t, timeout)));
            } else {
                Check.Run run = (Check.Run) check;
                threads.execute(() -> answer.accept(CommandCheck.ask(run, timeout)));
            }
        } catch (RejectedExecutionException e) {
            answer.accept(new CheckAnswer(
                    false, THREADS_MAX + " checks wait for their answers already, no more can be asked"));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
