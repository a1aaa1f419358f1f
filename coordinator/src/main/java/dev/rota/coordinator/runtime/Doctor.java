package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.plan.Repair;
import dev.rota.coordinator.rollout.Drift;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what a person should look at, in what is committed and in what the agents have said last. */
public final class Doctor {
    private final Coordinator coordinator;
    private final Repairs repairs;

    /** Creates it. */
    public Doctor(Coordinator coordinator, Repairs repairs) {
        this.coordinator = coordinator;
        this.repairs = repairs;
    }

    /**
     * Something to look at.
     *
     * @param id names it for a repair; empty when Rota cannot repair it
     * @param node empty when it is about no node
     * @param code stable word
     * @param rollout where it comes from; empty: from none
     * @param repairable a repair would undo it now
     * @param advice the command, or why Rota does not do it
     */
    public record Finding(
            String id,
            String cluster,
            String node,
            String code,
            String sentence,
            Optional<Instant> since,
            String rollout,
            boolean repairable,
            String advice) {}

    /** What is wrong with a cluster. */
    public List<Finding> cluster(Inventory.Cluster cluster) {
        List<Finding> all = new ArrayList<>(leftOver(cluster));
        for (String n : cluster.nodeNames()) {
            Optional.ofNullable(coordinator.state().clusterFacts().recorded().get(n))
                    .filter(r -> !r.drift().isEmpty())
                    .ifPresent(r -> all.add(new Finding(
                            "",
                            cluster.name(),
                            n,
                            Drift.CODE,
                            n + " " + String.join("; ", r.drift()),
                            r.driftSince(),
                            "",
                            false,
                            "put it right, or: rota nodes accept " + cluster.name() + " " + n + " --reason TEXT")));
        }
        return List.copyOf(all);
    }

    private List<Finding> leftOver(Inventory.Cluster cluster) {
        List<Compensation> open = coordinator.state().clusterFacts().leftOver(cluster.name());
        if (open.isEmpty()) {
            return List.of();
        }
        Optional<RolloutState> active = coordinator.state().active(cluster.name());
        Repair.Result plan = repairs.plan(cluster, open, view(cluster), "");
        return open.stream()
                .map(c -> {
                    Optional<String> why = active.map(r -> "rollout " + r.id() + " is under way: when it has ended")
                            .or(() -> plan.kept().stream()
                                    .filter(k -> k.compensation().equals(c))
                                    .map(Repair.Kept::why)
                                    .findFirst());
                    return finding(cluster.name(), c, why);
                })
                .toList();
    }

    /** What is left over, with what keeps it from being undone. */
    public static Finding finding(String cluster, Compensation c, Optional<String> why) {
        String code = switch (c.phase()) {
            case DRAIN -> "DRAINED";
            case LEAVE -> "OUTSIDE";
            case STOP -> "STOPPED";
            default -> "NOT_TAKEN_BACK";
        };
        return new Finding(
                c.id(),
                cluster,
                c.node(),
                code,
                c.sentence(),
                Optional.of(c.since()),
                c.rollout(),
                why.isEmpty(),
                why.orElse("rota doctor " + cluster + " --fix"));
    }

    private SortedMap<String, NodeObservation> view(Inventory.Cluster cluster) {
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        for (String n : cluster.nodeNames()) {
            LiveNode live = coordinator.node(n);
            if (live.connected()) {
                live.observation().ifPresent(o -> view.put(n, o));
            }
        }
        return view;
    }
}
