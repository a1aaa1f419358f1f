package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on jgroups-raft.
 *
 * <p>An entry is durable (fsync) at a majority before it counts as committed. A member that becomes leader first appends a mark of its
 * own, and calls itself leader once that is committed: by then everything older was handed to the listener, and the mark's term is the
 * fencing token.
 *
 * <p>Fail-stop: after a failed write, a damaged record or an exception of the listener nothing more is appended, voted or handed
 * over. Appends are refused while the disk has too little room.
 */
public final class RaftJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(RaftJournal.class);

    private final Path path;
    private final String name;
    private final Optional<Peers> peers;
    private final JournalLimits limits;
    private final Function<JournalDirectory, JournalFiles> disk;
    private final ExecutorService events;
    private final AtomicReference<@Nullable Throwable> halted = new AtomicReference<>();
    private final CompletableFuture<Void> leads = new CompletableFuture<>();
    private volatile @Nullable Listener listener;
    private volatile @Nullable Running running;
    private volatile @Nullable JournalDirectory directory;
    private volatile boolean closed;
    private volatile boolean leader;
    private volatile long term;
    private volatile long committed;

    /**
     * Prepares a journal.
     *
     * @param path its directory; created when missing
     * @param name this member's name
     * @param peers all members, this one included; empty: this one is alone
     */
    public RaftJournal(Path path, String name, Optional<Peers> peers) {
        this(path, name, peers, JournalLimits.DEFAULT, held -> new DiskFiles(held.path()));
    }

    RaftJournal(
            Path path,
            String name,
            Optional<Peers> peers,
            JournalLimits limits,
            Function<JournalDirectory, JournalFiles> disk) {
        this.path = path;
        this.name = name;
        this.peers = peers;
        this.limits = limits;
        this.disk = disk;
        this.events = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "journal-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What exists between start and close. */
    private final class Running implements SafeRaft.Owner {
        private final RecordLog records;
        private final Membership membership;
        private final SafeRaft raft;
        private final RosterChanges changes;
        private final RaftStack stack;
        private long markedTerm;
        private long bytesAtSnapshot;

        Running(RecordLog records, Membership membership) throws Exception {
            this.records = records;
            this.membership = membership;
            this.raft = new SafeRaft(name, records, this);
            this.changes = new RosterChanges(name, raft, membership);
            changes.electorate();
            this.stack = new RaftStack(name, raft, peers);
        }

        @Override
        public Collection<String> voters() {
            return membership.voters();
        }

        @Override
        public boolean confirms(String voter) {
            return membership.confirms(voter);
        }

        @Override
        public void connected(Set<String> names) {
            membership.connected(names);
        }

        @Override
        public void send(String to, Rpc message) {
            throw new UnsupportedOperationException("SafeRaft sends");
        }

        @Override
        public void appended(long index, LogRecord record) throws IOException {
            if (Frame.isRoster(record.payload())) {
                membership.appended(index, Frame.parse(record.payload()).roster());
                changes.electorate();
                raft.greet();
            }
        }

        @Override
        public void cut(long index) {
            if (membership.cut(index)) {
                changes.electorate();
                raft.greet();
            }
        }

        @Override
        public void apply(long index, LogRecord record) throws IOException {
            Frame frame = Frame.parse(record.payload());
            switch (frame.kind()) {
                case ENTRY -> deliver(to -> to.committed(index, frame.payload()));
                case ROSTER -> {
                    membership.committed(index, frame.roster());
                    changes.over();
                    changes.electorate();
                    raft.greet();
                }
                case EPOCH, BARRIER -> {}
            }
            committed = index;
            if (frame.kind() == Frame.Kind.EPOCH) {
                term = frame.term();
                boolean own = raft.leading() && frame.term() == raft.currentTerm();
                if (own) {
                    leader = true;
                    deliver(to -> to.leadership(true, frame.term()));
                    leads.complete(null);
                }
            }
        }

        @Override
        public void restore(Snapshot snapshot) {
            deliver(to -> to.restore(snapshot.state()));
            membership.restored(snapshot.roster());
            term = Math.max(term, snapshot.term());
            committed = snapshot.index();
            changes.electorate();
        }

        @Override
        public void failed(Throwable cause) {
            halt(cause);
        }

        @Override
        public Rpc.Introduction introduction() {
            return membership.introduction();
        }

        @Override
        public void introduced(String other, Rpc.Introduction who) {
            boolean knew = membership.roster().known();
            try {
                membership.introduced(other, who);
            } catch (JournalException | IOException e) {
                if (membership.votes() && raft.leaderName().isPresent()) {
                    // A cluster that works does not stop because of somebody else's directory.
                    LOG.error("{}", e.getMessage());
                } else {
                    raft.die(e);
                }
                return;
            }
            changes.electorate();
            if (!knew && membership.roster().known()) {
                raft.greet();
            }
        }

        @Override
        public void changed() {
            if (leader && !raft.leading()) {
                leader = false;
                deliver(to -> to.leadership(false, raft.currentTerm()));
            }
        }

        @Override
        public void settled() throws IOException {
            if (raft.leading() && membership.removed()) {
                raft.resign();
            }
            if (raft.leading() && markedTerm < raft.currentTerm()) {
                markedTerm = raft.currentTerm();
                changes.over();
                for (Frame mark : List.of(Frame.epoch(markedTerm), Frame.roster(membership.newest()))) {
                    CompletableFuture<Long> unused = raft.propose(mark.toBytes());
                }
            }
            boolean due =
                    records.bytes() - bytesAtSnapshot > limits.snapshotBytes() && committed > records.snapshotIndex();
            JournalDirectory held = directory;
            if (due && held != null && held.freeBytes() >= limits.diskFloorBytes()) {
                Listener from = listener;
                if (from != null) {
                    records.save(
                            new Snapshot(committed, records.term(committed), membership.roster(), from.snapshot()));
                    bytesAtSnapshot = records.bytes();
                    LOG.debug("journal {}: snapshot up to record {}", path, committed);
                }
            }
        }
    }

    @Override
    public void start(Listener newListener) throws JournalException {
        if (listener != null || closed) {
            throw new IllegalStateException("a journal is started once");
        }
        listener = newListener;
        try {
            JournalDirectory opened = JournalDirectory.open(path);
            directory = opened;
            Running starting = open(disk.apply(opened));
            running = starting;
            opened.sync();
            starting.stack.connect();
            synchronized (starting.raft.lock()) {
                starting.membership.compareConfigured(peers.isEmpty());
            }
            if (peers.isEmpty()) {
                leads.get(limits.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new JournalException("journal " + path + ": interrupted while starting", e);
        } catch (TimeoutException e) {
            close();
            throw new JournalException("journal " + path + ": no leader within " + limits.startTimeout(), e);
        } catch (JournalException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            Throwable cause = Failures.root(e);
            throw new JournalException("journal " + path + ": cannot start: " + Failures.describe(cause), cause);
        }
    }

    private Running open(JournalFiles files) throws Exception {
        boolean known = files.names().contains(MemberIdentity.FILE);
        RecordLog records = RecordLog.open(files, limits.segmentBytes());
        try {
            if (!known && peers.isPresent() && records.last() > 0) {
                throw new DamagedJournalException(
                        path.resolve(MemberIdentity.FILE) + ": is missing beside " + records.last() + " records");
            }
            MemberIdentity identity =
                    MemberIdentity.open(files, name, UUID.randomUUID().toString(), path.toString());
            List<String> configured = peers.isEmpty()
                    ? List.of(name)
                    : List.copyOf(peers.get().addresses().keySet());
            Membership membership = new Membership(path.toString(), files, identity, configured);
            if (peers.isEmpty()) {
                membership.beginAlone();
            }
            Running made = new Running(records, membership);
            return made;
        } catch (IOException | JournalException | RuntimeException e) {
            records.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Long> append(byte[] entry) {
        try {
            admit(entry);
            return propose(Frame.entry(entry));
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Long> propose(Frame frame) throws JournalException {
        return open().raft
                .propose(frame.toBytes())
                .orTimeout(limits.appendTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((index, failure) -> failure == null
                        ? CompletableFuture.completedStage(index)
                        : CompletableFuture.<Long>failedStage(translate(Failures.root(failure))))
                .thenCompose(stage -> stage);
    }

    private Running open() throws JournalException {
        Running r = running;
        if (r == null || closed) {
            throw new JournalException("journal " + path + ": not open");
        }
        Throwable cause = halted.get();
        if (cause != null) {
            throw new JournalException("journal " + path + ": has stopped: " + Failures.describe(cause), cause);
        }
        if (!leader) {
            throw new NotLeaderException(leaderName());
        }
        return r;
    }

    private void admit(byte[] entry) throws JournalException {
        Running r = open();
        JournalDirectory held = directory;
        limits.admit(path, entry.length, r.records.bytes(), held == null ? Long.MAX_VALUE : held.freeBytes());
    }

    private JournalException translate(Throwable failure) {
        Throwable stopped = halted.get();
        if (stopped != null || closed) {
            return JournalException.unknownOutcome(
                    "journal " + path + (stopped == null ? ": closed" : ": has stopped: " + Failures.describe(stopped)),
                    stopped);
        } else if (failure instanceof TimeoutException) {
            return JournalException.unknownOutcome(
                    "journal " + path + ": not committed within " + limits.appendTimeout() + "; it may still be",
                    failure);
        } else if (failure instanceof Proposals.Undecided) {
            return JournalException.unknownOutcome(
                    "journal " + path + ": " + Failures.describe(failure) + "; it may still be", failure);
        } else if (!leader) {
            return new NotLeaderException(leaderName());
        }
        return new JournalException("journal " + path + ": not accepted: " + Failures.describe(failure), failure);
    }

    @Override
    public CompletionStage<Void> barrier() {
        try {
            return propose(Frame.barrier()).thenApply(index -> null);
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public List<Member> members() {
        Running r = running;
        return r == null || closed ? List.of() : r.changes.members();
    }

    @Override
    public CompletionStage<Void> addMember(String added) {
        return change(changes -> changes.adding(added));
    }

    @Override
    public CompletionStage<Void> removeMember(String removed) {
        return change(changes -> changes.removing(removed));
    }

    private interface Change {
        Optional<Roster> of(RosterChanges changes) throws JournalException;
    }

    private CompletionStage<Void> change(Change change) {
        try {
            Running r = open();
            synchronized (r.raft.lock()) {
                Optional<Roster> changed = change.of(r.changes);
                if (changed.isEmpty()) {
                    return CompletableFuture.completedFuture(null);
                }
                return propose(Frame.roster(changed.get())).thenApply(index -> null);
            }
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    SafeRaft raft() {
        return Objects.requireNonNull(running).raft;
    }

    @Override
    public CompletionStage<Void> stepDown() {
        try {
            Running r = open();
            if (r.membership.voters().size() < 2) {
                throw new JournalException("coordinator " + name + " is alone; there is nobody to lead in its place");
            }
            r.raft.resign();
            return CompletableFuture.completedFuture(null);
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean leader() {
        return leader;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public String leaderName() {
        Running r = running;
        return r == null || closed ? "" : r.raft.leaderName().orElse("");
    }

    @Override
    public long committedIndex() {
        return committed;
    }

    private interface Message {
        void to(Listener listener);
    }

    private void deliver(Message message) {
        Listener to = listener;
        if (to != null) {
            message.to(to);
        }
    }

    private void halt(Throwable cause) {
        // While closing, whatever is still under way fails on closed files.
        if (closed || !halted.compareAndSet(null, cause)) {
            return;
        }
        boolean expected = cause instanceof JournalException || cause instanceof IOException;
        LOG.error("journal {}: stops: {}", path, Failures.describe(cause), expected ? null : cause);
        leader = false;
        boolean starting = peers.isEmpty() && leads.completeExceptionally(cause);
        if (!starting) {
            events.execute(() -> {
                deliver(to -> to.halted(cause));
                closeRunning();
            });
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        leader = false;
        closeRunning();
        JournalDirectory held = directory;
        if (held != null) {
            held.close();
        }
        events.shutdown();
    }

    private synchronized void closeRunning() {
        Running r = running;
        if (r == null) {
            return;
        }
        r.stack.close();
        r.raft.die(new JournalException("journal " + path + ": closed"));
        try {
            synchronized (r.raft.lock()) {
                r.records.close();
            }
        } catch (IOException e) {
            LOG.warn("journal {}: not closed cleanly: {}", path, Failures.describe(e));
        }
    }
}
