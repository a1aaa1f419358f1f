package dev.rota.coordinator.domain;

import dev.rota.contract.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a product with its artifact, as an operator added it.
 *
 * @param soft whether the release may be taken softly; empty: the product's own procedure decides
 * @param reason why; not empty when {@code soft} is given
 * @param follows the release this one directly follows, where the recipe's list does not say it
 */
public record Release(
        String product,
        Version version,
        ArtifactRef artifact,
        Optional<Boolean> soft,
        String reason,
        Optional<Version> follows,
        Instant addedAt,
        String addedBy) {

    /** Content address, size in bytes and original name of an artifact. */
    public record ArtifactRef(String sha256, long sizeBytes, String fileName) {}
}
