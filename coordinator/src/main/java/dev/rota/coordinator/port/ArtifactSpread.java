package dev.rota.coordinator.port;

import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Brings stored bytes to the other coordinators before anything that refers to them is acknowledged. */
@FunctionalInterface
public interface ArtifactSpread {
    /** For a coordinator that is alone: what it has is enough. */
    ArtifactSpread ALONE = artifacts -> CompletableFuture.completedFuture(null);

    /**
     * Brings them to a majority of the coordinators that vote, this one included, and goes on to the others.
     *
     * @return completes once a majority has them all, durably; fails when that cannot be had in time, naming who is missing and why
     */
    CompletableFuture<Void> toMajority(Collection<StoredArtifact> artifacts);
}
