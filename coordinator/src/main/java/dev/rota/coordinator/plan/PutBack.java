package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe.FullStop;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.PlannedHop;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.TakenBack;
import dev.rota.coordinator.domain.Undo;
import dev.rota.coordinator.plan.PlanResult.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What plans that bring a cluster back have in common: their layout, what they may lose, and what they say about it. */
final class PutBack {
    private final PlanInputs in;
    private final PlanRequest request;
    private final Standing standing;
    private final Loss loss;

    PutBack(PlanInputs in, PlanRequest request, Standing standing, Loss loss) {
        this.in = in;
        this.request = request;
        this.standing = standing;
        this.loss = loss;
    }

    /** A budget needs a probe that measures it. */
    Optional<Refused> unwatched() {
        return Overseeing.refused(in, request);
    }

    /** A node that leaves needs a backup of this very rollout, so it cannot do without. */
    Optional<Refused> backupNeeded() {
        return loss.now() && Standing.joins(in.recipe())
                ? Optional.of(new Refused(
                        "BACKUP_NEEDED",
                        "nodes of " + in.recipe().name()
                                + " leave and join on the way, and none leaves without a backup"
                                + " of what it holds: plan without --no-backup"))
                : Optional.empty();
    }

    /** What is overwritten is gone for good, so somebody must have said that it may be. */
    Optional<Refused> refused(List<PlannedHop> hops, String what) {
        Optional<Instant> since = hops.stream()
                .flatMap(h -> h.takesBack().stream())
                .flatMap(t -> t.restored().values().stream())
                .map(TakenBack.Backup::at)
                .min(Comparator.naturalOrder());
        return since.filter(at -> !loss.sinceBackup() && !request.dryRun())
                .map(
                        at -> new Refused(
                                "DATA_LOST",
                                what + " overwrites the data with its backups: everything written to "
                                        + in.cluster().name() + " since " + at
                                        + " is lost. If that may be lost, say so with --accept-loss; --dry-run shows the plan"));
    }

    /** Whether all nodes but one leave, and join that one again. */
    boolean canShrink() {
        return Standing.joins(in.recipe()) && in.cluster().nodes().size() > 1;
    }

    /** The strategy of a full stop that puts these back. */
    FullStop strategy(Set<String> restored) {
        return canShrink() && (!restored.isEmpty() || in.recipe().fullStop() == FullStop.SHRINK)
                ? FullStop.SHRINK
                : FullStop.STOP_ALL;
    }

    /**
     * Lays a hop out.
     *
     * @param order in which nodes are taken out; the last one comes up first
     * @param same the release stays what it is, and is not installed
     */
    List<Plan.Batch> layout(Mode mode, List<String> order, Set<String> restored, boolean same) {
        Set<String> unsaved = new TreeSet<>(standing.stopped());
        BackLayout layout = new BackLayout(
                in.recipe(), order, restored, estimates(), new BackLayout.LeftOut(unsaved, loss.now(), same));
        if (mode == Mode.SOFT) {
            return layout.soft();
        }
        return strategy(restored) == FullStop.SHRINK ? layout.shrink() : layout.stopAll();
    }

    Estimates estimates() {
        return new Estimates(
                in.recipe(), in.measured(), HopPlanner.gate(in.recipe().gate(), request));
    }

    /** What can be taken back after it, and what cannot. */
    List<Undo> undo(SortedMap<String, TakenBack.Backup> restored) {
        List<Undo> all = new ArrayList<>();
        restored.forEach((node, b) -> all.add(new Undo(
                false,
                "everything written since the backup of " + node + " at " + b.at() + " is lost: "
                        + (canShrink() ? "all nodes get" : node + " gets") + " what that backup holds",
                Optional.empty())));
        if (!restored.isEmpty() && in.recipe().phases().containsKey(Phase.BACKUP)) {
            all.addAll(saved());
        }
        all.add(new Undo(
                restored.isEmpty(),
                restored.isEmpty()
                        ? "the data stays as it is, nothing that was written is lost"
                        : "configuration and files that are not in the backup stay as they are",
                Optional.empty()));
        return all;
    }

    private List<Undo> saved() {
        List<String> stopped = standing.stopped();
        List<Undo> all = new ArrayList<>();
        if (loss.now()) {
            all.add(new Undo(false, "the data as it is now: it is not backed up, as was asked for", Optional.empty()));
        } else {
            if (!stopped.isEmpty()) {
                all.add(new Undo(
                        false,
                        "the data of " + String.join(", ", stopped)
                                + " as it is now: a product that does not run is not backed up",
                        Optional.empty()));
            }
            if (stopped.size() < in.cluster().nodes().size()) {
                all.add(new Undo(
                        true,
                        "the data as it is now: it is backed up once more before any node is stopped",
                        Optional.empty()));
            }
        }
        return all;
    }

    /** The plan of these hops. */
    Plan whole(List<PlannedHop> hops, List<Plan.Batch> batches, List<ManualStep> manual, Policy policy) {
        Bounds bounds = Bounds.of(request, in.cluster().nodes().size());
        SortedMap<String, String> basis = Basis.of(
                in.cluster(),
                in.releases(),
                in.notesDigest(),
                hops.get(0).from(),
                hops.get(hops.size() - 1).to());
        basis.putAll(Basis.stopped(standing.stopped()));
        return new Plan(
                "",
                in.cluster().name(),
                in.recipe().name(),
                in.recipe().digest(),
                hops,
                in.cluster().nodes().stream().map(standing::member).toList(),
                batches,
                HopPlanner.gate(in.recipe().gate(), request),
                bounds.maxUnavailable(),
                bounds.minServing(),
                in.recipe().members().isPresent(),
                in.recipe().replicas().isPresent(),
                new Evidence(List.of(), manual, new TreeMap<>(), "", ""),
                policy.with(Overseeing.of(in, request)),
                basis,
                in.now(),
                in.by());
    }
}
