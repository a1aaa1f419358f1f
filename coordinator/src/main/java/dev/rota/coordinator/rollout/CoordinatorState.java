package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
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
 * @param notes of each product, by path
 * @param coordinators where agents and operators reach each coordinator, {@code host:port} by name
 * @param clusterFacts what is known about clusters beyond their rollouts
 */
public record CoordinatorState(
        Inventory inventory,
        SortedMap<String, Release> releases,
        SortedMap<String, Plan> plans,
        SortedMap<String, RolloutState> rollouts,
        List<String> planOrder,
        List<String> rolloutOrder,
        SortedMap<String, String> requests,
        List<String> requestOrder,
        SortedMap<String, List<NoteRef>> notes,
        SortedMap<String, String> coordinators,
        ClusterFacts clusterFacts) {
    /** Plans kept; older ones are forgotten, a rollout keeps its own. */
    public static final int MAX_PLANS = 200;
    /** Rollouts kept; older ended ones are forgotten. */
    public static final int MAX_ROLLOUTS = 200;
    /** Requests remembered for repetition. */
    public static final int MAX_REQUESTS = 1000;
    /** Releases in the catalogue; one list of them must fit into one answer. */
    public static final int MAX_RELEASES = 5000;
    /** Notes a product may have. */
    public static final int MAX_NOTES = 2000;
    /** Bytes the notes of a product may have together: all are read for a plan. */
    public static final long MAX_NOTES_BYTES = 128L << 20;

    /** Copies the collections. */
    public CoordinatorState {
        releases = Frozen.copyOf(releases);
        plans = Frozen.copyOf(plans);
        rollouts = Frozen.copyOf(rollouts);
        requests = Frozen.copyOf(requests);
        planOrder = List.copyOf(planOrder);
        rolloutOrder = List.copyOf(rolloutOrder);
        requestOrder = List.copyOf(requestOrder);
        notes = Frozen.copyOfLists(notes);
        coordinators = Frozen.copyOf(coordinators);
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
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                ClusterFacts.none());
    }

    CoordinatorState with(Inventory declared) {
        return new CoordinatorState(
                declared,
                releases,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                coordinators,
                clusterFacts);
    }

    CoordinatorState withReleases(SortedMap<String, Release> changed) {
        return new CoordinatorState(
                inventory,
                changed,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                coordinators,
                clusterFacts);
    }

    CoordinatorState withPlans(SortedMap<String, Plan> changed, List<String> order) {
        return new CoordinatorState(
                inventory,
                releases,
                changed,
                rollouts,
                order,
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                coordinators,
                clusterFacts);
    }

    /** The same state with other rollouts. */
    public CoordinatorState withRollouts(SortedMap<String, RolloutState> changed, List<String> order) {
        return new CoordinatorState(
                inventory,
                releases,
                plans,
                changed,
                planOrder,
                order,
                requests,
                requestOrder,
                notes,
                coordinators,
                clusterFacts);
    }

    CoordinatorState withRequests(SortedMap<String, String> changed, List<String> order) {
        return new CoordinatorState(
                inventory,
                releases,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                changed,
                order,
                notes,
                coordinators,
                clusterFacts);
    }

    CoordinatorState withNotes(SortedMap<String, List<NoteRef>> changed) {
        return new CoordinatorState(
                inventory,
                releases,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                requests,
                requestOrder,
                changed,
                coordinators,
                clusterFacts);
    }

    CoordinatorState withCoordinators(SortedMap<String, String> changed) {
        return new CoordinatorState(
                inventory,
                releases,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                changed,
                clusterFacts);
    }

    /** The same state with other facts about clusters. */
    public CoordinatorState withClusterFacts(ClusterFacts changed) {
        return new CoordinatorState(
                inventory,
                releases,
                plans,
                rollouts,
                planOrder,
                rolloutOrder,
                requests,
                requestOrder,
                notes,
                coordinators,
                changed);
    }

    /** The notes of a product, by path. */
    public List<NoteRef> notes(String product) {
        return notes.getOrDefault(product, List.of());
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
