package dev.rota.coordinator.runtime;

import dev.rota.contract.Recipe;
import dev.rota.coordinator.codec.PlanCodec;
import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.plan.Repair;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Undoes what rollouts left over, by rollouts of their own. */
public final class Repairs {
    private final Coordinator coordinator;
    private final Operations operations;
    private final LoopTasks tasks;

    /** Creates it. */
    public Repairs(Coordinator coordinator, Operations operations) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.tasks = new LoopTasks(coordinator);
    }

    /** What is undone by which rollout, and what is not, and why. */
    public record Outcome(Optional<RolloutState> rollout, List<Repair.Kept> kept) {
        /** Copies the list. */
        public Outcome {
            kept = List.copyOf(kept);
        }
    }

    /**
     * Undoes what may be undone.
     *
     * @param ids of compensations; empty: all of the cluster
     */
    public CompletableFuture<Outcome> repair(String requestId, String clusterName, List<String> ids, String by) {
        return tasks.onLoop(answer -> {
            Optional<RolloutState> before = Optional.ofNullable(
                            coordinator.state().requests().get(requestId))
                    .flatMap(id -> coordinator.state().rollout(id));
            if (before.isPresent()) {
                answer.complete(new Outcome(before, List.of()));
                return;
            }
            Inventory.Cluster cluster = operations.cluster(clusterName);
            operations.notBusy(cluster.name());
            chosen(cluster, ids);
            coordinator
                    .looks()
                    .start(
                            cluster.nodeNames(),
                            false,
                            view -> tasks.attempt(answer, done -> {
                                operations.notBusy(cluster.name());
                                operations.recipesMatch(
                                        cluster, coordinator.recipe(cluster).digest());
                                done.complete(begin(requestId, cluster, chosen(cluster, ids), view, by));
                            }));
        });
    }

    private Outcome begin(
            String requestId,
            Inventory.Cluster cluster,
            List<Compensation> chosen,
            Map<String, NodeObservation> view,
            String by)
            throws Refusal, JournalException {
        Repair.Result result = plan(cluster, chosen, view, by);
        if (result.plan().isEmpty()) {
            return new Outcome(Optional.empty(), result.kept());
        }
        Plan plan = PlanCodec.address(result.plan().get());
        tasks.commit(new Entry.PlanMade("", plan));
        String id = operations.nextId(cluster.name());
        Instant now = coordinator.clock().now();
        List<Known> known = Known.of(cluster.nodeNames(), view, Optional.empty());
        tasks.commit(new Entry.RolloutStarted(requestId, id, plan.id(), by, now, known));
        return new Outcome(coordinator.state().rollout(id), result.kept());
    }

    /** What would be undone and what not, from what is known of the nodes. */
    Repair.Result plan(
            Inventory.Cluster cluster, List<Compensation> chosen, Map<String, NodeObservation> view, String by) {
        Recipe recipe = coordinator.recipe(cluster);
        return Repair.plan(new Repair.Inputs(
                cluster,
                recipe,
                coordinator.state().releasesOf(cluster.recipe()),
                chosen,
                view,
                coordinator.clock().now(),
                by));
    }

    /** All compensations of a node go together: it is not put back while it is outside the cluster. */
    private List<Compensation> chosen(Inventory.Cluster cluster, List<String> ids) throws Refusal {
        CoordinatorState s = coordinator.state();
        List<Compensation> all = s.clusterFacts().leftOver(cluster.name());
        Set<String> unknown = new HashSet<>(ids);
        all.forEach(c -> unknown.remove(c.id()));
        if (!unknown.isEmpty()) {
            throw new Refusal(
                    Kind.NOT_FOUND,
                    "NO_PROBLEM",
                    "nothing called " + String.join(", ", unknown) + " is left over in cluster " + cluster.name()
                            + "; 'rota doctor " + cluster.name() + "' shows what is");
        }
        Set<String> nodes = new HashSet<>();
        all.stream()
                .filter(c -> ids.contains(c.id()) && Compensation.TAKES_OUT.contains(c.phase()))
                .forEach(c -> nodes.add(c.node()));
        List<Compensation> chosen = new ArrayList<>();
        for (Compensation c : all) {
            boolean together = Compensation.TAKES_OUT.contains(c.phase()) && nodes.contains(c.node());
            if (ids.isEmpty() || ids.contains(c.id()) || together) {
                chosen.add(c);
            }
        }
        return chosen;
    }
}
