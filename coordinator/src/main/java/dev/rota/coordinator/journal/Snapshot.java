package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The state after all entries up to an index, in the place of these entries.
 *
 * <p>Format: eight bytes {@code ROTASNP} and the format's version; CRC-32C of all that follows (4); index (8), term (8), length of the
 * roster (4), {@link Roster}, length of the state (4), state.
 *
 * @param index of the last entry it contains
 * @param term of that entry
 * @param roster who votes after that entry
 * @param state what the listener wrote; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is ever compared
record Snapshot(long index, long term, Roster roster, byte[] state) {
    private static final byte[] MAGIC = "ROTASNP\u0001".getBytes(StandardCharsets.ISO_8859_1);
    private static final String FILE = "snapshot";
    private static final String NEW = "snapshot.new";

    byte[] toBytes() {
        byte[] voters = roster.toBytes();
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 4 + 8 + 8 + 4 + voters.length + 4 + state.length);
        out.put(MAGIC).putInt(0).putLong(index).putLong(term);
        out.putInt(voters.length).put(voters).putInt(state.length).put(state);
        out.putInt(MAGIC.length, checksum(out.array()));
        return out.array();
    }

    /** Reads what {@link #toBytes} has written; {@code from} begins every message. */
    static Snapshot parse(byte[] bytes, String from) throws IOException {
        boolean whole = bytes.length > MAGIC.length + 4;
        if (whole && !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new DamagedJournalException(from + ": not a snapshot of this format");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!whole || in.getInt(MAGIC.length) != checksum(bytes)) {
            throw new DamagedJournalException(from + ": the snapshot is damaged (checksum)");
        }
        in.position(MAGIC.length + 4);
        return new Snapshot(in.getLong(), in.getLong(), Roster.parse(ByteBuffer.wrap(part(in))), part(in));
    }

    private static byte[] part(ByteBuffer in) {
        byte[] part = new byte[in.getInt()];
        in.get(part);
        return part;
    }

    /** The stored snapshot, if there is one. What is left of one that was not finished is removed. */
    static Optional<Snapshot> load(JournalFiles files) throws IOException {
        files.delete(NEW);
        if (!files.names().contains(FILE)) {
            return Optional.empty();
        }
        try (LogFile file = files.open(FILE)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(bytes, 0);
            return Optional.of(parse(bytes, file.name()));
        }
    }

    /** Stores it durably in the place of the one before: afterwards, whatever happens, there is the one or the other. */
    void store(JournalFiles files) throws IOException {
        files.delete(NEW);
        try (LogFile file = files.open(NEW)) {
            file.write(toBytes(), 0);
            file.sync();
        }
        files.rename(NEW, FILE);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, MAGIC.length + 4, bytes.length - MAGIC.length - 4);
        return (int) crc.getValue();
    }
}
