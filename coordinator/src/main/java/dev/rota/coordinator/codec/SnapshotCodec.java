package dev.rota.coordinator.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.wire.journal.v1.SnapshotRecord;
import dev.rota.wire.journal.v1.StateRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Everything that is committed, to and from the bytes of a snapshot. */
public final class SnapshotCodec {
    /** Biggest content before compression: some fifty times what a busy installation has, and less than the heap it is read into. */
    public static final int MAX_CONTENT_BYTES = 256 << 20;

    private SnapshotCodec() {}

    /**
     * The snapshot's bytes. Equal states give equal bytes on every member that runs the same Java; on another one the same content may
     * be compressed otherwise.
     *
     * @throws IllegalStateException when the state is bigger than what {@link #decode} takes
     */
    public static byte[] encode(CoordinatorState state) {
        ByteString.Output compressed = ByteString.newOutput();
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(compressed, deflater, 1 << 16)) {
            BoundedOutput content = new BoundedOutput(deflating, MAX_CONTENT_BYTES);
            StateCodec.write(state, content);
            deflating.finish();
            return SnapshotRecord.newBuilder()
                    .setFormat(Formats.of(state))
                    .setContentBytes(content.written())
                    .setContent(compressed.toByteString())
                    .build()
                    .toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }

    /**
     * The state of these bytes.
     *
     * @throws IllegalArgumentException when they are no snapshot this version can read
     */
    public static CoordinatorState decode(byte[] bytes) {
        SnapshotRecord r;
        try {
            r = SnapshotRecord.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a snapshot: " + e.getMessage(), e);
        }
        if (r.getFormat() < 1 || r.getFormat() > Formats.NEWEST) {
            throw new IllegalArgumentException("snapshot of format " + Integer.toUnsignedString(r.getFormat())
                    + ", this version reads up to " + Formats.NEWEST);
        }
        if (Long.compareUnsigned(r.getContentBytes(), MAX_CONTENT_BYTES) > 0) {
            throw new IllegalArgumentException("the snapshot holds " + Long.toUnsignedString(r.getContentBytes())
                    + " bytes, more than the " + MAX_CONTENT_BYTES + " that are read");
        }
        try {
            return StateCodec.decode(content(r));
        } catch (IOException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("the snapshot is damaged: " + e.getMessage(), e);
        }
    }

    private static StateRecord content(SnapshotRecord r) throws IOException {
        try (InputStream inflating = new InflaterInputStream(r.getContent().newInput());
                BoundedInput content = new BoundedInput(inflating, r.getContentBytes())) {
            StateRecord state = StateRecord.parseFrom(content);
            if (content.left() > 0) {
                throw new IOException("it ends " + content.left() + " bytes early");
            }
            return state;
        }
    }
}
