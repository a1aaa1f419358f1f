package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
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
 * The journal on jgroups-raft, with one member.
 *
 * <p>An entry is durable (fsync) before it counts as committed. A member that becomes leader first appends a mark of its own, and
 * calls itself leader once that is committed: by then everything older was handed to the listener.
 *
 * <p>Fail-stop: after a failed write, a damaged record or an exception of the listener nothing more is appended or handed over.
 * There are no snapshots; appends are refused when the log or the disk has reached its bound.
 */
public final class RaftJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(RaftJournal.class);

    private final Path path;
    private final String name;
    private final List<String> members;
    private final JournalLimits limits;
    private final Function<JournalDirectory, LogFile.Opener> files;
    // Role changes are announced by the library while it holds its own lock, so they are handled here.
    private final ExecutorService events;
    private final Object delivery = new Object();
    private final Appends appends;
    private final AtomicReference<@Nullable Throwable> halted = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Listener listener;
    private volatile @Nullable JournalDirectory directory;
    private volatile @Nullable RecordLog log;
    private volatile @Nullable RaftStack stack;
    private volatile boolean closed;
    private volatile boolean leader;
    private volatile long term;
    private volatile long committed;

    /**
     * Prepares a journal.
     *
     * @param path its directory; created when missing
     * @param name this member's name
     * @param members all members' names; only this one is possible in this version
     */
    public RaftJournal(Path path, String name, List<String> members) {
        this(path, name, members, JournalLimits.DEFAULT, directory -> file -> new DiskFile(directory.resolve(file)));
    }

    RaftJournal(
            Path path,
            String name,
            List<String> members,
            JournalLimits limits,
            Function<JournalDirectory, LogFile.Opener> files) {
        this.files = files;
        this.path = path;
        this.name = name;
        this.members = List.copyOf(members);
        this.limits = limits;
        this.appends = new Appends("journal " + path, limits.appendTimeout());
        this.events = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "journal-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start(Listener newListener) throws JournalException {
        if (listener != null || closed) {
            throw new IllegalStateException("a journal is started once");
        }
        if (!members.equals(List.of(name))) {
            throw new JournalException("journal " + path + ": members are " + String.join(", ", members)
                    + "; replicated coordinators are not available in this version, configure " + name + " alone");
        }
        listener = newListener;
        try {
            JournalDirectory opened = JournalDirectory.open(path);
            directory = opened;
            RecordLog opening = RecordLog.open(files.apply(opened), this::halt);
            log = opening;
            opened.sync();
            RaftStack starting = new RaftStack(name, opening, new CommittedEntries(new Delivery()));
            stack = starting;
            starting.raft().addRoleListener(role -> events.execute(() -> roleChanged(starting, role)));
            starting.connect();
            ready.get(limits.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
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

    @Override
    public CompletionStage<Long> append(byte[] entry) {
        RaftStack running = stack;
        try {
            if (running == null || closed) {
                throw new JournalException("journal " + path + ": not open");
            }
            admit(entry);
            return appends.submit(running.raft(), Frame.entry(entry));
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void admit(byte[] entry) throws JournalException {
        Throwable cause = halted.get();
        if (cause != null) {
            throw new JournalException("journal " + path + ": has stopped: " + Failures.describe(cause), cause);
        }
        if (!leader) {
            throw new NotLeaderException(leaderName());
        }
        if (entry.length > limits.maxEntryBytes()) {
            throw new JournalException("journal " + path + ": an entry of " + entry.length + " bytes is bigger than "
                    + limits.maxEntryBytes());
        }
        RecordLog current = log;
        JournalDirectory held = directory;
        if (current != null && current.sizeInBytes() + entry.length > limits.maxLogBytes()) {
            throw new JournalException("journal " + path + ": full, it holds " + current.sizeInBytes() + " of at most "
                    + limits.maxLogBytes() + " bytes; nothing is decided any more, move to a new data directory");
        }
        if (held != null && held.freeBytes() < limits.diskFloorBytes()) {
            throw new JournalException(
                    "journal " + path + ": only " + held.freeBytes() + " bytes are free on its disk, "
                            + limits.diskFloorBytes() + " are needed; free some space, nothing is lost");
        }
    }

    private JournalException stopped() {
        Throwable cause = halted.get();
        return JournalException.unknownOutcome(
                "journal " + path + (cause == null ? ": closed" : ": has stopped: " + Failures.describe(cause)), cause);
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
        RaftStack running = stack;
        return running == null || closed ? "" : running.leaderName();
    }

    @Override
    public long committedIndex() {
        return committed;
    }

    @Override
    public CompletionStage<Void> barrier() {
        return leader
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new NotLeaderException(leaderName()));
    }

    @Override
    public List<Member> members() {
        return List.of(new Member(name, leader ? Role.LEADER : Role.FOLLOWER, true, OptionalLong.empty()));
    }

    @Override
    public CompletionStage<Void> addMember(String added) {
        return alone();
    }

    @Override
    public CompletionStage<Void> removeMember(String removed) {
        return alone();
    }

    @Override
    public CompletionStage<Void> stepDown() {
        return alone();
    }

    private CompletionStage<Void> alone() {
        return CompletableFuture.failedFuture(new JournalException("journal " + path + ": has one member"));
    }

    private void roleChanged(RaftStack running, org.jgroups.protocols.raft.Role role) {
        if (closed) {
            return;
        }
        if (role == org.jgroups.protocols.raft.Role.Leader) {
            CompletionStage<?> unused = appends.submit(
                            running.raft(), Frame.epoch(running.raft().currentTerm()))
                    .whenComplete((index, failure) -> {
                        if (failure != null) {
                            LOG.warn(
                                    "journal {}: the mark of a new term was not committed: {}",
                                    path,
                                    Failures.describe(failure));
                        }
                    });
        } else if (leader) {
            leader = false;
            deliver(to -> to.leadership(false, running.raft().currentTerm()));
        }
    }

    /** Runs on the library's thread, or on the starting thread during the first part of the replay. */
    private final class Delivery implements CommittedEntries.Receiver {
        @Override
        public void committed(long index, Frame frame) {
            if (!frame.isEpoch()) {
                deliver(to -> to.committed(index, frame.payload()));
            }
            committed = index;
            RaftStack running = stack;
            boolean ownEpoch = frame.isEpoch()
                    && running != null
                    && running.raft().isLeader()
                    && frame.term() == running.raft().currentTerm();
            if (ownEpoch) {
                term = frame.term();
                leader = true;
                deliver(to -> to.leadership(true, frame.term()));
                ready.complete(null);
            }
        }

        @Override
        public void failed(Throwable cause) {
            halt(cause);
        }
    }

    private interface Message {
        void to(Listener listener);
    }

    private void deliver(Message message) {
        Listener to = listener;
        if (to != null) {
            synchronized (delivery) {
                message.to(to);
            }
        }
    }

    private void halt(Throwable cause) {
        // While closing, whatever is still under way fails on closed files.
        if (closed || !halted.compareAndSet(null, cause)) {
            return;
        }
        LOG.error("journal {}: stops: {}", path, Failures.describe(cause), cause);
        leader = false;
        boolean starting = ready.completeExceptionally(cause);
        appends.end(stopped());
        if (!starting) {
            events.execute(() -> {
                deliver(to -> to.halted(cause));
                closeStack();
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
        closeStack();
        appends.end(stopped());
        JournalDirectory held = directory;
        if (held != null) {
            held.close();
        }
        events.shutdown();
    }

    private synchronized void closeStack() {
        RaftStack running = stack;
        if (running != null) {
            running.close();
        }
        try {
            RecordLog open = log;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.warn("journal {}: not closed cleanly: {}", path, Failures.describe(e));
        }
    }
}
