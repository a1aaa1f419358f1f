package dev.rota.coordinator.runtime;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.port.ArtifactSpread;
import dev.rota.coordinator.port.ArtifactStore;
import dev.rota.coordinator.port.ArtifactStore.StoredArtifact;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Ledger.Outcome;
import dev.rota.coordinator.rollout.NoteLimits;
import dev.rota.coordinator.runtime.Refusal.Kind;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases and notes of all products: what is recorded in the journal, and the bytes in the store that go with it. Bytes are
 * removed on the loop's thread only, and nothing that refers to bytes is recorded before it was seen there that they are stored.
 * May be used by any thread.
 */
public final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private final Coordinator coordinator;
    private final ArtifactStore store;
    private final ArtifactSpread spread;
    private final LoopTasks tasks;
    private final Map<String, NoteIndex> indexes = new ConcurrentHashMap<>();

    /** Creates it on a coordinator; {@code spread} brings bytes to the others before they are recorded. */
    public Catalogue(Coordinator coordinator, ArtifactStore store, ArtifactSpread spread) {
        this.coordinator = coordinator;
        this.store = store;
        this.spread = spread;
        this.tasks = new LoopTasks(coordinator);
    }

    /**
     * What became of a removed release.
     *
     * @param bytesRemoved whether the artifact is gone; false when something else refers to it
     */
    public record Removed(String sha256, boolean bytesRemoved) {}

    /** What an import has changed, by path. */
    public record Imported(List<String> added, List<String> replaced, List<String> removed, int unchanged) {}

    /** Adds a release whose artifact is stored already. */
    public CompletableFuture<Release> add(String requestId, Release release) {
        Release.ArtifactRef artifact = release.artifact();
        return spread(List.of(new StoredArtifact(artifact.sha256(), artifact.sizeBytes())))
                .thenCompose(done -> record(requestId, release));
    }

    private CompletableFuture<Release> record(String requestId, Release release) {
        return tasks.onLoop(answer -> {
            stored(release.artifact().sha256(), release.artifact().fileName());
            try {
                tasks.commit(new Entry.ReleaseAdded(requestId, release));
            } catch (Refusal e) {
                dropUnused(List.of(release.artifact().sha256()));
                throw e;
            }
            answer.complete(release(release.product(), release.version()));
        });
    }

    /** Lets go of bytes that were stored and are not wanted after all, unless something refers to them. */
    public void forget(String sha256) {
        coordinator.post(() -> dropUnused(List.of(sha256)));
    }

    /** Withdraws a release. */
    public CompletableFuture<Release> withdraw(
            String requestId, String product, Version version, String reason, String by) {
        return tasks.onLoop(answer -> {
            release(product, version);
            tasks.commit(new Entry.ReleaseWithdrawn(
                    requestId, product, version, reason, by, coordinator.clock().now()));
            answer.complete(release(product, version));
        });
    }

    /** Removes a release that nothing needs, and its artifact unless something else refers to it. */
    public CompletableFuture<Removed> remove(String requestId, String product, Version version, String by) {
        return tasks.onLoop(answer -> {
            if (!state().requests().containsKey(requestId)) {
                release(product, version);
            }
            String sha256 = tasks.commit(new Entry.ReleaseRemoved(
                    requestId, product, version, by, coordinator.clock().now()));
            dropUnused(List.of(sha256));
            answer.complete(new Removed(sha256, store.find(sha256).isEmpty()));
        });
    }

    /**
     * Records notes of a product whose bytes are stored already; one with the path of an earlier note takes its place.
     *
     * @param prune whether the product's other notes go
     */
    public CompletableFuture<Imported> importNotes(
            String requestId, String product, List<NoteRef> notes, boolean prune) {
        List<StoredArtifact> bytes = notes.stream()
                .map(n -> new StoredArtifact(n.sha256(), n.sizeBytes()))
                .toList();
        return spread(bytes).thenCompose(done -> record(requestId, product, notes, prune));
    }

    private CompletableFuture<Imported> record(String requestId, String product, List<NoteRef> notes, boolean prune) {
        return tasks.onLoop(answer -> {
            try {
                answer.complete(recordNotes(requestId, product, notes, prune));
            } catch (Refusal e) {
                // Not after a failed commit, which may still come.
                dropUnused(digests(notes));
                throw e;
            }
        });
    }

    /** What was not brought to a majority is not kept. */
    private CompletableFuture<Void> spread(List<StoredArtifact> bytes) {
        return spread.toMajority(bytes).whenComplete((done, failure) -> {
            if (failure != null) {
                bytes.forEach(b -> forget(b.sha256()));
            }
        });
    }

    private Imported recordNotes(String requestId, String product, List<NoteRef> notes, boolean prune)
            throws Refusal, JournalException {
        if (state().requests().containsKey(requestId)) {
            return new Imported(List.of(), List.of(), List.of(), notes.size());
        }
        SortedMap<String, NoteRef> before = byPath(state().notes(product));
        SortedMap<String, NoteRef> sent = byPath(notes);
        List<NoteRef> changed = sent.values().stream()
                .filter(n -> !n.equals(before.get(n.path())))
                .toList();
        List<String> gone = prune
                ? before.keySet().stream()
                        .filter(path -> !sent.containsKey(path))
                        .toList()
                : List.of();
        for (NoteRef note : changed) {
            stored(note.sha256(), note.path());
        }
        SortedMap<String, NoteRef> after = new TreeMap<>(before);
        after.keySet().removeAll(gone);
        after.putAll(sent);
        Optional<Outcome.Rejected> tooMuch = NoteLimits.exceeded(product, after.values());
        if (tooMuch.isPresent()) {
            throw new Refusal(Kind.REFUSED, tooMuch.get().code(), tooMuch.get().reason());
        }
        if (!gone.isEmpty()) {
            tasks.commit(new Entry.NotesRemoved(requestId + "-removed", product, gone));
        }
        if (!changed.isEmpty()) {
            tasks.commit(new Entry.NotesImported(requestId, product, changed));
        }
        dropUnused(digests(before.values()));
        return new Imported(
                paths(changed, path -> !before.containsKey(path)),
                paths(changed, before::containsKey),
                gone,
                sent.size() - changed.size());
    }

    /** Removes stored bytes that nothing refers to: what is left of an upload that was given up. */
    public CompletableFuture<Boolean> forget(Collection<String> digests) {
        List<String> all = List.copyOf(digests);
        return tasks.onLoop(answer -> {
            dropUnused(all);
            answer.complete(true);
        });
    }

    /** The release of a product. */
    public Release release(String product, Version version) throws Refusal {
        return state().release(product, version)
                .orElseThrow(() -> new Refusal(
                        Kind.NOT_FOUND,
                        "NO_RELEASE",
                        "there is no release " + version + " of " + product
                                + " in the catalogue; rota releases add puts it there"));
    }

    /** All releases of a product, by version. */
    public List<Release> releases(String product) {
        return state().releasesOf(product);
    }

    /** The bytes of a product's notes. */
    public List<StoredArtifact> noteBytes(String product) {
        return state().notes(product).stream()
                .map(n -> new StoredArtifact(n.sha256(), n.sizeBytes()))
                .toList();
    }

    /** The texts of a product's notes, by path; one that is not stored here or not as it was is unreadable. */
    public List<Note> notes(String product) {
        return StoredNotes.read(store, state().notes(product));
    }

    /** Whether the bytes of a note are in the store as they were. */
    public boolean holds(NoteRef note) {
        return StoredNotes.intact(store, note);
    }

    /** What the notes of a product are about; read once as long as they stay the same and can all be read. */
    public NoteIndex index(String product) {
        List<NoteRef> refs = state().notes(product);
        NoteIndex known = indexes.get(product);
        if (known != null && known.refs().equals(refs)) {
            return known;
        }
        NoteIndex index = NoteIndex.of(refs, StoredNotes.read(store, refs));
        if (index.problems().isEmpty()) {
            indexes.put(product, index);
        }
        return index;
    }

    private CoordinatorState state() {
        return coordinator.state();
    }

    private void stored(String sha256, String name) throws Refusal {
        if (store.find(sha256).isEmpty()) {
            throw new Refusal(
                    Kind.UNAVAILABLE,
                    "NOT_STORED",
                    "the bytes of " + name + " are not stored here any more; try again");
        }
    }

    /** On the loop's thread. */
    private void dropUnused(Collection<String> digests) {
        Set<String> unused = new TreeSet<>(digests);
        CoordinatorState s = state();
        s.releases().values().forEach(r -> unused.remove(r.artifact().sha256()));
        s.notes().values().forEach(notes -> notes.forEach(n -> unused.remove(n.sha256())));
        s.rollouts().values().stream()
                .filter(x -> !x.status().ended())
                .flatMap(x -> x.plan().hops().stream())
                .forEach(hop -> unused.remove(hop.artifact().sha256()));
        for (String sha256 : unused) {
            try {
                store.remove(sha256);
            } catch (IOException e) {
                LOG.warn("{} is not needed any more and cannot be removed: {}", sha256, e.toString());
            }
        }
    }

    private static List<String> digests(Collection<NoteRef> notes) {
        return notes.stream().map(NoteRef::sha256).distinct().toList();
    }

    private static SortedMap<String, NoteRef> byPath(Collection<NoteRef> notes) {
        SortedMap<String, NoteRef> all = new TreeMap<>();
        notes.forEach(n -> all.put(n.path(), n));
        return all;
    }

    private static List<String> paths(List<NoteRef> notes, Predicate<String> wanted) {
        return notes.stream().map(NoteRef::path).filter(wanted).toList();
    }
}
