package dev.rota.coordinator.runtime;

import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.rollout.CoordinatorState;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which bytes the committed state refers to: every coordinator keeps them. */
final class Wanted {
    private Wanted() {}

    /** By digest. */
    static SortedMap<String, StoredArtifact> by(CoordinatorState s) {
        SortedMap<String, StoredArtifact> all = new TreeMap<>();
        s.releases().values().forEach(r -> add(all, r.artifact()));
        s.notes()
                .values()
                .forEach(notes ->
                        notes.forEach(n -> all.put(n.sha256(), new StoredArtifact(n.sha256(), n.sizeBytes()))));
        s.rollouts().values().stream()
                .filter(r -> !r.status().ended() && !r.plan().repair())
                .flatMap(r -> r.plan().hops().stream())
                .forEach(hop -> add(all, hop.artifact()));
        return all;
    }

    private static void add(SortedMap<String, StoredArtifact> all, Release.ArtifactRef artifact) {
        all.put(artifact.sha256(), new StoredArtifact(artifact.sha256(), artifact.sizeBytes()));
    }
}
