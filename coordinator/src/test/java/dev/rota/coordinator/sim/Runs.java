package dev.rota.coordinator.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many runs, each alone in its thread, as many at once as there are processors. */
final class Runs {
    private static final double NANOS_PER_SECOND = 1e9;

    private Runs() {}

    /** What became of each, in their order; prints how many there were and how quick they were. */
    static <T> List<String> inParallel(String name, List<T> runs, Function<T, String> run) {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        long start = System.nanoTime();
        try {
            List<Future<String>> pending = new ArrayList<>();
            runs.forEach(r -> pending.add(pool.submit(() -> run.apply(r))));
            List<String> results = new ArrayList<>();
            for (Future<String> p : pending) {
                results.add(p.get());
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            System.out.printf(
                    "%s: %d runs in %.1f s = %.0f runs/min%n", name, runs.size(), seconds, runs.size() * 60 / seconds);
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new AssertionError(cause.getMessage(), cause);
        } finally {
            pool.shutdownNow();
        }
    }
}
