package dev.rota.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: from 50 ms, doubled each time, to 1 s, so that a rollout goes on soon after a new leader was
 * elected, and from the 15th on to 5 s; or what the coordinator asked for where that is longer; up to a minute with a coordinator that
 * takes connections and does not get round to answering. Jittered, so that a fleet does not come back in step. A coordinator that was
 * away sees about as many tries a second as it has agents, divided by the spread.
 */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);
    /** About ten seconds: an election takes less, so what is missing now is more than a leader. */
    private static final int SOON_TRIES = 14;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 10;

    private final RandomGenerator random;
    private Duration spread = Duration.ZERO;
    private int failures;
    private int overloads;

    /** Of a link that has not failed yet. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * What the coordinator asked for in its welcome.
     *
     * @param window the time over which its agents come back when all are cut off at once
     */
    public void spread(Duration window) {
        spread = window.compareTo(LONGEST) < 0 ? window : LONGEST;
    }

    /** The wait before the next try: after a good connection any part of the current step, else between half of and all of it. */
    public Duration next() {
        long step = Math.max(step(), spread.toMillis());
        long wanted = Math.min(LONGEST.toMillis(), step << Math.min(overloads, MAX_DOUBLINGS));
        long least = failures == 0 && !spread.isZero() ? 0 : wanted / 2;
        failures++;
        return Duration.ofMillis(least + random.nextLong(wanted - least + 1));
    }

    /** The wait before going where the agent was sent: any part of the spread when all were sent at once from a good connection, else none. */
    Duration turn() {
        return failures == 0 ? Duration.ofMillis(random.nextLong(spread.toMillis() + 1)) : Duration.ZERO;
    }

    private long step() {
        Duration most = failures < SOON_TRIES ? SOON : LAST;
        return Math.min(most.toMillis(), FIRST.toMillis() << Math.min(failures, MAX_DOUBLINGS));
    }

    /** The last try was taken and not answered in time: it comes sooner if all try less often. */
    public void overloaded() {
        overloads++;
    }

    /** The last connection was a good one. */
    public void reset() {
        failures = 0;
        overloads = 0;
    }
}
