package dev.rota.coordinator.runtime;

import java.time.Duration;

/** How long the coordinator itself waits for others, for those who explain it. */
public final class TimeOuts {
    private TimeOuts() {}

    /** For a node's answer to a look at it. */
    public static Duration look() {
        return Looks.ANSWER_TIMEOUT;
    }

    /** For an entry to be committed. */
    public static Duration commit() {
        return Replica.COMMIT_TIMEOUT;
    }

    /** For a majority to confirm that what is read is fresh. */
    public static Duration read() {
        return Reads.LIMIT;
    }

    /** Between two looks at the deadlines. */
    public static Duration tick() {
        return Duration.ofMillis(Coordinator.TICK_MS);
    }
}
