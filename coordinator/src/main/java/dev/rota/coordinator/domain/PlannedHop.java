package dev.rota.coordinator.domain;

import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Version;
import java.util.List;
import java.util.Optional;

/**
 * One hop of a plan: it brings the cluster from one release to another.
 *
 * @param firstBatch index of its first batch in the plan; its last is the one before the next hop's first
 * @param mode soft or full stop
 * @param strategy how a full stop is done; irrelevant for soft
 * @param reasons every rule that was looked at, in order; exactly one decided
 * @param migrations the new release's scripts to run on the way, in order; one that may have several names has them all,
 *     separated by {@code |}
 * @param downgrade the operator asked for an older version and the recipe allows it
 * @param artifact of the release it installs
 * @param undo what can be taken back, and what cannot
 * @param wayBack how a node's turn is taken back
 * @param takesBack the hop of an earlier rollout that this one takes back, if it is not one that leads on
 */
public record PlannedHop(
        Version from,
        Version to,
        int firstBatch,
        Mode mode,
        FullStop strategy,
        List<Reason> reasons,
        List<String> migrations,
        boolean downgrade,
        Release.ArtifactRef artifact,
        List<Undo> undo,
        WayBack wayBack,
        Optional<TakenBack> takesBack) {
    /** Copies the lists. */
    public PlannedHop {
        reasons = List.copyOf(reasons);
        migrations = List.copyOf(migrations);
        undo = List.copyOf(undo);
    }

    /** A hop that leads on. */
    public PlannedHop(
            Version from,
            Version to,
            int firstBatch,
            Mode mode,
            FullStop strategy,
            List<Reason> reasons,
            List<String> migrations,
            boolean downgrade,
            Release.ArtifactRef artifact,
            List<Undo> undo,
            WayBack wayBack) {
        this(
                from,
                to,
                firstBatch,
                mode,
                strategy,
                reasons,
                migrations,
                downgrade,
                artifact,
                undo,
                wayBack,
                Optional.empty());
    }
}
