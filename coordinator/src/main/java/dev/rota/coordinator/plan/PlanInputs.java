package dev.rota.coordinator.plan;

import dev.rota.contract.Recipe;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.text.Note;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a plan is made from.
 *
 * @param releases the product's catalogue
 * @param notes the product's release notes
 * @param observations fresh ones by node; a node without one is not connected
 */
public record PlanInputs(
        Inventory.Cluster cluster,
        Recipe recipe,
        Release target,
        Collection<Release> releases,
        List<Note> notes,
        Map<String, NodeObservation> observations,
        Instant now,
        String by) {}
