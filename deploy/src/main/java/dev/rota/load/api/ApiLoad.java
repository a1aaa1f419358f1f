package dev.rota.load.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** Independent clients that each call an API at a fixed pace; one that is held up makes up for it, so that no failure is hidden. */
public final class ApiLoad implements AutoCloseable {
    /** Kinds of failure that are told apart; more would be noise. */
    private static final int KINDS_KEPT = 10;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final ApiClient client;
    private final List<Thread> threads = new ArrayList<>();
    private final Availability availability = new Availability();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final AtomicLong maxLatencyNanos = new AtomicLong();
    private final Map<String, Integer> failures = new TreeMap<>();
    private volatile boolean running = true;

    /** Clients of that API; none yet. */
    public ApiLoad(ApiClient client) {
        this.client = client;
    }

    /** Starts one more client that makes a call every {@code pace}: {@code calls} gives the first for 0, and so on. */
    public void start(String name, Duration pace, LongFunction<ApiCall> calls) {
        Thread thread = new Thread(() -> work(pace, calls), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Stops the clients and counts. */
    public ApiFigures stop() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join(STOP_WITHIN.toMillis());
        }
        availability.end(System.nanoTime());
        return figures();
    }

    /** What has been counted so far. */
    public ApiFigures figures() {
        synchronized (failures) {
            return new ApiFigures(
                    requests.sum(),
                    failed.sum(),
                    wrong.sum(),
                    availability.maxGapMs(),
                    availability.downtimeMs(),
                    maxLatencyNanos.get() / 1_000_000,
                    failures);
        }
    }

    @Override
    public void close() {
        running = false;
        threads.forEach(Thread::interrupt);
    }

    private void work(Duration pace, LongFunction<ApiCall> calls) {
        long due = System.nanoTime();
        try {
            for (long i = 0; running; i++) {
                call(calls.apply(i));
                due += pace.toNanos();
                long rest = due - System.nanoTime();
                if (rest > 0) {
                    Thread.sleep(Duration.ofNanos(rest).toMillis(), (int) (rest % 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(ApiCall call) {
        requests.increment();
        long begun = System.nanoTime();
        try {
            ApiClient.Answer answer = client.post(call.path(), call.json());
            if (answer.status() == 200 && answer.body().equals(call.answer())) {
                long ended = System.nanoTime();
                availability.success(ended);
                maxLatencyNanos.accumulateAndGet(ended - begun, Math::max);
                call.accepted().run();
                return;
            }
            if (answer.status() == 200) {
                wrong.increment();
            }
            failure(
                    call,
                    answer.status() + " "
                            + answer.body().lines().findFirst().orElse("").replaceAll("<[^>]*>", ""));
        } catch (IOException e) {
            failure(call, e.toString());
        }
        call.doubtful().run();
    }

    private void failure(ApiCall call, String why) {
        failed.increment();
        availability.failure();
        synchronized (failures) {
            String kind = call.path() + ": " + why;
            if (failures.size() < KINDS_KEPT || failures.containsKey(kind)) {
                failures.merge(kind, 1, Integer::sum);
            }
        }
    }
}
