package dev.rota.coordinator.domain;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Recipe.On;
import dev.rota.contract.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a run will do, fixed before it starts.
 *
 * @param id SHA-256 (hex) of the canonical form of all the rest
 * @param recipeDigest of the recipe it was made with
 * @param from the version the nodes to be upgraded run
 * @param mode soft or full stop
 * @param strategy how a full stop is done; irrelevant for soft
 * @param reasons every rule that was looked at, in order; exactly one decided
 * @param path the versions on the way, first {@code from}, last {@code to}
 * @param migrations the new release's scripts to run on the way, in order; one that may have several names has them all,
 *     separated by {@code |}
 * @param members every node of the cluster as it was when the plan was made
 * @param batches run one after the other
 * @param membersCompared the product lists its members, and the lists are compared before leave and in the health gate
 * @param replicasCompared the product's replicas are compared before a node leaves
 * @param evidence what the release notes had to say
 * @param downgrade the operator asked for an older version and the recipe allows it
 */
public record Plan(
        String id,
        String cluster,
        String product,
        String recipeDigest,
        Version from,
        Version to,
        Mode mode,
        FullStop strategy,
        List<Reason> reasons,
        List<Version> path,
        List<String> migrations,
        List<Member> members,
        List<Batch> batches,
        GateSettings gate,
        int maxUnavailable,
        int minServing,
        boolean downgrade,
        boolean membersCompared,
        boolean replicasCompared,
        Release.ArtifactRef artifact,
        Evidence evidence,
        Instant createdAt,
        String createdBy) {
    /** Copies the lists. */
    public Plan {
        reasons = List.copyOf(reasons);
        path = List.copyOf(path);
        migrations = List.copyOf(migrations);
        members = List.copyOf(members);
        batches = List.copyOf(batches);
    }

    /** A node as it was when the plan was made: its name in the product's cluster and the version it ran. */
    public record Member(String node, String member, String zone, Version version) {}

    /**
     * Lanes that run side by side.
     *
     * @param safePoint the run may be paused or aborted before this batch: every node serves
     */
    public record Batch(String title, List<Lane> lanes, boolean safePoint) {
        /** Copies the lanes. */
        public Batch {
            lanes = List.copyOf(lanes);
        }

        /** The lane of a node, if it has one in this batch. */
        public Optional<Lane> lane(String node) {
            return lanes.stream().filter(l -> l.node().equals(node)).findFirst();
        }
    }

    /** What one node does in one batch, one step after the other. */
    public record Lane(String node, List<PlannedStep> steps) {
        /** Copies the steps. */
        public Lane {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One phase of a lane.
     *
     * @param acts the recipe has actions for it; without, only its gate is passed
     */
    public record PlannedStep(Phase phase, On on, Duration within, boolean acts) {}

    /** The member of a node. */
    public Member member(String node) {
        return members.stream()
                .filter(m -> m.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("node " + node + " is not in plan " + id));
    }

    /** This plan under its content address. */
    public Plan withId(String newId) {
        return new Plan(
                newId,
                cluster,
                product,
                recipeDigest,
                from,
                to,
                mode,
                strategy,
                reasons,
                path,
                migrations,
                members,
                batches,
                gate,
                maxUnavailable,
                minServing,
                downgrade,
                membersCompared,
                replicasCompared,
                artifact,
                evidence,
                createdAt,
                createdBy);
    }

    /** How many steps all batches have together. */
    public int stepCount() {
        return batches.stream()
                .flatMap(b -> b.lanes().stream())
                .mapToInt(l -> l.steps().size())
                .sum();
    }
}
