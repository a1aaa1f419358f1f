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
        List<Finding> all = new ArrayList<>(
                leftOver(cluster.name(), coordinator.state().clusterFacts().leftOver(cluster.name())));
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
                            "put it right, or if it is as it should be: rota nodes accept " + n + " --reason TEXT")));
        }
        return List.copyOf(all);
    }

    /** What was left over in clusters that are not there any more. */
    public List<Finding> gone() {
        return coordinator.state().clusterFacts().leftOver().entrySet().stream()
                .filter(e -> coordinator.inventory().cluster(e.getKey()).isEmpty())
                .flatMap(e -> leftOver(e.getKey(), e.getValue()).stream())
                .toList();
    }

    /** What is to be said about each of these. */
    public List<Finding> leftOver(String name, List<Compensation> open) {
        Optional<Inventory.Cluster> found = coordinator.inventory().cluster(name);
        if (open.isEmpty() || found.isEmpty()) {
            return open.stream()
                    .map(c -> finding(
                            name, c, Optional.of("cluster " + name + " is not there any more" + byHand(name, c))))
                    .toList();
        }
        Inventory.Cluster cluster = found.get();
        Optional<RolloutState> active = coordinator.state().active(name);
        Repair.Result plan = repairs.plan(cluster, open, view(cluster), "");
        return open.stream()
                .map(c -> {
                    Optional<String> why = active.map(r -> "rollout " + r.id() + " is under way: when it has ended")
                            .or(() -> plan.kept().stream()
                                    .filter(k -> k.compensation().equals(c))
                                    .map(Repair.Kept::why)
                                    .findFirst());
                    return finding(name, c, why);
                })
                .toList();
    }

    private static String byHand(String cluster, Compensation c) {
        return ": if it is undone, 'rota doctor " + cluster + " " + c.id() + " --by-hand TEXT' says so";
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
