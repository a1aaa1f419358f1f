package dev.rota.coordinator.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jgroups.Address;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * What the election of jgroups-raft has to know of a {@link RecordLog}: term, vote and where the log ends. Everything that changes
 * records goes past the library, and is refused here.
 *
 * <p>The library hides failed writes. Here each is reported once, and everything after it refused. Always called with
 * {@link SafeRaft}'s lock held.
 */
final class LibraryLog implements Log {
    private final RecordLog records;
    private final Consumer<Throwable> onFailure;

    LibraryLog(RecordLog records, Consumer<Throwable> onFailure) {
        this.records = records;
        this.onFailure = onFailure;
    }

    @Override
    public void init(String name, Map<String, String> arguments) {
        throw refused();
    }

    /** Always on. */
    @Override
    public boolean useFsync() {
        return true;
    }

    @Override
    public Log useFsync(boolean ignored) {
        return this;
    }

    @Override
    public void delete() {
        throw refused();
    }

    @Override
    public long currentTerm() {
        return records.currentTerm();
    }

    @Override
    public Log currentTerm(long term) {
        if (term != records.currentTerm()) {
            write(() -> records.vote(term, null));
        }
        return this;
    }

    @Override
    public @Nullable Address votedFor() {
        byte[] vote = records.vote();
        if (vote == null) {
            return null;
        }
        try {
            return Util.readAddress(new DataInputStream(new ByteArrayInputStream(vote)));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the journal's vote cannot be read", e);
        }
    }

    @Override
    public Log votedFor(@Nullable Address member) {
        write(() -> {
            byte[] vote = member == null ? null : toBytes(member);
            if (!Arrays.equals(vote, records.vote())) {
                records.vote(records.currentTerm(), vote);
            }
        });
        return this;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            onFailure.accept(e);
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] toBytes(Address address) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeAddress(address, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    public long commitIndex() {
        return records.committed();
    }

    @Override
    public Log commitIndex(long ignored) {
        throw refused();
    }

    @Override
    public long firstAppended() {
        return records.snapshotIndex();
    }

    @Override
    public long lastAppended() {
        return records.last();
    }

    /** Without its bytes: the election looks at the term only. */
    @Override
    public @Nullable LogEntry get(long index) {
        long term = records.term(index);
        return index < 1 || term < 0 ? null : new LogEntry(term, new byte[0]);
    }

    @Override
    public long append(long index, LogEntries entries) {
        throw refused();
    }

    @Override
    public void deleteAllEntriesStartingFrom(long index) {
        throw refused();
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer, long from, long to) {
        throw refused();
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer) {
        throw refused();
    }

    @Override
    public long sizeInBytes() {
        return records.bytes();
    }

    @Override
    public void setSnapshot(ByteBuffer snapshot) {
        throw refused();
    }

    @Override
    public @Nullable ByteBuffer getSnapshot() {
        return null;
    }

    @Override
    public void truncate(long index) {
        throw refused();
    }

    @Override
    public void reinitializeTo(long index, LogEntry entry) {
        throw refused();
    }

    /** The owner closes the records. */
    @Override
    public void close() {}

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("records are kept by SafeRaft, not by the library");
    }
}
