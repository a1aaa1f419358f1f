package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.ProbeSpan;
import java.time.Duration;

/**
 * What the outside probe measured over some time. The service counts as unavailable from a probe that failed to the next one that did
 * not, so each outage is known up to one interval of the probe at either end.
 *
 * @param probes how many were sent
 * @param failed how many of them failed
 * @param down how long the service was unavailable, all outages together
 * @param longest the longest outage
 * @param current the outage that has not ended; zero when there is none
 * @param outages how many there were
 * @param unwatched time in which nobody probed; an outage that was under way when it began counts through it, else nothing is known
 * @param holes how many such times there were
 */
public record Availability(
        long probes,
        long failed,
        Duration down,
        Duration longest,
        Duration current,
        long outages,
        Duration unwatched,
        long holes) {
    /** Before the first probe. */
    public static Availability none() {
        return new Availability(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0);
    }

    /**
     * With more probes.
     *
     * @param wasDown whether the probe before them failed
     * @param gap time since the probe before them
     * @param hole a longer gap was not watched
     */
    Availability and(boolean wasDown, Duration gap, Duration hole, ProbeSpan span) {
        Availability until = passed(wasDown, gap, hole);
        boolean begins = !span.ok() && !wasDown;
        Duration inside = span.ok() ? Duration.ZERO : Duration.between(span.first(), span.last());
        Duration now = span.ok() ? Duration.ZERO : (wasDown ? until.current : Duration.ZERO).plus(inside);
        return new Availability(
                probes + span.count(),
                span.ok() ? failed : failed + span.count(),
                until.down.plus(inside),
                longer(until.longest, now),
                now,
                begins ? until.outages + 1 : until.outages,
                until.unwatched,
                until.holes);
    }

    /** Time has passed since the last probe. */
    Availability passed(boolean wasDown, Duration gap, Duration hole) {
        boolean missed = gap.compareTo(hole) > 0;
        Duration now = wasDown ? current.plus(gap) : current;
        return new Availability(
                probes,
                failed,
                wasDown ? down.plus(gap) : down,
                longer(longest, now),
                now,
                wasDown && outages == 0 ? 1 : outages,
                missed ? unwatched.plus(gap) : unwatched,
                missed ? holes + 1 : holes);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
