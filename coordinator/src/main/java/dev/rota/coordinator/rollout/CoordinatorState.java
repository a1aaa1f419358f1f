package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is committed.
 *
 * @param releases by {@code product/version}
 * @param plans by id
 * @param rollouts by id
 * @param planOrder ids of plans, oldest first
 * @param rolloutOrder ids of rollouts, oldest first
 * @param requests what an operator's request led to, by request id: answers to a repeated request
 * @param requestOrder ids of remembered requests, oldest first
 */
public record CoordinatorState(
        Inventory inventory,
        SortedMap<String, Release> releases,
        SortedMap<String, Plan> plans,
        SortedMap<String, RolloutState> rollouts,
        List<String> planOrder,
        List<String> rolloutOrder,
        SortedMap<String, String> requests,
        List<String> requestOrder) {
    /** Plans kept; older ones are forgotten, a rollout keeps its own. */
    public static final int MAX_PLANS = 200;
    /** Rollouts kept; older ended ones are forgotten. */
    public static final int MAX_ROLLOUTS = 200;
    /** Requests remembered for repetition. */
    public static final int MAX_REQUESTS = 1000;

    /** Copies the collections. */
    public CoordinatorState {
        releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        rollouts = Collections.unmodifiableSortedMap(new TreeMap<>(rollouts));
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
        planOrder = List.copyOf(planOrder);
        rolloutOrder = List.copyOf(rolloutOrder);
        requestOrder = List.copyOf(requestOrder);
    }

    /** Before the first entry. */
    public static CoordinatorState empty() {
        return new CoordinatorState(
                new Inventory(List.of()),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of());
    }

    /** The release of a product with that version. */
    public Optional<Release> release(String product, Version version) {
        return releasesOf(product).stream()
                .filter(r -> r.version().equals(version))
                .findFirst();
    }

    /** All releases of a product, by version. */
    public List<Release> releasesOf(String product) {
        return releases.values().stream()
                .filter(r -> r.product().equals(product))
                .sorted(java.util.Comparator.comparing(Release::version))
                .toList();
    }

    /** The rollout of a cluster that has not ended. */
    public Optional<RolloutState> active(String cluster) {
        return rollouts.values().stream()
                .filter(r -> r.plan().cluster().equals(cluster) && !r.status().ended())
                .findFirst();
    }

    /** The rollout with that id. */
    public Optional<RolloutState> rollout(String id) {
        return Optional.ofNullable(rollouts.get(id));
    }

    /** All rollouts, oldest first. */
    public List<RolloutState> inOrder() {
        return rolloutOrder.stream()
                .map(id -> java.util.Objects.requireNonNull(rollouts.get(id)))
                .toList();
    }
}
