package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long phases took in the rollouts that are remembered. */
public final class Measured {
    /** So many of the newest runs of a phase are looked at; their median counts. */
    private static final int NEWEST = 9;

    private Measured() {}

    /** By phase: for the cluster where it has been run there, else for the product. */
    public static Map<Phase, Duration> phases(CoordinatorState s, Inventory.Cluster cluster) {
        Map<Phase, List<Duration>> product = new EnumMap<>(Phase.class);
        Map<Phase, List<Duration>> own = new EnumMap<>(Phase.class);
        for (RolloutState r : s.inOrder()) {
            if (r.plan().product().equals(cluster.recipe())) {
                add(product, r);
            }
            if (r.plan().cluster().equals(cluster.name()) && r.plan().product().equals(cluster.recipe())) {
                add(own, r);
            }
        }
        Map<Phase, Duration> medians = new EnumMap<>(Phase.class);
        product.forEach((phase, took) -> medians.put(phase, median(took)));
        own.forEach((phase, took) -> medians.put(phase, median(took)));
        return medians;
    }

    private static void add(Map<Phase, List<Duration>> to, RolloutState r) {
        r.history().stream()
                .filter(step -> !step.back()
                        && !step.undo()
                        && step.gate().isEmpty()
                        && step.outcome() == StepReport.Outcome.DONE)
                .forEach(step -> to.computeIfAbsent(step.phase(), p -> new ArrayList<>())
                        .add(Duration.between(step.startedAt(), step.finishedAt())));
    }

    private static Duration median(List<Duration> all) {
        List<Duration> newest = all.subList(Math.max(0, all.size() - NEWEST), all.size()).stream()
                .sorted()
                .toList();
        return newest.get(newest.size() / 2);
    }
}
