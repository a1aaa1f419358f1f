package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Membership;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Drift;
import dev.rota.coordinator.rollout.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Compares what agents report by themselves with what is recorded, and has recorded what has changed: a cluster that is seen whole for
 * the first time, a node that begins or ceases to differ. Used by the leader's loop only.
 */
final class DriftWatch {
    /** At most one entry in this time, whatever changes. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Inventory inventory;
    private final Function<String, LiveNode> live;
    private final Map<String, Sighting> doubted = new HashMap<>();
    private Instant next = Instant.MIN;

    DriftWatch(Inventory inventory, Function<String, LiveNode> live) {
        this.inventory = inventory;
        this.live = live;
    }

    /** A difference that was seen once; the second look decides. */
    private record Sighting(List<String> drift, Instant at) {}

    /** What is to be recorded now, if anything. */
    Optional<Entry> look(CoordinatorState s, Instant now) {
        if (now.isBefore(next)) {
            return Optional.empty();
        }
        SortedMap<String, RecordedNode> changed = new TreeMap<>();
        for (Inventory.Cluster c : inventory.clusters()) {
            if (s.active(c.name()).isEmpty()) {
                first(s, c, now, changed);
                c.nodeNames().forEach(n -> compare(s, n, changed));
            } else {
                c.nodeNames().forEach(doubted::remove);
            }
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        next = now.plus(PAUSE);
        return Optional.of(new Entry.NodesRecorded(s.inventory(), changed));
    }

    /** A cluster is recorded once all its nodes serve and see each other, and nothing of it is left half done. */
    private void first(CoordinatorState s, Inventory.Cluster c, Instant now, SortedMap<String, RecordedNode> changed) {
        List<String> unknown = c.nodeNames().stream()
                .filter(n -> !s.clusterFacts().recorded().containsKey(n))
                .toList();
        if (unknown.isEmpty() || !s.clusterFacts().leftOver(c.name()).isEmpty()) {
            return;
        }
        Instant since = s.inOrder().stream()
                .filter(r -> r.plan().cluster().equals(c.name()))
                .flatMap(r -> r.status().endedAt().stream())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Map<String, NodeObservation> view = new TreeMap<>();
        c.nodeNames()
                .forEach(n -> seen(n).filter(o -> o.healthy() && o.version().isPresent() && o.at().isAfter(since))
                        .ifPresent(o -> view.put(n, o)));
        if (view.size() == c.nodes().size() && Membership.disagreements(c, view).isEmpty()) {
            unknown.forEach(n -> changed.put(
                    n,
                    Drift.record(
                            Objects.requireNonNull(view.get(n)), live.apply(n).recipeDigest(), now, "", "")));
        }
    }

    private void compare(CoordinatorState s, String node, SortedMap<String, RecordedNode> changed) {
        RecordedNode recorded = s.clusterFacts().recorded().get(node);
        Optional<NodeObservation> o = seen(node).filter(x -> x.version().isPresent());
        if (recorded == null || o.isEmpty() || !o.get().at().isAfter(recorded.at())) {
            return;
        }
        List<String> drift = Drift.of(recorded, o.get(), live.apply(node).recipeDigest());
        if (drift.equals(recorded.drift())) {
            doubted.remove(node);
            return;
        }
        Sighting before = doubted.get(node);
        if (before == null || !before.drift().equals(drift)) {
            doubted.put(node, new Sighting(drift, o.get().at()));
        } else if (o.get().at().isAfter(before.at())) {
            doubted.remove(node);
            changed.put(node, recorded.drifting(drift, before.at()));
        }
    }

    private Optional<NodeObservation> seen(String node) {
        LiveNode n = live.apply(node);
        return n.connected() ? n.observation() : Optional.empty();
    }

    private static SortedMap<String, List<String>> drift(
            CoordinatorState s,
            Inventory.Cluster cluster,
            Map<String, NodeObservation> view,
            Function<String, LiveNode> live) {
        SortedMap<String, List<String>> all = new TreeMap<>();
        for (String n : cluster.nodeNames()) {
            RecordedNode recorded = s.clusterFacts().recorded().get(n);
            NodeObservation o = view.get(n);
            if (recorded != null && o != null) {
                all.put(n, Drift.of(recorded, o, live.apply(n).recipeDigest()));
            }
        }
        return all;
    }

    /** Why no plan can be made of a cluster as it was just seen, or carried out. */
    static Optional<String> refusal(
            CoordinatorState s,
            Inventory.Cluster cluster,
            Map<String, NodeObservation> view,
            Function<String, LiveNode> live) {
        return Drift.refusal(cluster.name(), drift(s, cluster, view, live));
    }
}
