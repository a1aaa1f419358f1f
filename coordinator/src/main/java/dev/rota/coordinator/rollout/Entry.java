package dev.rota.coordinator.rollout;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.domain.Release;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One entry of the journal: what the leader decided, before anything is done about it. */
public sealed interface Entry {
    /** Id of the operator's request that led to it; empty when no operator asked. */
    default String requestId() {
        return "";
    }

    /** The clusters as the configuration declares them now. */
    record InventoryDeclared(Inventory inventory) implements Entry {}

    /**
     * What nodes should run. Saying it again does no harm, so it needs no request's id.
     *
     * @param inventory the clusters as they are in force
     * @param nodes by name; what is recorded of others stays
     */
    record NodesRecorded(Inventory inventory, SortedMap<String, RecordedNode> nodes) implements Entry {
        /** Copies the map. */
        public NodesRecorded {
            nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        }
    }

    /**
     * A person has undone what rollouts left over, and says so.
     *
     * @param ids of compensations of the cluster
     * @param reason what was done, in the person's words
     */
    record UndoneByHand(String requestId, String cluster, List<String> ids, String by, String reason) implements Entry {
        /** Copies the list. */
        public UndoneByHand {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Where agents and operators reach a coordinator.
     *
     * @param address {@code host:port}; empty when the coordinator was removed
     */
    record CoordinatorDeclared(String requestId, String name, String address) implements Entry {}

    /** A release was added to the catalogue; its artifact is stored already. */
    record ReleaseAdded(String requestId, Release release) implements Entry {}

    /** A release may no longer be planned for. */
    record ReleaseWithdrawn(String requestId, String product, Version version, String reason, String by, Instant at)
            implements Entry {}

    /** A release was taken out of the catalogue. */
    record ReleaseRemoved(String requestId, String product, Version version, String by, Instant at) implements Entry {}

    /** Notes of a product were added or replaced, by path; their bytes are stored already. */
    record NotesImported(String requestId, String product, List<NoteRef> notes) implements Entry {
        /** Copies the list. */
        public NotesImported {
            notes = List.copyOf(notes);
        }
    }

    /** Notes of a product were taken out of the catalogue. */
    record NotesRemoved(String requestId, String product, List<String> paths) implements Entry {
        /** Copies the list. */
        public NotesRemoved {
            paths = List.copyOf(paths);
        }
    }

    /** A plan was made. */
    record PlanMade(String requestId, Plan plan) implements Entry {}

    /**
     * A plan is carried out.
     *
     * @param known what is broken already
     */
    record RolloutStarted(String requestId, String rolloutId, String planId, String by, Instant at, List<Known> known)
            implements Entry {
        /** Copies the list. */
        public RolloutStarted {
            known = List.copyOf(known);
        }

        /** Where nothing is broken. */
        public RolloutStarted(String requestId, String rolloutId, String planId, String by, Instant at) {
            this(requestId, rolloutId, planId, by, at, List.of());
        }
    }

    /**
     * Something happened to a rollout.
     *
     * @param expectedRevision of the rollout when the entry was proposed; another one means rejection
     */
    record RolloutChanged(String requestId, String rolloutId, long expectedRevision, Event event) implements Entry {}
}
