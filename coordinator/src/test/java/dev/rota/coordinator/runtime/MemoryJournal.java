package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A journal of one member that keeps its entries in a list, which outlives it. */
public final class MemoryJournal implements Journal {
    private final List<byte[]> entries;
    private final long term;
    private @Nullable Listener listener;

    /** A journal of these entries. */
    public MemoryJournal(List<byte[]> entries, long term) {
        this.entries = entries;
        this.term = term;
    }

    @Override
    public synchronized void start(Listener l) {
        listener = l;
        for (int i = 0; i < entries.size(); i++) {
            l.committed(i + 1, entries.get(i));
        }
        l.leadership(true, term);
    }

    @Override
    public synchronized CompletionStage<Long> append(byte[] entry) {
        entries.add(entry);
        long index = entries.size();
        if (listener != null) {
            listener.committed(index, entry);
        }
        return CompletableFuture.completedFuture(index);
    }

    @Override
    public boolean leader() {
        return true;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public String leaderName() {
        return "c1";
    }

    @Override
    public synchronized long committedIndex() {
        return entries.size();
    }

    @Override
    public CompletionStage<Void> barrier() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Member> members() {
        return List.of(new Member("c1", Role.LEADER, true, OptionalLong.empty()));
    }

    @Override
    public CompletionStage<Void> addMember(String name) {
        return CompletableFuture.failedFuture(new JournalException("a journal in memory has one member"));
    }

    @Override
    public CompletionStage<Void> removeMember(String name) {
        return addMember(name);
    }

    @Override
    public CompletionStage<Void> stepDown() {
        return addMember("");
    }

    @Override
    public void close() {}

    public static List<byte[]> empty() {
        return new ArrayList<>();
    }
}
