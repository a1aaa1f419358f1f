package dev.rota.coordinator.port;

import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** What coordinators ask of each other beside the journal. May be used by any thread. */
public interface ArtifactPeers {
    /**
     * Asks a coordinator to have these bytes; what it misses it fetches from this one.
     *
     * @return completes once it has all of them, durably; fails with an {@link IOException} that says why it has not; always in bounded
     *     time
     */
    CompletableFuture<Void> hold(String coordinator, Collection<StoredArtifact> artifacts);

    /**
     * Fetches bytes from a coordinator into the own store, verified. From each coordinator one at a time; blocks until it is done.
     *
     * @throws IOException when it does not have them, cannot be reached, or the own disk is too full
     */
    void fetch(String coordinator, StoredArtifact artifact) throws IOException;

    /** The SHA-256 of the clusters in a coordinator's configuration; fails with an {@link IOException}. */
    CompletableFuture<String> inventory(String coordinator);
}
