package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.FailedVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions a cluster was rolled back from, as its rollouts tell. */
public final class FailedVersions {
    private FailedVersions() {}

    /** Those of a cluster; a rollout that brought it to the version since makes it a good one. */
    public static List<FailedVersion> of(CoordinatorState s, String cluster, String product) {
        Map<Version, FailedVersion> failed = new TreeMap<>();
        s.inOrder().stream()
                .filter(r ->
                        r.plan().cluster().equals(cluster) && r.plan().product().equals(product))
                .forEach(r -> {
                    if (r.status() instanceof RolloutStatus.Succeeded) {
                        r.plan().path().stream().skip(1).forEach(failed::remove);
                    }
                    failed(r).ifPresent(f -> failed.put(f.version(), f));
                });
        return List.copyOf(failed.values());
    }

    /** Whether a rollout is the reason why a version is remembered, and must be kept therefore. */
    static boolean remembers(CoordinatorState s, RolloutState r) {
        return failed(r)
                .filter(f -> of(s, r.plan().cluster(), r.plan().product()).contains(f))
                .isPresent();
    }

    /** A rollout that ended before anything was taken back tells nothing about the version. */
    private static Optional<FailedVersion> failed(RolloutState r) {
        if (r.status() instanceof RolloutStatus.Succeeded s
                && r.plan().operation().equals("rollback")) {
            return r.plan()
                    .hops()
                    .get(0)
                    .takesBack()
                    .map(t -> new FailedVersion(
                            r.plan().from(), r.id(), s.at(), "rollout " + t.rollout() + " was taken back"));
        }
        return r.status() instanceof RolloutStatus.RolledBack b
                ? r.back().values().stream()
                        .filter(t -> !t.steps().isEmpty())
                        .findFirst()
                        .map(t -> new FailedVersion(r.hop().to(), r.id(), b.at(), t.why()))
                : Optional.empty();
    }
}
