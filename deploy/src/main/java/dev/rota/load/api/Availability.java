package dev.rota.load.api;

/**
 * Turns successes and failures into gaps. Times are in nanoseconds of one monotonic clock and are given in the order in which
 * calls ended. Safe for use by several threads.
 */
final class Availability {
    private boolean begun;
    private long lastSuccess;
    private boolean failedSince;
    private long maxGapNanos;
    private long downtimeNanos;

    /** A call ended well at that time. */
    synchronized void success(long at) {
        if (begun) {
            long gap = Math.max(0, at - lastSuccess);
            maxGapNanos = Math.max(maxGapNanos, gap);
            if (failedSince) {
                downtimeNanos += gap;
            }
        }
        begun = true;
        lastSuccess = Math.max(lastSuccess, at);
        failedSince = false;
    }

    /** A call failed. */
    synchronized void failure() {
        failedSince = true;
    }

    /** Nothing more comes: what has passed since the last success counts as well. */
    synchronized void end(long at) {
        if (begun && failedSince) {
            success(at);
        }
    }

    /** Longest time between two successes. */
    synchronized long maxGapMs() {
        return maxGapNanos / 1_000_000;
    }

    /** Time between successes that had failures between them, added up. */
    synchronized long downtimeMs() {
        return downtimeNanos / 1_000_000;
    }
}
