package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.ArtifactPeers;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.port.Journal.Member;
import dev.rota.coordinator.rollout.CoordinatorState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the committed state refers to in this coordinator's store: what is missing is fetched from the leader or another
 * coordinator, what nothing refers to any more goes after a while. {@link #look} is called again and again by one thread; everything
 * else by any.
 */
public final class ArtifactCare {
    /** Bytes that nothing refers to stay this long: they may be on their way into the catalogue. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactCare.class);

    private final Coordinator coordinator;
    private final ArtifactStore store;
    private final ArtifactPeers peers;
    private final Consumer<String> forget;
    private final Map<String, Instant> unwantedSince = new ConcurrentHashMap<>();
    private Set<String> complete = Set.of();
    private @Nullable CoordinatorState seen;
    private Duration pause = FIRST_PAUSE;
    private Instant nextTry = Instant.MIN;

    /** {@code forget} removes bytes unless something refers to them. */
    public ArtifactCare(Coordinator coordinator, ArtifactStore store, ArtifactPeers peers, Consumer<String> forget) {
        this.coordinator = coordinator;
        this.store = store;
        this.peers = peers;
        this.forget = forget;
    }

    /** Whether the committed state refers to these bytes. */
    public boolean wanted(String sha256) {
        return Wanted.by(coordinator.state()).containsKey(sha256);
    }

    /** Another coordinator has had these bytes fetched; they are kept for a while although nothing refers to them yet. */
    public void held(Collection<StoredArtifact> artifacts) {
        Instant now = clock().now();
        artifacts.forEach(a -> unwantedSince.put(a.sha256(), now));
    }

    /** Fetches what the state has come to refer to, lets go of what it does not any more. */
    public void look() {
        CoordinatorState state = coordinator.state();
        Instant now = clock().now();
        expire(now);
        if (state.equals(seen) || now.isBefore(nextTry)) {
            return;
        }
        SortedMap<String, StoredArtifact> wanted = Wanted.by(state);
        for (String gone : complete) {
            if (!wanted.containsKey(gone)) {
                unwantedSince.putIfAbsent(gone, now);
            }
        }
        Set<String> kept = new TreeSet<>(complete);
        kept.retainAll(wanted.keySet());
        SortedMap<String, StoredArtifact> unsure = new TreeMap<>(wanted);
        unsure.keySet().removeAll(kept);
        List<StoredArtifact> missing = obtain(unsure.values());
        kept.addAll(unsure.keySet());
        missing.forEach(a -> kept.remove(a.sha256()));
        complete = kept;
        if (missing.isEmpty()) {
            seen = state;
            pause = FIRST_PAUSE;
        } else {
            nextTry = now.plus(pause);
            pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
    }

    private void expire(Instant now) {
        unwantedSince.entrySet().removeIf(e -> {
            boolean over = !e.getValue().plus(GRACE).isAfter(now);
            if (over) {
                forget.accept(e.getKey());
            }
            return over;
        });
    }

    /** Fetches those of them that the store does not have; answers what could not be had. Blocks. */
    public List<StoredArtifact> obtain(Collection<StoredArtifact> artifacts) {
        List<StoredArtifact> missing = new ArrayList<>();
        for (StoredArtifact artifact : artifacts) {
            if (store.find(artifact.sha256()).isEmpty() && !fetched(artifact)) {
                missing.add(artifact);
            }
        }
        return missing;
    }

    private boolean fetched(StoredArtifact artifact) {
        List<String> problems = new ArrayList<>();
        for (String source : sources()) {
            try {
                peers.fetch(source, artifact);
                LOG.info("artifact {} was fetched from {}", artifact.sha256(), source);
                return true;
            } catch (IOException e) {
                problems.add(source + ": " + e.getMessage());
            }
        }
        LOG.warn("artifact {} is missing and cannot be had: {}", artifact.sha256(), String.join("; ", problems));
        return false;
    }

    /** The leader first: it has received them. */
    private List<String> sources() {
        Members members = coordinator.members();
        String leader = members.leaderName();
        return members.all().stream()
                .filter(m -> m.connected() && !m.name().equals(members.own()))
                .map(Member::name)
                .sorted((a, b) -> Boolean.compare(b.equals(leader), a.equals(leader)))
                .toList();
    }

    private Clock clock() {
        return coordinator.clock();
    }
}
