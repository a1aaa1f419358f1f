package dev.rota.coordinator.domain;

import dev.rota.contract.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A version of a product with its artifact, as an operator added it.
 *
 * @param soft whether the release may be taken softly; empty: the product's own procedure decides
 * @param reason why; not empty when {@code soft} is given
 * @param follows the release this one directly follows, where the recipe's list does not say it
 * @param released the day it came out
 * @param withdrawn set when it may no longer be planned for
 */
public record Release(
        String product,
        Version version,
        ArtifactRef artifact,
        Optional<Boolean> soft,
        String reason,
        Optional<Version> follows,
        Instant addedAt,
        String addedBy,
        Optional<LocalDate> released,
        Optional<Withdrawal> withdrawn) {

    /** A release without a date that may be planned for. */
    public Release(
            String product,
            Version version,
            ArtifactRef artifact,
            Optional<Boolean> soft,
            String reason,
            Optional<Version> follows,
            Instant addedAt,
            String addedBy) {
        this(product, version, artifact, soft, reason, follows, addedAt, addedBy, Optional.empty(), Optional.empty());
    }

    /** Its name in the catalogue: {@code product/version}, the version as it was written. */
    public String key() {
        return product + "/" + version.text();
    }

    /** The same release, which came out on that day. */
    public Release released(Optional<LocalDate> day) {
        return new Release(product, version, artifact, soft, reason, follows, addedAt, addedBy, day, withdrawn);
    }

    /** The same release, withdrawn. */
    public Release withdrawn(Withdrawal withdrawal) {
        return new Release(
                product, version, artifact, soft, reason, follows, addedAt, addedBy, released, Optional.of(withdrawal));
    }

    /** Why, by whom and since when a release may not be planned for. */
    public record Withdrawal(String reason, String by, Instant at) {}

    /** Content address, size in bytes and original name of an artifact. */
    public record ArtifactRef(String sha256, long sizeBytes, String fileName) {}
}
