package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the log: numbered, checksummed records without gaps, then zeros up to the size that was reserved, so that an append
 * neither grows the file nor finds the disk full.
 *
 * <p>Format: eight bytes {@code ROTAJRN} and the format's version; then for each record its payload's length (4, at least 1), CRC-32C
 * of all the rest of the record and the length (4), index (8), term (8), flags (1, always 0), payload.
 *
 * <p>Used by one thread at a time.
 */
final class Segment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
    private static final byte[] MAGIC = "ROTAJRN\u0001".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER_BYTES = 4 + 4 + 8 + 8 + 1;
    // Only to recognise a damaged length; entries are bounded by JournalLimits long before.
    private static final int MAX_PAYLOAD_BYTES = 64 << 20;
    private static final int ZEROS = 1 << 16;

    private final LogFile file;
    private final long first;
    private long[] positions = new long[256];
    private long[] terms = new long[256];
    private long end;
    private long last;
    private long size;

    private Segment(LogFile file, long first) {
        this.file = file;
        this.first = first;
        this.last = first - 1;
    }

    /** Begins an empty file for the records from {@code first} on, with at least so many bytes reserved for them. */
    static Segment create(LogFile file, long first, long bytes) throws IOException {
        Segment segment = new Segment(file, first);
        file.truncate(0);
        file.write(MAGIC, 0);
        segment.end = MAGIC.length;
        segment.size = MAGIC.length;
        segment.zeros(MAGIC.length + bytes);
        file.sync();
        return segment;
    }

    /**
     * Takes over a file and checks every record. What follows the last good record is cleared when no record up to {@code committed}
     * is missed: it was never acknowledged.
     *
     * @throws DamagedJournalException when a record up to {@code committed} is missing or damaged and nothing later in the log
     *     replaces it
     */
    static Segment open(LogFile file, long first, long committed) throws IOException {
        Segment segment = new Segment(file, first);
        segment.scan(committed);
        return segment;
    }

    /**
     * Writes the records again, durably. What was read after a start may come from the memory of a machine whose disk never had it: a
     * write that was not synced, or whose sync has failed.
     */
    void rewrite() throws IOException {
        byte[] chunk = new byte[ZEROS];
        for (long at = 0; at < end; at += chunk.length) {
            byte[] part = at + chunk.length <= end ? chunk : new byte[(int) (end - at)];
            readFully(part, at);
            file.write(part, at);
        }
        file.sync();
    }

    /** Bytes a record takes. */
    static long bytes(LogRecord record) {
        return (long) HEADER_BYTES + record.payload().length;
    }

    private void scan(long committed) throws IOException {
        size = file.size();
        byte[] magic = new byte[(int) Math.min(size, MAGIC.length)];
        readFully(magic, 0);
        boolean torn = committed < first
                && (Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))
                        || Arrays.equals(magic, new byte[magic.length]));
        if (!Arrays.equals(magic, MAGIC)) {
            if (!torn) {
                throw new DamagedJournalException(file.name() + ": not a journal of this format");
            }
            // The loss of power came before the first record.
            file.truncate(0);
            file.write(MAGIC, 0);
            file.sync();
            size = MAGIC.length;
        }
        end = MAGIC.length;
        String damage = "";
        while (end < size && damage.isEmpty()) {
            damage = accept(end, size);
        }
        if (last < committed && !damage.isEmpty()) {
            throw missing(committed, damage);
        }
        clearRest(damage);
    }

    /** Says that a committed record is not there. */
    DamagedJournalException missing(long committed, String damage) {
        return new DamagedJournalException(file.name() + ": record " + (last + 1) + " at byte " + end + " is " + damage
                + ", but " + committed + " records are committed");
    }

    /** Behind the records nothing may stand that could be taken for one later. */
    private void clearRest(String damage) throws IOException {
        byte[] chunk = new byte[ZEROS];
        for (long at = end; at < size; at += chunk.length) {
            int count = (int) Math.min(chunk.length, size - at);
            file.read(chunk, at);
            for (int i = 0; i < count; i++) {
                if (chunk[i] != 0) {
                    LOG.warn(
                            "{}: clearing {} bytes of records that were never acknowledged ({})",
                            file.name(),
                            size - end,
                            damage.isEmpty() ? "behind the end" : damage);
                    wipe();
                    return;
                }
            }
        }
    }

    private void wipe() throws IOException {
        long reserved = size;
        file.truncate(end);
        size = end;
        zeros(reserved);
        file.sync();
    }

    private void zeros(long upTo) throws IOException {
        while (size < upTo) {
            int count = (int) Math.min(ZEROS, upTo - size);
            file.write(new byte[count], size);
            size += count;
        }
    }

    /** Takes the record at {@code position} into the index; otherwise says what is wrong with it. */
    private String accept(long position, long size) throws IOException {
        if (position + HEADER_BYTES > size) {
            return "missing";
        }
        ByteBuffer header = header(position);
        int length = header.getInt(0);
        if (length == 0 && header.getLong(8) == 0) {
            return "missing";
        }
        if (length < 1 || length > MAX_PAYLOAD_BYTES) {
            return "damaged (length " + length + ")";
        }
        if (position + HEADER_BYTES + length > size) {
            return "incomplete";
        }
        byte[] payload = payload(position, length);
        if (checksum(header, payload) != header.getInt(4)) {
            return "damaged (checksum)";
        }
        if (header.getLong(8) != last + 1) {
            return "damaged (index " + header.getLong(8) + ")";
        }
        add(position, header.getLong(16), HEADER_BYTES + length);
        return "";
    }

    /** Whether so many bytes of records fit into what is reserved. */
    boolean fits(long bytes) {
        return end + bytes <= size;
    }

    /** Appends the records after the last one and makes them durable; all of them or, after an exception, an unknown part. */
    void append(List<LogRecord> records) throws IOException {
        int total = records.stream()
                .mapToInt(r -> HEADER_BYTES + r.payload().length)
                .reduce(0, Math::addExact);
        ByteBuffer out = ByteBuffer.allocate(total);
        long index = last;
        for (LogRecord r : records) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            header.putInt(0, r.payload().length).putLong(8, ++index).putLong(16, r.term());
            header.putInt(4, checksum(header, r.payload()));
            out.put(header).put(r.payload());
        }
        file.write(out.array(), end);
        file.sync();
        size = Math.max(size, end + total);
        records.forEach(r -> add(end, r.term(), HEADER_BYTES + r.payload().length));
    }

    /** Reads and checks one record; the index must be from {@link #first()} to {@link #last()}. */
    LogRecord read(long index) throws IOException {
        long position = positions[slot(index)];
        ByteBuffer header = header(position);
        byte[] payload = payload(position, header.getInt(0));
        if (header.getLong(8) != index || checksum(header, payload) != header.getInt(4)) {
            throw new DamagedJournalException(
                    file.name() + ": record " + index + " at byte " + position + " is damaged");
        }
        return new LogRecord(header.getLong(16), payload);
    }

    /** The term of a record; the index must be from {@link #first()} to {@link #last()}. */
    long term(long index) {
        return terms[slot(index)];
    }

    /** Bytes of the record's payload; the index must be from {@link #first()} to {@link #last()}. */
    long payloadBytes(long index) {
        long next = index == last ? end : positions[slot(index + 1)];
        return next - positions[slot(index)] - HEADER_BYTES;
    }

    /** Removes the records from {@code index} on. */
    void cutFrom(long index) throws IOException {
        if (index <= last) {
            end = positions[slot(index)];
            last = index - 1;
            wipe();
        }
    }

    /** Index of the first record, whether there is one or not. */
    long first() {
        return first;
    }

    /** Index of the last record; one less than the first when there is none. */
    long last() {
        return last;
    }

    /** Bytes in use. */
    long bytes() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int slot(long index) {
        return Math.toIntExact(index - first);
    }

    private void add(long position, long term, int bytes) {
        int slot = slot(++last);
        if (slot == positions.length) {
            positions = Arrays.copyOf(positions, 2 * slot);
            terms = Arrays.copyOf(terms, 2 * slot);
        }
        positions[slot] = position;
        terms[slot] = term;
        end = position + bytes;
    }

    private ByteBuffer header(long position) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        readFully(header, position);
        return ByteBuffer.wrap(header);
    }

    private byte[] payload(long position, int length) throws IOException {
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new DamagedJournalException(
                    file.name() + ": record at byte " + position + " is damaged (length " + length + ")");
        }
        byte[] payload = new byte[length];
        readFully(payload, position + HEADER_BYTES);
        return payload;
    }

    private static int checksum(ByteBuffer header, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, 4));
        crc.update(header.slice(8, HEADER_BYTES - 8));
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }

    private void readFully(byte[] into, long position) throws IOException {
        if (file.read(into, position) < into.length) {
            throw new DamagedJournalException(file.name() + ": ends before byte " + (position + into.length));
        }
    }
}
