package dev.rota.coordinator.domain;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.GateSettings;
import dev.rota.contract.Recipe.On;
import dev.rota.contract.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a run will do, fixed before it starts.
 *
 * @param id SHA-256 (hex) of the canonical form of all the rest
 * @param recipeDigest of the recipe it was made with
 * @param hops the way, one release after the other; at least one, each beginning where the one before ends
 * @param members every node of the cluster as it was when the plan was made
 * @param batches of all hops, run one after the other
 * @param membersCompared the product lists its members, and the lists are compared before leave and in the health gate
 * @param replicasCompared the product's replicas are compared before a node leaves
 * @param evidence what the release notes had to say
 * @param policy what to do beyond the batches
 * @param basis what else it was made from, by what it is called: digests that must be the same when it is applied
 */
public record Plan(
        String id,
        String cluster,
        String product,
        String recipeDigest,
        List<PlannedHop> hops,
        List<Member> members,
        List<Batch> batches,
        GateSettings gate,
        int maxUnavailable,
        int minServing,
        boolean membersCompared,
        boolean replicasCompared,
        Evidence evidence,
        Policy policy,
        SortedMap<String, String> basis,
        Instant createdAt,
        String createdBy) {
    /** Copies the collections. */
    public Plan {
        if (hops.isEmpty() || hops.get(0).firstBatch() != 0) {
            throw new IllegalArgumentException("a plan begins with a hop, and the hop with the first batch");
        }
        for (int i = 1; i < hops.size(); i++) {
            if (!hops.get(i - 1).to().equals(hops.get(i).from())
                    || hops.get(i - 1).firstBatch() >= hops.get(i).firstBatch()) {
                throw new IllegalArgumentException("a hop begins where the one before ends");
            }
        }
        hops = List.copyOf(hops);
        members = List.copyOf(members);
        batches = List.copyOf(batches);
        basis = Collections.unmodifiableSortedMap(new TreeMap<>(basis));
    }

    /** What kind of run it is: {@code upgrade}, {@code rollback} or {@code restore}. */
    public String operation() {
        return restores().isPresent() ? "restore" : takesBack().isPresent() ? "rollback" : "upgrade";
    }

    /** The rollout it takes back, if it is a rollback. */
    public Optional<String> takesBack() {
        return restores().isPresent()
                ? Optional.empty()
                : hops.get(0).takesBack().map(TakenBack::rollout);
    }

    /** The backup it puts back, if that is all it does: the release stays what it is. */
    public Optional<TakenBack> restores() {
        return hops.get(0)
                .takesBack()
                .filter(t -> hops.get(0).from().equals(hops.get(0).to()));
    }

    /** The version the nodes to be upgraded run. */
    public Version from() {
        return hops.get(0).from();
    }

    /** The version all nodes run in the end. */
    public Version to() {
        return hops.get(hops.size() - 1).to();
    }

    /** Whether it only undoes what earlier rollouts left over: it installs nothing. */
    public boolean repair() {
        return hops.stream().allMatch(h -> h.reasons().stream().anyMatch(r -> r.code() == Reason.Code.LEFT_OVER));
    }

    /** Soft only if every hop is. */
    public Mode mode() {
        return deciding().mode();
    }

    /** The hop that made the mode what it is: the first that is a full stop, else the first. */
    public PlannedHop deciding() {
        return hops.stream().filter(h -> h.mode() == Mode.FULL_STOP).findFirst().orElse(hops.get(0));
    }

    /** The hop a batch belongs to; the last one for what comes after the last batch. */
    public PlannedHop hopOf(int batch) {
        PlannedHop last = hops.get(0);
        for (PlannedHop h : hops) {
            if (h.firstBatch() <= batch) {
                last = h;
            }
        }
        return last;
    }

    /** Index behind the last batch of a hop. */
    public int endOf(PlannedHop hop) {
        return hops.stream()
                .mapToInt(PlannedHop::firstBatch)
                .filter(first -> first > hop.firstBatch())
                .findFirst()
                .orElse(batches.size());
    }

    /** Whether a batch begins another hop than the first. */
    public boolean beginsHop(int batch) {
        return batch > 0 && hops.stream().anyMatch(h -> h.firstBatch() == batch);
    }

    /** The versions on the way, the installed one first. */
    public List<Version> path() {
        List<Version> path = new ArrayList<>(List.of(from()));
        hops.forEach(h -> path.add(h.to()));
        return List.copyOf(path);
    }

    /**
     * A node as it was when the plan was made: its name in the product's cluster and the version it ran.
     *
     * @param artifactSha256 of the artifact it ran from; empty: not known
     */
    public record Member(String node, String member, String zone, Version version, String artifactSha256) {}

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
            for (Lane l : lanes) {
                if (l.node().equals(node)) {
                    return Optional.of(l);
                }
            }
            return Optional.empty();
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
     * @param estimate how long it will take, where that can be said
     * @param back it goes back to the release the hop comes from, instead of on to the one it leads to
     * @param undo it takes back what its phase did
     */
    public record PlannedStep(
            Phase phase,
            On on,
            Duration within,
            boolean acts,
            Optional<Duration> estimate,
            boolean back,
            boolean undo) {
        /** A step that carries its phase out. */
        public PlannedStep(
                Phase phase, On on, Duration within, boolean acts, Optional<Duration> estimate, boolean back) {
            this(phase, on, within, acts, estimate, back, false);
        }

        /** Takes back what the phase did. */
        public static PlannedStep undo(Phase phase, On on, Duration within, Optional<Duration> estimate) {
            return new PlannedStep(phase, on, within, true, estimate, false, true);
        }

        /** The same phase on the way back. */
        public PlannedStep goingBack() {
            return new PlannedStep(phase, on, within, acts, estimate, true);
        }

        /** What it is called in plans and reports. */
        public String title() {
            return undo ? "undo " + phase.label() : phase.label();
        }
    }

    /** What watches over the rollout beside its agents. */
    public Oversight oversight() {
        return policy.oversight();
    }

    /** The member of a node. */
    public Member member(String node) {
        for (Member m : members) {
            if (m.node().equals(node)) {
                return m;
            }
        }
        throw new IllegalArgumentException("node " + node + " is not in plan " + id);
    }

    /** This plan under its content address. */
    public Plan withId(String newId) {
        return new Plan(
                newId,
                cluster,
                product,
                recipeDigest,
                hops,
                members,
                batches,
                gate,
                maxUnavailable,
                minServing,
                membersCompared,
                replicasCompared,
                evidence,
                policy,
                basis,
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
