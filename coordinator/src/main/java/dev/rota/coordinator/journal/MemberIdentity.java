package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Whose journal a directory holds, and with whom it was begun. A member of another name, or one whose directory was lost, is another
 * member.
 *
 * <p>Format: eight bytes {@code ROTAMBR} and the format's version; CRC-32C of all that follows (4); then length (4) and bytes of the
 * name, the incarnation and the {@link Roster}.
 *
 * @param name of the member, as configured
 * @param incarnation made with the directory
 * @param roster who voted when the journal was begun; later changes stand in the journal itself
 */
record MemberIdentity(String name, String incarnation, Roster roster) {
    private static final byte[] MAGIC = "ROTAMBR\u0001".getBytes(StandardCharsets.ISO_8859_1);
    /** Its file in the journal's directory. */
    static final String FILE = "member";

    private static final String NEW = "member.new";

    /**
     * The directory's identity; a new one where there is none yet.
     *
     * @param incarnation for a new one
     * @throws JournalException when the directory is another member's
     */
    static MemberIdentity open(JournalFiles files, String name, String incarnation, String path)
            throws IOException, JournalException {
        files.delete(NEW);
        if (!files.names().contains(FILE)) {
            MemberIdentity made = new MemberIdentity(name, incarnation, Roster.NONE);
            made.store(files);
            return made;
        }
        try (LogFile file = files.open(FILE)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(bytes, 0);
            MemberIdentity found = parse(bytes, file.name());
            if (!found.name.equals(name)) {
                throw new JournalException("journal " + path + ": belongs to coordinator " + found.name
                        + ", this one is called " + name + "; give this one its own data directory, or its old name");
            }
            return found;
        }
    }

    MemberIdentity begun(Roster with) {
        return new MemberIdentity(name, incarnation, with);
    }

    /** Stores it durably in the place of the one before. */
    void store(JournalFiles files) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] incarnationBytes = incarnation.getBytes(StandardCharsets.UTF_8);
        byte[] rosterBytes = roster.toBytes();
        ByteBuffer out = ByteBuffer.allocate(
                MAGIC.length + 4 + 12 + nameBytes.length + incarnationBytes.length + rosterBytes.length);
        out.put(MAGIC).putInt(0);
        out.putInt(nameBytes.length).put(nameBytes);
        out.putInt(incarnationBytes.length).put(incarnationBytes);
        out.putInt(rosterBytes.length).put(rosterBytes);
        out.putInt(MAGIC.length, checksum(out.array()));
        files.delete(NEW);
        try (LogFile file = files.open(NEW)) {
            file.write(out.array(), 0);
            file.sync();
        }
        files.rename(NEW, FILE);
    }

    private static MemberIdentity parse(byte[] bytes, String from) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean whole =
                bytes.length > MAGIC.length + 4 && in.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
        if (!whole || in.getInt(MAGIC.length) != checksum(bytes)) {
            throw new DamagedJournalException(from + ": whose journal this is cannot be read");
        }
        in.position(MAGIC.length + 4);
        return new MemberIdentity(
                new String(part(in), StandardCharsets.UTF_8),
                new String(part(in), StandardCharsets.UTF_8),
                Roster.parse(ByteBuffer.wrap(part(in))));
    }

    private static byte[] part(ByteBuffer in) {
        byte[] part = new byte[in.getInt()];
        in.get(part);
        return part;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, MAGIC.length + 4, bytes.length - MAGIC.length - 4);
        return (int) crc.getValue();
    }
}
