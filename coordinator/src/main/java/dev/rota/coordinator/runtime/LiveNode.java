package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.NodeObservation;
import java.time.Instant;
import java.util.Optional;

/**
 * What the leader knows of an agent now; not replicated, every leader finds it out anew.
 *
 * @param lastSeen the last message of any kind
 * @param recipeDigest of the recipe the agent would run
 */
public record LiveNode(
        boolean connected,
        Optional<Instant> lastSeen,
        String agentVersion,
        String recipe,
        String recipeDigest,
        Optional<NodeObservation> observation) {
    static LiveNode unknown() {
        return new LiveNode(false, Optional.empty(), "", "", "", Optional.empty());
    }

    LiveNode connected(String version, String newRecipe, String digest, Instant now) {
        return new LiveNode(true, Optional.of(now), version, newRecipe, digest, observation);
    }

    LiveNode disconnected() {
        return new LiveNode(false, lastSeen, agentVersion, recipe, recipeDigest, observation);
    }

    LiveNode seen(Instant now) {
        return new LiveNode(connected, Optional.of(now), agentVersion, recipe, recipeDigest, observation);
    }

    LiveNode observed(NodeObservation o) {
        return new LiveNode(connected, Optional.of(o.at()), agentVersion, recipe, recipeDigest, Optional.of(o));
    }
}
