package dev.rota.coordinator.plan;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.FailedVersion;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.text.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan is made from.
 *
 * @param releases the product's catalogue
 * @param notes the product's release notes
 * @param notesDigest names these notes, see {@link Basis#notes}
 * @param observations fresh ones by node; a node without one is not connected
 * @param measured how long phases took before, for this cluster or at least this product
 * @param failed versions the cluster was rolled back from
 * @param outlook what watches the cluster from outside, and what it says now
 */
public record PlanInputs(
        Inventory.Cluster cluster,
        Recipe recipe,
        Release target,
        Collection<Release> releases,
        List<Note> notes,
        String notesDigest,
        Map<String, NodeObservation> observations,
        Map<Phase, Duration> measured,
        List<FailedVersion> failed,
        Instant now,
        String by,
        Outlook outlook) {
    /** What a plan is made from where nothing watches from outside. */
    public PlanInputs(
            Inventory.Cluster cluster,
            Recipe recipe,
            Release target,
            Collection<Release> releases,
            List<Note> notes,
            String notesDigest,
            Map<String, NodeObservation> observations,
            Map<Phase, Duration> measured,
            List<FailedVersion> failed,
            Instant now,
            String by) {
        this(
                cluster,
                recipe,
                target,
                releases,
                notes,
                notesDigest,
                observations,
                measured,
                failed,
                now,
                by,
                Outlook.none());
    }

    /** The release of that version in the catalogue. */
    Optional<Release> release(Version version) {
        return releases.stream().filter(r -> r.version().equals(version)).findFirst();
    }
}
