package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.Drift;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an operator say that what nodes run now is what they should run. */
public final class Acceptance {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

    private final Coordinator coordinator;
    private final Operations operations;
    private final LoopTasks tasks;

    /** Creates it. */
    public Acceptance(Coordinator coordinator, Operations operations) {
        this.coordinator = coordinator;
        this.operations = operations;
        this.tasks = new LoopTasks(coordinator);
    }

    /**
     * Records what the nodes run now. Asked again it records again what is there then.
     *
     * @param subject a node, or a cluster for all its nodes
     */
    public CompletableFuture<Inventory.Cluster> accept(String subject, String reason, String by) {
        return tasks.onLoop(answer -> {
            Optional<Inventory.Cluster> ofNode = coordinator.inventory().clusterOf(subject);
            Inventory.Cluster cluster = ofNode.isPresent() ? ofNode.get() : cluster(subject);
            operations.notBusy(cluster.name());
            List<String> nodes = ofNode.isPresent() ? List.of(subject) : cluster.nodeNames();
            coordinator
                    .looks()
                    .start(
                            nodes,
                            false,
                            view -> tasks.attempt(answer, done -> {
                                operations.notBusy(cluster.name());
                                record(nodes, view, reason, by);
                                done.complete(cluster);
                            }));
        });
    }

    private Inventory.Cluster cluster(String subject) throws Refusal {
        return coordinator
                .inventory()
                .cluster(subject)
                .orElseThrow(() -> new Refusal(
                        Kind.NOT_FOUND,
                        "NO_NODE",
                        "there is no node or cluster '" + subject + "'; 'rota nodes' shows them"));
    }

    private void record(List<String> nodes, Map<String, NodeObservation> view, String reason, String by)
            throws Refusal, JournalException {
        Instant now = coordinator.clock().now();
        SortedMap<String, RecordedNode> recorded = new TreeMap<>();
        for (String n : nodes) {
            NodeObservation o = view.get(n);
            if (o == null || o.version().isEmpty()) {
                throw new Refusal(
                        Kind.REFUSED,
                        o == null ? "NODE_SILENT" : "VERSION_UNKNOWN",
                        "what " + n + " runs is not known: "
                                + (o == null ? "its agent does not answer" : "the product does not say its version")
                                + "; start it, then again");
            }
            recorded.put(n, Drift.record(o, coordinator.node(n).recipeDigest(), now, by, reason));
        }
        tasks.commit(new Entry.NodesRecorded(coordinator.state().inventory(), recorded));
        LOG.info("{} accepts what {} run: {}", by, nodes, reason);
    }
}
