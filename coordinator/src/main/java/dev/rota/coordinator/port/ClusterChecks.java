package dev.rota.coordinator.port;

import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.ProbePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What this coordinator's configuration says about watching a cluster from outside.
 *
 * @param probe of the service; empty: it is not probed
 * @param blockers each with a name of its own
 */
public record ClusterChecks(Optional<Probe> probe, List<Blocker> blockers) {
    /** Copies the list. */
    public ClusterChecks {
        blockers = List.copyOf(blockers);
    }

    /** Nothing. */
    public static ClusterChecks none() {
        return new ClusterChecks(Optional.empty(), List.of());
    }

    /**
     * How the service is probed.
     *
     * @param every from the beginning of one to that of the next
     */
    public record Probe(Check check, Duration every, Duration timeout) {
        /** As a plan names it. */
        public ProbePlan plan() {
            return new ProbePlan(check.what(), every, timeout);
        }
    }

    /**
     * What may keep the next node from being taken out: anything but a good answer does.
     *
     * @param every an answer counts for that long
     */
    public record Blocker(String name, Check check, Duration every, Duration timeout) {
        /** As a plan names it. */
        public BlockerPlan plan() {
            return new BlockerPlan(name, check.what());
        }
    }

    /** The probe as a plan names it. */
    public Optional<ProbePlan> probePlan() {
        return probe.map(Probe::plan);
    }

    /** The blockers as a plan names them. */
    public List<BlockerPlan> blockerPlans() {
        return blockers.stream().map(Blocker::plan).toList();
    }
}
