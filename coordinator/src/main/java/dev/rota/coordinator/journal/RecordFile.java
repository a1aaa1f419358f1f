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
 * An append-only file of numbered, checksummed records; the first has index 1, and there are no gaps.
 *
 * <p>Format: eight bytes {@code ROTAJRN} and the format's version; then for each record its payload's length (4), CRC-32C of all
 * the rest of the record and the length (4), index (8), term (8), flags (1), payload.
 *
 * <p>Used by one thread at a time, except {@link #bytes()}.
 */
final class RecordFile implements AutoCloseable {
    /** One record. */
    static final class Entry {
        private final long term;
        private final boolean internal;
        private final byte[] payload;

        Entry(long term, boolean internal, byte[] payload) {
            this.term = term;
            this.internal = internal;
            this.payload = payload;
        }

        long term() {
            return term;
        }

        boolean internal() {
            return internal;
        }

        byte[] payload() {
            return payload;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);
    private static final byte[] MAGIC = "ROTAJRN\u0001".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER_BYTES = 4 + 4 + 8 + 8 + 1;
    // Only to recognise a damaged length; entries are bounded by JournalLimits long before.
    private static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private final LogFile file;
    private long[] positions = new long[1024];
    private volatile long end;
    private long last;

    private RecordFile(LogFile file) {
        this.file = file;
    }

    /**
     * Takes over the file and checks every record. An incomplete or damaged record is cut off with all that follows when
     * its index is behind {@code committed}: it was never acknowledged.
     *
     * @throws DamagedJournalException when a record up to {@code committed} is missing or damaged
     */
    static RecordFile open(LogFile file, long committed) throws IOException {
        RecordFile records = new RecordFile(file);
        records.scan(committed);
        return records;
    }

    private void scan(long committed) throws IOException {
        long size = file.size();
        byte[] magic = new byte[(int) Math.min(size, MAGIC.length)];
        readFully(magic, 0);
        if (magic.length < MAGIC.length && committed == 0 && Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))) {
            file.write(MAGIC, 0);
            file.sync();
            end = MAGIC.length;
            return;
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamagedJournalException(file.name() + ": not a journal of this format");
        }
        end = MAGIC.length;
        String damage = "";
        while (end < size && damage.isEmpty()) {
            damage = accept(end, size);
        }
        if (last < committed) {
            throw new DamagedJournalException(file.name() + ": record " + (last + 1) + " at byte " + end + " is "
                    + (damage.isEmpty() ? "missing" : damage) + ", but " + committed + " records are committed");
        }
        if (end < size) {
            LOG.warn(
                    "{}: cutting off {} bytes of a record that was never acknowledged ({})",
                    file.name(),
                    size - end,
                    damage);
            file.truncate(end);
        }
    }

    /** Takes the record at {@code position} into the index; otherwise says what is wrong with it. */
    private String accept(long position, long size) throws IOException {
        if (position + HEADER_BYTES > size) {
            return "incomplete";
        }
        ByteBuffer header = header(position);
        int length = header.getInt(0);
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
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
        add(position, HEADER_BYTES + length);
        return "";
    }

    /** Appends the entries after the last record and makes them durable; all of them or, after an exception, an unknown part. */
    void append(List<Entry> entries) throws IOException {
        int total = entries.stream()
                .mapToInt(e -> HEADER_BYTES + e.payload().length)
                .reduce(0, Math::addExact);
        ByteBuffer out = ByteBuffer.allocate(total);
        long index = last;
        for (Entry e : entries) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            header.putInt(0, e.payload().length).putLong(8, ++index).putLong(16, e.term());
            header.put(24, (byte) (e.internal() ? 1 : 0));
            header.putInt(4, checksum(header, e.payload()));
            out.put(header).put(e.payload());
        }
        file.write(out.array(), end);
        file.sync();
        entries.forEach(e -> add(end, HEADER_BYTES + e.payload().length));
    }

    /** Reads and checks one record; the index must be from 1 to {@link #last()}. */
    Entry read(long index) throws IOException {
        long position = positions[Math.toIntExact(index)];
        ByteBuffer header = header(position);
        byte[] payload = payload(position, header.getInt(0));
        if (header.getLong(8) != index || checksum(header, payload) != header.getInt(4)) {
            throw new DamagedJournalException(
                    file.name() + ": record " + index + " at byte " + position + " is damaged");
        }
        return new Entry(header.getLong(16), header.get(24) != 0, payload);
    }

    /** Removes the records from {@code index} on. */
    void cutFrom(long index) throws IOException {
        end = positions[Math.toIntExact(index)];
        last = index - 1;
        file.truncate(end);
    }

    /** Index of the last record, 0 when there is none. */
    long last() {
        return last;
    }

    /** Size of the file. */
    long bytes() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void add(long position, int bytes) {
        int index = Math.toIntExact(++last);
        if (index == positions.length) {
            positions = Arrays.copyOf(positions, 2 * index);
        }
        positions[index] = position;
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
