package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a record of the log holds: an entry of the runtime, or something of the journal itself. */
final class Frame {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 2;

    /** What it is; the number is what stands in the record. */
    enum Kind {
        /** The mark a new leader sets at the beginning of its term. */
        EPOCH(0),
        /** An entry of the runtime. */
        ENTRY(1),
        /** Who votes from here on. */
        ROSTER(2),
        /** Nothing; committed to learn whether this member still leads. */
        BARRIER(3);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }
    }

    private final Kind kind;
    private final byte[] payload;

    private Frame(Kind kind, byte[] payload) {
        this.kind = kind;
        this.payload = payload;
    }

    static Frame entry(byte[] payload) {
        return new Frame(Kind.ENTRY, payload);
    }

    static Frame epoch(long term) {
        return new Frame(
                Kind.EPOCH, ByteBuffer.allocate(Long.BYTES).putLong(term).array());
    }

    static Frame barrier() {
        return new Frame(Kind.BARRIER, new byte[0]);
    }

    static Frame roster(Roster roster) {
        return new Frame(Kind.ROSTER, roster.toBytes());
    }

    Kind kind() {
        return kind;
    }

    /** The term of an epoch. */
    long term() {
        return ByteBuffer.wrap(payload).getLong();
    }

    /** Who votes. */
    Roster roster() throws IOException {
        return Roster.parse(ByteBuffer.wrap(payload));
    }

    /** The bytes of an entry. */
    byte[] payload() {
        return payload;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put(VERSION)
                .put(kind.number)
                .put(payload)
                .array();
    }

    /** Whether the bytes are those of a list of voters. */
    static boolean isRoster(byte[] data) {
        return data.length >= HEADER_BYTES && data[1] == Kind.ROSTER.number;
    }

    static Frame parse(byte[] data) throws IOException {
        if (data.length < HEADER_BYTES || data[0] != VERSION) {
            throw new IOException("a journal record has the format " + (data.length == 0 ? "(none)" : data[0])
                    + ", this version of Rota reads " + VERSION + "; start the version that wrote it");
        }
        for (Kind kind : Kind.values()) {
            boolean whole = kind != Kind.EPOCH || data.length == HEADER_BYTES + Long.BYTES;
            if (kind.number == data[1] && whole) {
                return new Frame(kind, Arrays.copyOfRange(data, HEADER_BYTES, data.length));
            }
        }
        throw new IOException("a journal record has the unknown kind " + data[1] + "; start the version that wrote it");
    }
}
