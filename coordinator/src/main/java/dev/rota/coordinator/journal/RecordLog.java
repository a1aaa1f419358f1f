package dev.rota.coordinator.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one member, its last snapshot, and what it must remember about terms and votes; all on {@link JournalFiles}.
 *
 * <p>Whatever returns without an exception is durable, except {@link #commit}. After an exception nothing more may be asked of it:
 * what is on disk is only known again after it was opened anew. Used by one thread at a time.
 */
final class RecordLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
    private static final String FIRST = "records";
    private static final String LATER = FIRST + "-";

    private final JournalFiles files;
    private final RaftMetadata metadata;
    private final long segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable Snapshot snapshot;

    private RecordLog(JournalFiles files, RaftMetadata metadata, long segmentBytes) {
        this.files = files;
        this.metadata = metadata;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Opens and checks everything.
     *
     * @param segmentBytes what is reserved for records at a time
     * @throws DamagedJournalException when what is committed cannot be read
     */
    static RecordLog open(JournalFiles files, long segmentBytes) throws IOException {
        RecordLog log = new RecordLog(files, RaftMetadata.open(files.open("term")), segmentBytes);
        try {
            log.load();
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private void load() throws IOException {
        snapshot = Snapshot.load(files).orElse(null);
        long base = snapshotIndex();
        long committed = Math.max(metadata.mark(), base);
        List<Long> firsts = firsts();
        if (metadata.term() == 0 && (base > 0 || !firsts.isEmpty())) {
            // Both are written in a term that was recorded before. Without it this member could vote a second time.
            throw new DamagedJournalException("term: the file is missing or empty beside "
                    + (base > 0 ? "a snapshot of " + base + " records" : file(firsts.get(0))));
        }
        for (int i = 0; i < firsts.size(); i++) {
            long first = firsts.get(i);
            boolean older = i + 1 < firsts.size() && firsts.get(i + 1) <= base + 1;
            if (older) {
                // All its records are in the snapshot; a crash came before it was removed.
                files.delete(file(first));
                continue;
            }
            Segment before = segments.peekLast();
            if (before == null ? first > base + 1 : first != before.last() + 1) {
                throw new DamagedJournalException(file(first) + ": begins with record " + first
                        + ", but the last one before it is " + (before == null ? base : before.last()));
            }
            // All of an older file was durable before the next one was begun; what is in the snapshot need not be here.
            long needed = i + 1 < firsts.size() ? firsts.get(i + 1) - 1 : committed > base ? committed : 0;
            segments.add(Segment.open(files.open(file(first)), first, needed));
        }
        Segment newest = segments.peekLast();
        if (newest != null && newest.last() < base) {
            // The snapshot came from another member, and a crash before the records were removed.
            restart(base);
        } else if (newest == null && base > 0) {
            restart(base);
        }
        if (last() < committed) {
            throw newest == null
                    ? new DamagedJournalException(
                            "records: the file is missing, but " + committed + " records are committed")
                    : newest.missing(committed, "missing");
        }
        Segment open = segments.peekLast();
        if (open != null) {
            open.rewrite();
        }
    }

    private List<Long> firsts() throws IOException {
        List<Long> firsts = new ArrayList<>();
        for (String name : files.names()) {
            if (name.equals(FIRST)) {
                firsts.add(1L);
            } else if (name.startsWith(LATER)
                    && name.substring(LATER.length()).chars().allMatch(Character::isDigit)) {
                firsts.add(Long.parseLong(name.substring(LATER.length())));
            }
        }
        firsts.sort(null);
        return firsts;
    }

    private static String file(long first) {
        return first == 1 ? FIRST : LATER + String.format("%019d", first);
    }

    /** The last term this member has seen. */
    long currentTerm() {
        return metadata.term();
    }

    /** The member voted for in the current term, as JGroups writes addresses; null when there is none. */
    byte @Nullable [] vote() {
        return metadata.vote();
    }

    void vote(long term, byte @Nullable [] vote) throws IOException {
        metadata.write(term, vote);
    }

    /** All records up to here are known to be committed; after a loss of power it may be lower than it was. */
    long committed() {
        return Math.max(metadata.mark(), snapshotIndex());
    }

    /** Remembers that the records up to here are committed; not durable by itself. */
    void commit(long index) throws IOException {
        if (index > metadata.mark()) {
            metadata.mark(index);
        }
    }

    Optional<Snapshot> snapshot() {
        return Optional.ofNullable(snapshot);
    }

    /** Index of the last entry the snapshot contains; 0 when there is no snapshot. */
    long snapshotIndex() {
        Snapshot s = snapshot;
        return s == null ? 0 : s.index();
    }

    /** Index of the last record, or of the snapshot when there is none behind it; 0 when the log is empty. */
    long last() {
        Segment newest = segments.peekLast();
        return newest == null ? snapshotIndex() : Math.max(newest.last(), snapshotIndex());
    }

    long lastTerm() {
        return term(last());
    }

    /** The term of the record; 0 at index 0, and -1 when this log does not have it (any more). */
    long term(long index) {
        Snapshot s = snapshot;
        if (index == 0) {
            return 0;
        } else if (s != null && index == s.index()) {
            return s.term();
        }
        Segment segment = find(index);
        return segment == null ? -1 : segment.term(index);
    }

    /** Whether this log has the record itself. */
    boolean has(long index) {
        return find(index) != null;
    }

    /**
     * The record.
     *
     * @throws DamagedJournalException when it cannot be read as it was written
     */
    LogRecord read(long index) throws IOException {
        Segment segment = find(index);
        if (segment == null) {
            throw new DamagedJournalException("record " + index + " is not in the journal");
        }
        return segment.read(index);
    }

    /** The records from an index on: at least one where there is one, then no more than so many bytes of payload. */
    List<LogRecord> read(long from, int maxCount, long maxBytes) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        long bytes = 0;
        for (long i = from; i <= last() && records.size() < maxCount; i++) {
            Segment segment = find(i);
            if (segment == null || (!records.isEmpty() && bytes + segment.payloadBytes(i) > maxBytes)) {
                break;
            }
            records.add(segment.read(i));
            bytes += segment.payloadBytes(i);
        }
        return records;
    }

    private @Nullable Segment find(long index) {
        for (var newestFirst = segments.descendingIterator(); newestFirst.hasNext(); ) {
            Segment segment = newestFirst.next();
            if (index >= segment.first()) {
                return index <= segment.last() ? segment : null;
            }
        }
        return null;
    }

    /** Appends behind the last record. */
    void append(List<LogRecord> records) throws IOException {
        long bytes = records.stream().mapToLong(Segment::bytes).sum();
        Segment newest = segments.peekLast();
        if (newest == null || !newest.fits(bytes)) {
            if (newest != null && newest.last() < newest.first()) {
                // Begun and never filled; the new one has the same name.
                remove(segments.removeLast());
            }
            newest = begin(last() + 1, bytes);
        }
        newest.append(records);
    }

    private Segment begin(long first, long bytes) throws IOException {
        Segment segment = Segment.create(files.open(file(first)), first, Math.max(segmentBytes, bytes));
        segments.add(segment);
        return segment;
    }

    /** Removes the records from {@code index} on, which must not be committed. */
    void cutFrom(long index) throws IOException {
        if (index <= committed()) {
            throw new IOException("record " + index + " is committed and cannot be removed");
        }
        for (Segment newest = segments.peekLast();
                newest != null && newest.first() >= index && newest.first() > 1;
                newest = segments.peekLast()) {
            remove(segments.removeLast());
        }
        Segment newest = segments.peekLast();
        if (newest != null) {
            newest.cutFrom(index);
        }
    }

    /** Keeps a snapshot of this member's own state and lets go of records that are in it; some may stay for members that lag. */
    void save(Snapshot taken) throws IOException {
        taken.store(files);
        snapshot = taken;
        for (Segment oldest = segments.peekFirst();
                oldest != null && segments.size() > 1 && oldest.last() < taken.index();
                oldest = segments.peekFirst()) {
            remove(segments.removeFirst());
        }
    }

    /** Takes over another member's snapshot; all records go. */
    void install(Snapshot received) throws IOException {
        received.store(files);
        snapshot = received;
        restart(received.index());
    }

    private void restart(long index) throws IOException {
        while (!segments.isEmpty()) {
            remove(segments.removeLast());
        }
        begin(index + 1, segmentBytes);
    }

    private void remove(Segment segment) throws IOException {
        LOG.debug("records {} to {} are removed", segment.first(), segment.last());
        segment.close();
        files.delete(file(segment.first()));
    }

    /** Bytes of records. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Segment segment : segments) {
            try {
                segment.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        metadata.close();
        if (failure != null) {
            throw failure;
        }
    }
}
