package dev.rota.agent.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The records of one step, in one file. It is made with room to spare, so that making a record durable writes its bytes and nothing
 * else: no file system has to change what it knows about the file.
 *
 * <p>Format: {@code rota-step 2} and a line feed; then for each record its payload's length (4), CRC-32C of kind and payload (4),
 * kind (1), payload; then zeros. A record that is not whole was never acted upon: it and all behind it do not count.
 */
final class StepFile {
    /** What a record holds; the last one of a kind counts. */
    enum Kind {
        ORDER(1),
        STATE(2),
        RESULT(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(k -> k.code == code).findFirst();
        }
    }

    private static final byte[] MAGIC = "rota-step 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 4 + 4 + 1;
    /** Enough for the records of most steps; what goes beyond makes the file longer. */
    private static final int ROOM_BYTES = 32 * 1024;

    private final Path path;
    /** Where the next record goes; 0: not known yet. */
    private long end;

    StepFile(Path path) {
        this.path = path;
    }

    /** Makes the file with its first record, durable but for its entry in its directory. */
    void create(byte[] order) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + HEADER_BYTES + order.length + ROOM_BYTES);
        bytes.put(MAGIC).put(record(Kind.ORDER, order));
        int used = bytes.position();
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            write(channel, bytes.position(0), 0);
            channel.force(true);
        }
        end = used;
    }

    /** Adds a record; when this returns it survives a power failure. */
    void append(Kind kind, byte[] payload) throws IOException {
        if (end == 0) {
            read();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            write(channel, record(kind, payload), end);
            channel.force(false);
        }
        end += HEADER_BYTES + payload.length;
    }

    /**
     * The newest record of each kind; none if there is no file, or one whose making was cut short.
     *
     * @throws IOException if the file cannot be read or was written by another version of the agent
     */
    Map<Kind, byte[]> read() throws IOException {
        Map<Kind, byte[]> newest = new EnumMap<>(Kind.class);
        byte[] all;
        try {
            all = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return newest;
        }
        ByteBuffer bytes = ByteBuffer.wrap(all);
        if (isUnfinished(all)) {
            return newest;
        }
        if (!Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(
                    path + " was not written by this version of the agent; start the one that wrote it, or"
                            + " move the directory away if the step is over");
        }
        bytes.position(MAGIC.length);
        while (take(bytes, newest)) {
            end = bytes.position();
        }
        return newest;
    }

    /** A file whose name reached the disk and whose content did not, or not in full. */
    private static boolean isUnfinished(byte[] all) {
        return Arrays.equals(all, new byte[all.length])
                || (all.length < MAGIC.length && Arrays.equals(all, Arrays.copyOf(MAGIC, all.length)));
    }

    /** Takes the record at the buffer's position, and says whether there was one. */
    private static boolean take(ByteBuffer bytes, Map<Kind, byte[]> newest) {
        if (bytes.remaining() < HEADER_BYTES) {
            return false;
        }
        int length = bytes.getInt();
        int checksum = bytes.getInt();
        byte code = bytes.get();
        Optional<Kind> kind = Kind.of(code);
        if (kind.isEmpty() || length < 0 || length > bytes.remaining()) {
            return false;
        }
        byte[] payload = new byte[length];
        bytes.get(payload);
        if (checksum(code, payload) != checksum) {
            return false;
        }
        newest.put(kind.get(), payload);
        return true;
    }

    private static ByteBuffer record(Kind kind, byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(kind.code, payload))
                .put(kind.code)
                .put(payload)
                .flip();
    }

    private static int checksum(byte kind, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(kind);
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
