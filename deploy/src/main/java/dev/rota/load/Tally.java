package dev.rota.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the requests of all clients and the longest time in which none succeeded. Times are {@link System#nanoTime}. */
public final class Tally {
    private static final int REASONS_MAX = 20;

    private final Map<String, Long> reasons = new LinkedHashMap<>();
    private long requests;
    private long failed;
    private long lastSuccess;
    private long longestGap;

    /** Starts to count; the first gap begins now. */
    public Tally(long now) {
        this.lastSuccess = now;
    }

    /** A request was answered as it should be. */
    public synchronized void success(long now) {
        requests++;
        endGap(now);
    }

    /** A request was not answered, or wrongly. */
    public synchronized void failure(String reason) {
        requests++;
        failed++;
        if (reasons.size() < REASONS_MAX || reasons.containsKey(reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    /** Ends the last gap. */
    public synchronized void end(long now) {
        endGap(now);
    }

    /** Requests so far, failed ones among them. */
    public synchronized long requests() {
        return requests;
    }

    /** Requests that failed. */
    public synchronized long failed() {
        return failed;
    }

    /** The longest time between two successes. */
    public synchronized Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** The first different reasons for failures, and how often each was met. */
    public synchronized Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    private void endGap(long now) {
        longestGap = Math.max(longestGap, now - lastSuccess);
        lastSuccess = Math.max(lastSuccess, now);
    }
}
