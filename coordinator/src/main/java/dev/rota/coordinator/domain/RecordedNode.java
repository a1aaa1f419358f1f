package dev.rota.coordinator.domain;

import dev.rota.contract.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a node should run: what it ran when a rollout ended, when its cluster was first seen, or when an operator accepted it.
 *
 * @param artifactSha256 what the current release came from; empty when that is not known
 * @param recipeDigest of its agent's recipe
 * @param members of the product's cluster as the node listed them, sorted; empty when it lists none
 * @param by the operator who accepted it, or the rollout that brought it there; empty: it was seen like that first
 * @param reason why it was accepted; empty when nobody was asked
 * @param drift what it differs in since, as it was seen last; empty: in nothing
 * @param driftSince since when; set when it differs in anything
 */
public record RecordedNode(
        Version version,
        String artifactSha256,
        String recipeDigest,
        List<String> members,
        Instant at,
        String by,
        String reason,
        List<String> drift,
        Optional<Instant> driftSince) {
    /** Copies the lists. */
    public RecordedNode {
        members = List.copyOf(members);
        drift = List.copyOf(drift);
    }

    /** Recorded now; it differs in nothing. */
    public RecordedNode(
            Version version,
            String artifactSha256,
            String recipeDigest,
            List<String> members,
            Instant at,
            String by,
            String reason) {
        this(version, artifactSha256, recipeDigest, members, at, by, reason, List.of(), Optional.empty());
    }

    /** The same record with other members. */
    public RecordedNode withMembers(List<String> listed) {
        return new RecordedNode(version, artifactSha256, recipeDigest, listed, at, by, reason, drift, driftSince);
    }

    /** The same record, and what the node differs in; the time of the first difference stays. */
    public RecordedNode drifting(List<String> now, Instant seen) {
        return new RecordedNode(
                version,
                artifactSha256,
                recipeDigest,
                members,
                at,
                by,
                reason,
                now,
                now.isEmpty() ? Optional.empty() : driftSince.or(() -> Optional.of(seen)));
    }
}
