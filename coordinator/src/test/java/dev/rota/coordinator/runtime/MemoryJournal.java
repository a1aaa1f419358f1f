package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A journal that keeps its entries in a list, which outlives it, and whose members and leader are what the test says. Begins as the leader c1, alone. */
public final class MemoryJournal implements Journal {
    private static final String OWN = "c1";

    private final List<byte[]> entries;
    private final List<String> changes = new ArrayList<>();
    private volatile List<Member> members = List.of(new Member(OWN, Role.LEADER, true, OptionalLong.empty()));
    private volatile Optional<JournalException> barrierFailure = Optional.empty();
    private volatile String leader = OWN;
    private final Deque<Append> undecided = new ArrayDeque<>();
    private boolean slow;
    private long term;
    private @Nullable Listener listener;

    /** A journal of these entries. */
    public MemoryJournal(List<byte[]> entries, long term) {
        this.entries = entries;
        this.term = term;
    }

    private static final class Append {
        private final byte[] entry;
        private final CompletableFuture<Long> index = new CompletableFuture<>();

        Append(byte[] entry) {
            this.entry = entry;
        }
    }

    /** From now on appends are decided when the test says so. */
    public synchronized void slow() {
        slow = true;
    }

    /** How many appends are not decided. */
    public synchronized int undecided() {
        return undecided.size();
    }

    /** Commits the oldest append that is not decided. */
    public synchronized void commitOldest() {
        Append oldest = undecided.remove();
        receive(oldest.entry);
        oldest.index.complete((long) entries.size());
    }

    /** Gives up the oldest append that is not decided; it will not be committed. */
    public synchronized void dropOldest(JournalException why) {
        undecided.remove().index.completeExceptionally(why);
    }

    /** Another member leads from now on; empty: nobody does. */
    public void lose(String to) {
        leader = to;
        tell(false);
    }

    /** This member leads a new term from now on. */
    public synchronized void lead() {
        term++;
        leader = OWN;
        tell(true);
    }

    /** What another leader has committed. */
    public synchronized void receive(byte[] entry) {
        entries.add(entry);
        if (listener != null) {
            listener.committed(entries.size(), entry);
        }
    }

    /** From now on these are the members. */
    public void members(List<Member> all) {
        members = List.copyOf(all);
    }

    /** From now on barriers fail; empty: they hold again. */
    public void barriersFail(Optional<JournalException> why) {
        barrierFailure = why;
    }

    /** What was asked for: {@code add c4}, {@code remove c2}, {@code step down}. */
    public List<String> changes() {
        return changes;
    }

    private void tell(boolean leads) {
        Listener l = listener;
        if (l != null) {
            l.leadership(leads, term);
        }
    }

    @Override
    public synchronized void start(Listener l) {
        listener = l;
        for (int i = 0; i < entries.size(); i++) {
            l.committed(i + 1, entries.get(i));
        }
        l.leadership(leader(), term);
    }

    @Override
    public synchronized CompletionStage<Long> append(byte[] entry) {
        if (!leader()) {
            return CompletableFuture.failedFuture(new NotLeaderException(leader));
        }
        if (slow) {
            Append append = new Append(entry);
            undecided.add(append);
            return append.index;
        }
        receive(entry);
        return CompletableFuture.completedFuture((long) entries.size());
    }

    @Override
    public boolean leader() {
        return leader.equals(OWN);
    }

    @Override
    public synchronized long term() {
        return term;
    }

    @Override
    public String leaderName() {
        return leader;
    }

    @Override
    public synchronized long committedIndex() {
        return entries.size();
    }

    @Override
    public CompletionStage<Void> barrier() {
        if (!leader()) {
            return CompletableFuture.failedFuture(new NotLeaderException(leader));
        }
        return barrierFailure
                .<CompletionStage<Void>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public CompletionStage<Void> addMember(String name) {
        return done("add " + name);
    }

    @Override
    public CompletionStage<Void> removeMember(String name) {
        return done("remove " + name);
    }

    @Override
    public CompletionStage<Void> stepDown() {
        return done("step down");
    }

    private synchronized CompletionStage<Void> done(String change) {
        changes.add(change);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}

    public static List<byte[]> empty() {
        return new ArrayList<>();
    }
}
