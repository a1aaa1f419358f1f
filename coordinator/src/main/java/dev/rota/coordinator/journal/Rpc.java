package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What members tell each other about their logs, each with the sender's term.
 *
 * <p>Format: version (1), kind (1), term (8), then the fields in order; a list begins with its length (4), bytes with theirs (4). A
 * later version may add bytes at the end; they are ignored.
 */
sealed interface Rpc {
    /** The sender's term. */
    long term();

    /**
     * The leader's records behind one that the receiver should have.
     *
     * @param previous index of the record before
     * @param previousTerm its term
     * @param committed what the leader knows to be committed
     */
    record Append(long term, long previous, long previousTerm, long committed, List<LogRecord> records) implements Rpc {
        public Append {
            records = List.copyOf(records);
        }
    }

    /**
     * The answer to an append or a snapshot.
     *
     * @param matches whether the receiver's log is the leader's up to {@code index}; otherwise the leader should try again behind it
     * @param committed what the receiver knows to be committed
     */
    record Reply(long term, boolean matches, long index, long committed) implements Rpc {}

    /** The leader's snapshot, for a member that needs records the leader no longer has. */
    record Install(long term, Snapshot snapshot) implements Rpc {}

    /** The leader gives up its place: the receiver is to have a new one elected. */
    record Elect(long term) implements Rpc {}

    /**
     * Who the sender is; goes to everybody new, and is not about a term.
     *
     * @param incarnation made with the sender's data directory: another directory is another member, whatever its name
     * @param configured who the sender's configuration says the members are
     * @param roster who votes as far as the sender knows that it is committed; {@link Roster#NONE} before the first start of all
     * @param newest the last list in the sender's log, committed or not
     */
    record Introduction(long term, String incarnation, List<String> configured, Roster roster, Roster newest)
            implements Rpc {
        public Introduction {
            configured = List.copyOf(configured);
        }
    }

    /** The message as bytes. */
    default byte[] toBytes() {
        return Bytes.of(this);
    }

    /**
     * Reads what {@link #toBytes} has written.
     *
     * @throws IOException when it is of another version or makes no sense
     */
    static Rpc parse(ByteBuffer in, String from) throws IOException {
        return Bytes.parse(in, from);
    }

    /** The format. */
    final class Bytes {
        private static final byte VERSION = 1;
        private static final byte APPEND = 1;
        private static final byte REPLY = 2;
        private static final byte INSTALL = 3;
        private static final byte ELECT = 4;
        private static final byte INTRODUCTION = 5;
        private static final int FIXED = 1 + 1 + 8;

        private Bytes() {}

        @SuppressWarnings("ByteBufferBackingArray") // it is allocated right here
        private static ByteBuffer begin(byte kind, long term, int rest) {
            return ByteBuffer.allocate(FIXED + rest).put(VERSION).put(kind).putLong(term);
        }

        @SuppressWarnings("ByteBufferBackingArray") // as above
        static byte[] of(Rpc rpc) {
            if (rpc instanceof Append a) {
                int size = a.records().stream()
                        .mapToInt(r -> 8 + 4 + r.payload().length)
                        .sum();
                ByteBuffer out = begin(APPEND, a.term(), 8 + 8 + 8 + 4 + size)
                        .putLong(a.previous())
                        .putLong(a.previousTerm())
                        .putLong(a.committed())
                        .putInt(a.records().size());
                a.records()
                        .forEach(r ->
                                out.putLong(r.term()).putInt(r.payload().length).put(r.payload()));
                return out.array();
            } else if (rpc instanceof Reply r) {
                return begin(REPLY, r.term(), 1 + 8 + 8)
                        .put((byte) (r.matches() ? 1 : 0))
                        .putLong(r.index())
                        .putLong(r.committed())
                        .array();
            } else if (rpc instanceof Install i) {
                byte[] snapshot = i.snapshot().toBytes();
                return begin(INSTALL, i.term(), 4 + snapshot.length)
                        .putInt(snapshot.length)
                        .put(snapshot)
                        .array();
            }
            if (rpc instanceof Introduction i) {
                byte[] incarnation = i.incarnation().getBytes(StandardCharsets.UTF_8);
                byte[] configured = String.join(",", i.configured()).getBytes(StandardCharsets.UTF_8);
                byte[] roster = i.roster().toBytes();
                byte[] newest = i.newest().toBytes();
                int size = 16 + incarnation.length + configured.length + roster.length + newest.length;
                return begin(INTRODUCTION, i.term(), size)
                        .putInt(incarnation.length)
                        .put(incarnation)
                        .putInt(configured.length)
                        .put(configured)
                        .putInt(roster.length)
                        .put(roster)
                        .putInt(newest.length)
                        .put(newest)
                        .array();
            }
            ByteBuffer out = ByteBuffer.allocate(FIXED);
            return out.put(VERSION).put(ELECT).putLong(rpc.term()).array();
        }

        static Rpc parse(ByteBuffer in, String from) throws IOException {
            try {
                byte version = in.get();
                byte kind = in.get();
                long term = in.getLong();
                if (version != VERSION) {
                    throw new IOException("coordinator " + from + " speaks version " + version
                            + " of the journal's protocol, this one " + VERSION + "; run the same release on both");
                }
                return switch (kind) {
                    case APPEND -> new Append(term, in.getLong(), in.getLong(), in.getLong(), records(in));
                    case REPLY -> new Reply(term, in.get() != 0, in.getLong(), in.getLong());
                    case INSTALL -> new Install(term, Snapshot.parse(bytes(in), "a snapshot from " + from));
                    case INTRODUCTION ->
                        new Introduction(
                                term,
                                text(in),
                                List.of(text(in).split(",", -1)),
                                Roster.parse(ByteBuffer.wrap(bytes(in))),
                                Roster.parse(ByteBuffer.wrap(bytes(in))));
                    case ELECT -> new Elect(term);
                    default ->
                        throw new IOException("coordinator " + from + " sent a message of the unknown kind " + kind);
                };
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                throw new IOException("coordinator " + from + " sent a message that makes no sense", e);
            }
        }

        private static List<LogRecord> records(ByteBuffer in) {
            int count = in.getInt();
            List<LogRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(new LogRecord(in.getLong(), bytes(in)));
            }
            return records;
        }

        private static String text(ByteBuffer in) {
            return new String(bytes(in), StandardCharsets.UTF_8);
        }

        private static byte[] bytes(ByteBuffer in) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }
    }
}
