package dev.rota.coordinator.journal;

import java.io.DataInput;
import java.io.DataOutput;
import java.nio.ByteBuffer;
import org.jgroups.raft.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * Hands committed records over in their order.
 *
 * <p>The library counts a record as applied even when applying it has thrown, and goes on with the next. So everything thrown is
 * caught here, reported once, and nothing is handed over any more: a state that has missed an entry must not live on.
 */
final class CommittedEntries implements StateMachine {
    /** Receives the records; called by one thread at a time. */
    interface Receiver {
        void committed(long index, Frame frame);

        void failed(Throwable cause);
    }

    private final Receiver receiver;
    private long index;
    private @Nullable Throwable failure;

    CommittedEntries(Receiver receiver) {
        this.receiver = receiver;
    }

    /** The index of the record, as eight bytes: it is what the append completes with. */
    @Override
    public synchronized byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) throws Exception {
        index++;
        if (failure != null) {
            throw new IllegalStateException("the journal has stopped", failure);
        }
        try {
            receiver.committed(index, Frame.parse(data, offset, length));
            return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
        } catch (Throwable t) {
            failure = t;
            receiver.failed(t);
            throw t;
        }
    }

    /** Never reached: the log has no snapshot to read from. */
    @Override
    public void readContentFrom(DataInput in) {
        throw new UnsupportedOperationException("the journal has no snapshots");
    }

    /** Never reached: the size that triggers a snapshot is unlimited and nobody asks for one. */
    @Override
    public void writeContentTo(DataOutput out) {
        throw new UnsupportedOperationException("the journal has no snapshots");
    }
}
