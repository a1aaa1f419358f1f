package dev.rota.agent.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A point in time by which something must be done. Wall-clock time, because it must mean the same after a restart of the agent. */
public record Deadline(Instant at, Clock clock) {
    /** A deadline some time from now. */
    public static Deadline in(Duration duration, Clock clock) {
        return new Deadline(clock.instant().plus(duration), clock);
    }

    /** What is left; zero when it has passed. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What is left, but at most so much. */
    public Duration remaining(Duration atMost) {
        Duration left = remaining();
        return left.compareTo(atMost) < 0 ? left : atMost;
    }

    /** Whether it has passed. */
    public boolean passed() {
        return remaining().isZero();
    }

    /** The earlier of this and another point in time. */
    public Deadline orEarlier(Instant other) {
        return other.isBefore(at) ? new Deadline(other, clock) : this;
    }

    /** Sleeps, but not beyond the deadline. */
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(Math.max(1, remaining(duration).toMillis()));
    }
}
