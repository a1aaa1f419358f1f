package dev.rota.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: from 50 ms, doubled each time, to 1 s, so that a rollout goes on soon after a new leader was
 * elected; from the 15th on to 5 s. Jittered, so that a fleet does not come back in step.
 */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);
    /** About ten seconds: an election takes less, so what is missing now is more than a leader. */
    private static final int SOON_TRIES = 14;

    private final RandomGenerator random;
    private int failures;

    /** Of a link that has not failed yet. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The wait before the next try: between half of and all of the current step. */
    public Duration next() {
        Duration most = failures < SOON_TRIES ? SOON : LAST;
        long step = Math.min(most.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
    }

    /** The last connection was a good one. */
    public void reset() {
        failures = 0;
    }
}
