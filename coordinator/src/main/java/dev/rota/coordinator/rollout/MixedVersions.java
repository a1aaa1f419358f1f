package dev.rota.coordinator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a cluster has run two versions side by side, and how long it may until that is an alarm.
 *
 * @param since when the first node served with the new version while others had the old one
 */
public record MixedVersions(Instant since, Duration limit) {
    /** The code of a rollout whose cluster has run two versions for too long. */
    public static final String CODE = "MIXED_VERSIONS";

    /** Of a rollout, ended ones included; empty when there is but one version. */
    public static Optional<MixedVersions> of(RolloutState s) {
        return s.mixedSince()
                .map(since -> new MixedVersions(since, s.plan().policy().turns().mixedLimit()));
    }

    /** Whether the limit is over. */
    public boolean tooLong(Instant now) {
        return now.isAfter(since.plus(limit));
    }

    /** For an operator. */
    public String sentence(Instant now) {
        String hours = limit.toMinutes() % 60 == 0 ? limit.toHours() + " h" : limit.toMinutes() + " min";
        return "two versions have run side by side since " + since
                + (tooLong(now) ? ", longer than the " + hours + " they may" : "; they may for " + hours);
    }
}
