package dev.rota.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * This node as a member of its cluster: coming back, joining, leaving, stopping. Which cluster that is, is on disk from the moment
 * the node has all data until it leaves; a node that finds nothing there comes up alone and empty.
 */
final class Member {
    private static final long LEAVE_MS = 20_000;

    private final Settings settings;
    private final Release release;
    private final Store store;
    private final Counters counters;
    private final Faults faults;
    private final Neighbours neighbours;
    private final Replica replica;
    private final Gate gate = new Gate();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Object oneAtATime = new Object();
    private volatile String clusterId = "";
    private boolean ended;

    Member(Settings settings, Release release, Store store, Counters counters, Faults faults) {
        this.settings = settings;
        this.release = release;
        this.store = store;
        this.counters = counters;
        this.faults = faults;
        this.neighbours = new Neighbours(settings);
        this.replica = new Replica(settings, store, this::leaveInBackground);
    }

    Gate gate() {
        return gate;
    }

    Store store() {
        return store;
    }

    List<String> members() {
        return replica.members();
    }

    String leader() {
        return replica.leader();
    }

    Neighbours.Identity identity() {
        return new Neighbours.Identity(settings.name(), clusterId, release, gate.isOpen());
    }

    /** Completed with the process's exit code when the node has left or was told to stop. */
    CompletableFuture<Integer> end() {
        return end;
    }

    /** Comes up: back in the cluster this node was a member of, else alone and empty. Operations wait until that is done. */
    void start() throws IOException, InterruptedException, Refused {
        synchronized (oneAtATime) {
            Path file = clusterFile();
            if (!Files.exists(file)) {
                store.wipe();
                becomeAlone();
                return;
            }
            String id = Files.readString(file).strip();
            List<Neighbours.Identity> there = neighbours.inCluster(id);
            checkReleases(there);
            clusterId = id;
            replica.enter(
                    id,
                    there.stream()
                            .filter(Neighbours.Identity::serving)
                            .findFirst()
                            .map(Neighbours.Identity::name));
            gate.set(true);
        }
    }

    /** Accepts a client's write; it is on all members when this returns. */
    void write(String key, Optional<String> value) throws IOException, InterruptedException, Refused {
        gate.pass(() -> {
            try {
                replica.write(key, value);
                return key;
            } catch (IOException e) {
                throw new Refused(503, "not acknowledged: " + e.getMessage());
            }
        });
    }

    /** Forgets everything here and becomes a member of the peer's cluster with a copy of all it has. */
    void join(String peer) throws IOException, InterruptedException, Refused {
        synchronized (oneAtATime) {
            if (peer.equals(settings.name())) {
                throw new Refused(409, peer + " cannot join itself");
            }
            Neighbours.Identity other = neighbours
                    .identity(peer)
                    .filter(Neighbours.Identity::serving)
                    .orElseThrow(() -> new Refused(409, peer + " does not serve; nothing was changed"));
            checkReleases(neighbours.inCluster(other.clusterId()));
            forget();
            try {
                replica.enter(other.clusterId(), Optional.of(peer));
            } catch (IOException e) {
                store.wipe();
                becomeAlone();
                throw new Refused(500, "could not join " + peer + ", this node is alone and empty: " + e.getMessage());
            }
            remember(other.clusterId());
            gate.set(true);
        }
    }

    /** Makes a member leave: this node, or another one that is then seen to go. */
    void leave(String member, String askedBy) throws IOException, InterruptedException, Refused {
        if (member.equals(settings.name())) {
            leaveNow(askedBy);
            return;
        }
        if (!replica.members().contains(member)) {
            throw new Refused(404, member + " is not a member");
        }
        Optional<String> refusal = replica.askToLeave(member, askedBy);
        if (refusal.isPresent()) {
            throw new Refused(500, refusal.get());
        }
        if (!replica.awaitGone(member, LEAVE_MS)) {
            throw new Refused(504, member + " is still a member");
        }
    }

    /** Stops being a member without forgetting anything; waits for a leave or join under way. Does nothing on a node that has left. */
    void stop(String askedBy) throws IOException {
        synchronized (oneAtATime) {
            if (!ended) {
                counters.add("stop", askedBy);
                gate.set(false);
                replica.quit();
                ended = true;
            }
        }
    }

    /** Writes all entries to a file, which appears all at once. */
    long backup(Path to) throws IOException {
        List<Entry> entries = store.snapshot();
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        Files.write(fresh, Entry.encode(entries));
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return entries.size();
    }

    /** Another member's order: it is answered first, since nothing can be answered after leaving. */
    private Optional<String> leaveInBackground(String askedBy) {
        Optional<String> refusal = mayNotLeave();
        if (refusal.isEmpty()) {
            Background.run(() -> {
                leaveNow(askedBy);
                end.complete(0);
            });
        }
        return refusal;
    }

    private void leaveNow(String askedBy) throws IOException, Refused {
        synchronized (oneAtATime) {
            Optional<String> refusal = mayNotLeave();
            if (refusal.isPresent()) {
                throw new Refused(409, refusal.get());
            }
            counters.add("leave", askedBy);
            forget();
            ended = true;
        }
    }

    private Optional<String> mayNotLeave() {
        if (faults.on(Faults.LEAVE)) {
            return Optional.of(settings.name() + " cannot leave: fault/" + Faults.LEAVE);
        }
        return replica.isAlone()
                ? Optional.of(settings.name() + " is the only member of its cluster")
                : Optional.empty();
    }

    private void checkReleases(List<Neighbours.Identity> others) throws Refused {
        for (Neighbours.Identity other : others) {
            if (!other.release().getsAlongWith(release)) {
                throw new Refused(
                        409,
                        "release " + release.version() + " cannot run beside "
                                + other.release().version() + " on " + other.name());
            }
        }
    }

    private void becomeAlone() throws IOException {
        String id = UUID.randomUUID().toString();
        replica.found(id);
        remember(id);
        gate.set(true);
    }

    private void forget() throws IOException {
        gate.set(false);
        replica.quit();
        Files.deleteIfExists(clusterFile());
        store.wipe();
        clusterId = "";
    }

    private void remember(String id) throws IOException {
        Path fresh = clusterFile().resolveSibling("cluster.new");
        Files.write(fresh, id.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, clusterFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        clusterId = id;
    }

    private Path clusterFile() {
        return settings.data().resolve("cluster");
    }
}
