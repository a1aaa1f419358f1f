package dev.rota.coordinator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a cluster has run two versions side by side, and how long it may until that is an alarm. The clock outlives the rollout that
 * began it: the next one of the cluster goes on with it.
 *
 * @param since when the first node served with another version than the rest
 */
public record MixedVersions(Instant since, Duration limit) {
    /** The code of the alarm. */
    public static final String CODE = "MIXED_TOO_LONG";

    /** Of a rollout, ended ones included; empty when there is but one version. */
    public static Optional<MixedVersions> of(RolloutState s) {
        return s.mixedSince()
                .map(since -> new MixedVersions(since, s.plan().policy().mixedLimit()));
    }

    /** Of a cluster, as its newest rollout has left it or sees it now. */
    public static Optional<MixedVersions> of(CoordinatorState s, String cluster) {
        return s.inOrder().stream()
                .filter(r -> r.plan().cluster().equals(cluster))
                .reduce((a, b) -> b)
                .flatMap(MixedVersions::of);
    }

    /** The clock of a rollout that begins: that of the one before, or a new one, if its nodes run more than one version. */
    static Optional<Instant> atStart(CoordinatorState s, RolloutState fresh) {
        long versions =
                fresh.plan().members().stream().map(m -> m.version()).distinct().count();
        return versions < 2
                ? Optional.empty()
                : of(s, fresh.plan().cluster()).map(MixedVersions::since).or(() -> Optional.of(fresh.startedAt()));
    }

    /** Whether the limit is over. */
    public boolean tooLong(Instant now) {
        return now.isAfter(since.plus(limit));
    }

    private static String text(Duration d) {
        long seconds = d.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** For an operator. */
    public String sentence(Instant now) {
        return "two versions have run side by side since " + since
                + (tooLong(now) ? ", longer than the " : "; they may for ") + text(limit)
                + (tooLong(now) ? " they may" : "");
    }
}
