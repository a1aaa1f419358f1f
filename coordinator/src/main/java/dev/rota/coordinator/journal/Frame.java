package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a record of the log holds: an entry of the runtime, or the mark a new leader sets at the beginning of its term. */
final class Frame {
    private static final byte VERSION = 1;
    private static final byte EPOCH = 0;
    private static final byte ENTRY = 1;
    private static final int HEADER_BYTES = 2;

    private final byte kind;
    private final byte[] payload;

    private Frame(byte kind, byte[] payload) {
        this.kind = kind;
        this.payload = payload;
    }

    static Frame entry(byte[] payload) {
        return new Frame(ENTRY, payload);
    }

    static Frame epoch(long term) {
        return new Frame(EPOCH, ByteBuffer.allocate(Long.BYTES).putLong(term).array());
    }

    boolean isEpoch() {
        return kind == EPOCH;
    }

    /** The term of an epoch. */
    long term() {
        return ByteBuffer.wrap(payload).getLong();
    }

    /** The bytes of an entry. */
    byte[] payload() {
        return payload;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put(VERSION)
                .put(kind)
                .put(payload)
                .array();
    }

    static Frame parse(byte[] data, int offset, int length) throws IOException {
        if (length < HEADER_BYTES || data[offset] != VERSION) {
            throw new IOException("a journal record has the format " + (length == 0 ? "(none)" : data[offset])
                    + ", this version of Rota reads " + VERSION + "; start the version that wrote it");
        }
        byte kind = data[offset + 1];
        boolean known = kind == ENTRY || (kind == EPOCH && length == HEADER_BYTES + Long.BYTES);
        if (!known) {
            throw new IOException(
                    "a journal record has the unknown kind " + kind + "; start the version that wrote it");
        }
        return new Frame(kind, Arrays.copyOfRange(data, offset + HEADER_BYTES, offset + length));
    }
}
