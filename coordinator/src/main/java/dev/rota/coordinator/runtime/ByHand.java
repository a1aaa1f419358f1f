package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.LeftOvers;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a person say that what rollouts left over is undone, where that cannot be proven. */
public final class ByHand {
    private static final Logger LOG = LoggerFactory.getLogger(ByHand.class);

    private final Coordinator coordinator;
    private final LoopTasks tasks;

    /** Creates it. */
    public ByHand(Coordinator coordinator) {
        this.coordinator = coordinator;
        this.tasks = new LoopTasks(coordinator);
    }

    /**
     * Takes them off the record; answers what is still on it. The cluster and its nodes need not be there any more.
     *
     * @param ids of compensations
     */
    public CompletableFuture<List<Compensation>> undone(
            String requestId, String cluster, List<String> ids, String reason, String by) {
        return tasks.onLoop(answer -> {
            CoordinatorState s = coordinator.state();
            if (!s.requests().containsKey(requestId)) {
                check(s, cluster, ids);
                commit(new Entry.UndoneByHand(requestId, cluster, ids, by, reason));
            }
            answer.complete(coordinator.state().clusterFacts().leftOver(cluster));
        });
    }

    private void commit(Entry.UndoneByHand entry) throws Refusal, JournalException {
        tasks.commit(entry);
        LOG.info("{} says that {} of {} are undone: {}", entry.by(), entry.ids(), entry.cluster(), entry.reason());
    }

    private static void check(CoordinatorState s, String cluster, List<String> ids) throws Refusal {
        List<Compensation> left = s.clusterFacts().leftOver(cluster);
        Optional<Inventory.Cluster> there = s.inventory().cluster(cluster);
        for (String id : ids) {
            Compensation c = left.stream()
                    .filter(x -> x.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Kind.NOT_FOUND,
                            LeftOvers.UNKNOWN,
                            "nothing called " + id + " is left over in cluster " + cluster
                                    + "; 'rota doctor' shows what is"));
            if (Compensation.TAKES_OUT.contains(c.phase())
                    && there.filter(k -> k.nodeNames().contains(c.node())).isPresent()) {
                throw new Refusal(
                        Kind.REFUSED,
                        "TO_BE_PROVEN",
                        "that " + c.node() + " serves again is proven, not said: 'rota doctor " + cluster
                                + " --fix' looks at it");
            }
        }
    }
}
