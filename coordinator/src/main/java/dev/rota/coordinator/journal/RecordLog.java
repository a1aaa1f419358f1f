package dev.rota.coordinator.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * The log of jgroups-raft on a {@link RecordFile} and {@link RaftMetadata}.
 *
 * <p>The log that comes with the library hides failed writes and damaged records. This one stops for good at the first failure:
 * it tells its owner, and refuses everything after. It knows no snapshots and never shrinks at the front.
 */
final class RecordLog implements Log {
    private final RecordFile records;
    private final RaftMetadata metadata;
    private final Consumer<Throwable> onFailure;
    private @Nullable Throwable failure;

    private RecordLog(RecordFile records, RaftMetadata metadata, Consumer<Throwable> onFailure) {
        this.records = records;
        this.metadata = metadata;
        this.onFailure = onFailure;
    }

    /**
     * Opens and checks both files; {@code onFailure} is called once, on the thread that met the failure.
     *
     * @throws DamagedJournalException when what is committed cannot be read
     */
    static RecordLog open(LogFile.Opener files, Consumer<Throwable> onFailure) throws IOException {
        LogFile term = files.open("term");
        try {
            RaftMetadata metadata = RaftMetadata.open(term);
            LogFile records = files.open("records");
            try {
                return new RecordLog(RecordFile.open(records, metadata.mark()), metadata, onFailure);
            } catch (IOException | RuntimeException e) {
                records.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            term.close();
            throw e;
        }
    }

    @Override
    public void init(String name, Map<String, String> arguments) {
        throw unsupported("is opened by its owner");
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
        throw unsupported("is never deleted");
    }

    @Override
    public synchronized long currentTerm() {
        return metadata.term();
    }

    @Override
    public Log currentTerm(long term) {
        return run(() -> {
            if (term != metadata.term()) {
                metadata.write(term, null);
            }
        });
    }

    @Override
    public synchronized @Nullable Address votedFor() {
        byte[] vote = metadata.vote();
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
        return run(() -> {
            byte[] vote = member == null ? null : toBytes(member);
            if (!Arrays.equals(vote, metadata.vote())) {
                metadata.write(metadata.term(), vote);
            }
        });
    }

    @Override
    public synchronized long commitIndex() {
        return metadata.mark();
    }

    @Override
    public Log commitIndex(long index) {
        return run(() -> {
            if (index > metadata.mark()) {
                metadata.mark(Math.min(index, records.last()));
            }
        });
    }

    /** 0: nothing was ever cut off at the front. */
    @Override
    public long firstAppended() {
        return 0;
    }

    @Override
    public synchronized long lastAppended() {
        return records.last();
    }

    @Override
    public synchronized long append(long index, LogEntries entries) {
        run(() -> {
            if (index <= metadata.mark() || index > records.last() + 1) {
                throw new IOException("record " + index + " does not follow " + records.last() + " (committed: "
                        + metadata.mark() + ")");
            }
            if (index <= records.last()) {
                records.cutFrom(index);
            }
            records.append(toRecords(entries));
        });
        return records.last();
    }

    @Override
    public synchronized @Nullable LogEntry get(long index) {
        if (index < 1 || index > records.last()) {
            return null;
        }
        try {
            requireHealthy();
            RecordFile.Entry e = records.read(index);
            return new LogEntry(e.term(), e.payload(), 0, e.payload().length, e.internal());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void deleteAllEntriesStartingFrom(long index) {
        run(() -> {
            if (index <= metadata.mark()) {
                throw new IOException("record " + index + " is committed and cannot be removed");
            }
            if (index <= records.last()) {
                records.cutFrom(index);
            }
        });
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer, long from, long to) {
        for (long i = Math.max(1, from); i <= Math.min(to, lastAppended()); i++) {
            consumer.accept(get(i), i);
        }
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer) {
        forEach(consumer, 1, lastAppended());
    }

    @Override
    public long sizeInBytes() {
        return records.bytes();
    }

    @Override
    public void setSnapshot(ByteBuffer snapshot) {
        throw unsupported("has no snapshots");
    }

    @Override
    public @Nullable ByteBuffer getSnapshot() {
        return null;
    }

    @Override
    public void truncate(long index) {
        throw unsupported("has no snapshots");
    }

    @Override
    public void reinitializeTo(long index, LogEntry entry) {
        throw unsupported("has no snapshots");
    }

    @Override
    public synchronized void close() throws IOException {
        try (metadata) {
            records.close();
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private synchronized Log run(Write write) {
        try {
            requireHealthy();
            write.run();
            return this;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("the journal has stopped", failure);
        }
    }

    private UncheckedIOException failed(IOException cause) {
        failure = cause;
        onFailure.accept(cause);
        return new UncheckedIOException(cause);
    }

    private static List<RecordFile.Entry> toRecords(LogEntries entries) {
        List<RecordFile.Entry> result = new ArrayList<>();
        for (LogEntry e : entries) {
            byte[] payload = Arrays.copyOfRange(e.command(), e.offset(), e.offset() + e.length());
            result.add(new RecordFile.Entry(e.term(), e.internal(), payload));
        }
        return result;
    }

    private static byte[] toBytes(Address address) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeAddress(address, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static UnsupportedOperationException unsupported(String why) {
        return new UnsupportedOperationException("the journal " + why);
    }
}
