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
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * This node as a member of its cluster: coming back, joining, leaving, and handing writes to the others.
 *
 * <p>A write is applied here first, then by every member; it is acknowledged when the members as they are at the end have all
 * answered. A node that comes says hello to every member and is answered once that member sees it, and only then asks for all
 * entries: a write is therefore either in what it gets or is sent to it.
 */
final class Member implements Group.Handler {
    private static final long MEET_MS = 15_000;
    private static final long LEAVE_MS = 20_000;
    private static final long RETRY_MS = 100;

    private final Settings settings;
    private final Release release;
    private final Store store;
    private final Counters counters;
    private final Faults faults;
    private final Neighbours neighbours;
    private final Group group;
    private final Gate gate = new Gate();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Object oneAtATime = new Object();
    private volatile String clusterId = "";
    private boolean left;

    Member(Settings settings, Release release, Store store, Counters counters, Faults faults) {
        this.settings = settings;
        this.release = release;
        this.store = store;
        this.counters = counters;
        this.faults = faults;
        this.neighbours = new Neighbours(settings);
        this.group = new Group(settings, this);
    }

    Gate gate() {
        return gate;
    }

    Store store() {
        return store;
    }

    List<String> members() {
        return group.members();
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
            comeUp();
        }
    }

    private void comeUp() throws IOException, InterruptedException, Refused {
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
        meet(id, there.stream().filter(Neighbours.Identity::serving).findFirst().map(Neighbours.Identity::name));
        exchangeWithOthers();
        gate.set(true);
    }

    /** Accepts a client's write; it is on all members when this returns. */
    void write(String key, Optional<String> value) throws IOException, InterruptedException, Refused {
        gate.pass(() -> {
            Entry entry = store.write(key, value, settings.name());
            try {
                group.askAll(Request.of(Request.Kind.APPLY, Entry.encode(List.of(entry))));
                return entry;
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
            gate.set(false);
            Files.deleteIfExists(clusterFile());
            group.close();
            store.wipe();
            try {
                meet(other.clusterId(), Optional.of(peer));
                exchangeWithOthers();
            } catch (IOException e) {
                group.close();
                store.wipe();
                becomeAlone();
                throw new Refused(500, "could not join " + peer + ", this node is alone and empty: " + e.getMessage());
            }
            clusterId = other.clusterId();
            remember(clusterId);
            gate.set(true);
        }
    }

    /** Makes a member leave: this node, or another one that is then seen to go. */
    void leave(String member, String askedBy) throws IOException, InterruptedException, Refused {
        if (member.equals(settings.name())) {
            leaveNow(askedBy);
            return;
        }
        if (!group.members().contains(member)) {
            throw new Refused(404, member + " is not a member");
        }
        try {
            group.ask(member, Request.of(Request.Kind.LEAVE, askedBy));
        } catch (IOException e) {
            if (group.members().contains(member)) {
                throw new Refused(500, String.valueOf(e.getMessage()));
            }
        }
        if (!group.await(() -> !group.members().contains(member), LEAVE_MS)) {
            throw new Refused(504, member + " is still a member");
        }
    }

    /** Stops being a member without forgetting anything; waits for a leave or join under way. Does nothing on a node that has left. */
    void stop(String askedBy) throws IOException {
        synchronized (oneAtATime) {
            if (!left) {
                counters.add("stop", askedBy);
                gate.set(false);
                group.close();
                left = true;
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

    @Override
    public byte[] answer(byte[] message, BooleanSupplier senderIsMember)
            throws IOException, InterruptedException, Refused {
        Request request = Request.read(message);
        return switch (request.kind()) {
            case APPLY -> {
                store.apply(Entry.decode(request.body()));
                yield new byte[0];
            }
            case HELLO -> {
                if (!group.await(senderIsMember, MEET_MS)) {
                    throw new IOException(settings.name() + " does not see " + request.text());
                }
                yield new byte[0];
            }
            case SNAPSHOT -> Entry.encode(store.snapshot());
            case LEAVE -> {
                checkMayLeave();
                inBackground(() -> {
                    leaveNow(request.text());
                    end.complete(0);
                });
                yield new byte[0];
            }
        };
    }

    @Override
    public void merged() {
        inBackground(this::exchangeWithOthers);
    }

    private void leaveNow(String askedBy) throws IOException, Refused {
        synchronized (oneAtATime) {
            checkMayLeave();
            counters.add("leave", askedBy);
            gate.set(false);
            group.close();
            Files.deleteIfExists(clusterFile());
            store.wipe();
            clusterId = "";
            left = true;
        }
    }

    private void checkMayLeave() throws Refused {
        if (faults.on(Faults.LEAVE)) {
            throw new Refused(500, settings.name() + " cannot leave: fault/" + Faults.LEAVE);
        }
        if (group.members().equals(List.of(settings.name()))) {
            throw new Refused(409, settings.name() + " is the only member of its cluster");
        }
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
        group.connect(id, false);
        remember(id);
        clusterId = id;
        gate.set(true);
    }

    /** Connects until the peer is among the members, if there is one to be met. */
    private void meet(String id, Optional<String> peer) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MEET_MS);
        group.connect(id, peer.isPresent());
        while (peer.isPresent() && !group.members().contains(peer.get())) {
            group.close();
            if (System.nanoTime() - end > 0) {
                throw new IOException(peer.get() + " was not found in the cluster");
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            group.connect(id, true);
        }
    }

    private void exchangeWithOthers() throws IOException, InterruptedException {
        List<Entry> own = store.snapshot();
        group.askAll(Request.of(Request.Kind.HELLO, settings.name()));
        for (String other : group.members()) {
            if (!other.equals(settings.name())) {
                store.apply(Entry.decode(group.ask(other, Request.of(Request.Kind.SNAPSHOT, ""))));
            }
        }
        if (!own.isEmpty()) {
            group.askAll(Request.of(Request.Kind.APPLY, Entry.encode(own)));
        }
    }

    private void remember(String id) throws IOException {
        Path fresh = clusterFile().resolveSibling("cluster.new");
        Files.write(fresh, id.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, clusterFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path clusterFile() {
        return settings.data().resolve("cluster");
    }

    private interface Task {
        void run() throws IOException, InterruptedException, Refused;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | Refused e) {
                        System.err.println("in the background: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
    }
}
