package dev.rota.coordinator.rollout;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Release;
import java.time.Instant;

/** One entry of the journal: what the leader decided, before anything is done about it. */
public sealed interface Entry {
    /** The clusters as the configuration declares them now. */
    record InventoryDeclared(Inventory inventory) implements Entry {}

    /** A release was added to the catalogue; its artifact is stored already. */
    record ReleaseAdded(String requestId, Release release) implements Entry {}

    /** A plan was made. */
    record PlanMade(String requestId, Plan plan) implements Entry {}

    /** A plan is carried out. */
    record RolloutStarted(String requestId, String rolloutId, String planId, String by, Instant at) implements Entry {}

    /**
     * Something happened to a rollout.
     *
     * @param requestId of the operator's request; empty when no operator asked
     * @param expectedRevision of the rollout when the entry was proposed; another one means rejection
     */
    record RolloutChanged(String requestId, String rolloutId, long expectedRevision, Event event) implements Entry {}
}
