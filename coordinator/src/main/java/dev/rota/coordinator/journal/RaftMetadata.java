package dev.rota.coordinator.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Term, vote and commit mark of this member.
 *
 * <p>Term and vote are written to two slots, one after the other, each made durable before the next and both before the call returns: a
 * crash in the middle leaves one slot, and what is damaged later is still in the other, so that no vote is forgotten. The commit mark is written after the committed records are durable and not forced: after a loss of power
 * it may be too low, never too high.
 */
final class RaftMetadata implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RaftMetadata.class);

    private static final int SLOT_BYTES = 512;
    private static final int MARK_AT = 2 * SLOT_BYTES;
    private static final int MARK_BYTES = 8 + 4;
    // sequence, term, length of the vote; then the vote; then the checksum at the slot's end
    private static final int FIXED_BYTES = 8 + 8 + 4;
    private static final int MAX_VOTE_BYTES = SLOT_BYTES - FIXED_BYTES - 4;

    private final LogFile file;
    private long sequence;
    private long term;
    private byte[] vote = {};
    private long mark;

    private RaftMetadata(LogFile file) {
        this.file = file;
    }

    static RaftMetadata open(LogFile file) throws IOException {
        RaftMetadata metadata = new RaftMetadata(file);
        metadata.load();
        return metadata;
    }

    private void load() throws IOException {
        if (file.size() == 0) {
            return;
        }
        boolean first = loadSlot(0);
        boolean second = loadSlot(1);
        boolean found = first || second;
        ByteBuffer bytes = read(MARK_AT, MARK_BYTES);
        boolean marked = checksum(bytes, 8) == bytes.getInt(8);
        if (!found && (marked || file.size() >= MARK_AT)) {
            throw new DamagedJournalException(file.name() + ": neither copy of the term can be read");
        }
        mark = marked ? bytes.getLong(0) : 0;
        if (found && !(first && second)) {
            LOG.warn("{}: one of the two copies of the term cannot be read; the other one is taken", file.name());
        }
        if (found) {
            // What was read may be in the machine's memory only, after a sync that has failed.
            write(term, vote());
        }
    }

    private boolean loadSlot(int slot) throws IOException {
        ByteBuffer bytes = read(slot * SLOT_BYTES, SLOT_BYTES);
        int voteBytes = bytes.getInt(16);
        boolean valid = checksum(bytes, SLOT_BYTES - 4) == bytes.getInt(SLOT_BYTES - 4)
                && bytes.getLong(0) > 0
                && voteBytes >= 0
                && voteBytes <= MAX_VOTE_BYTES;
        if (valid && bytes.getLong(0) > sequence) {
            sequence = bytes.getLong(0);
            term = bytes.getLong(8);
            vote = new byte[voteBytes];
            bytes.get(FIXED_BYTES, vote);
        }
        return valid;
    }

    long term() {
        return term;
    }

    /** The address voted for in this term as JGroups writes it; null when there is none. */
    byte @Nullable [] vote() {
        return vote.length == 0 ? null : vote.clone();
    }

    /** All records up to here are committed. */
    long mark() {
        return mark;
    }

    void write(long newTerm, byte @Nullable [] newVote) throws IOException {
        byte[] bytes = newVote == null ? new byte[0] : newVote;
        if (bytes.length > MAX_VOTE_BYTES) {
            throw new IOException("an address of " + bytes.length + " bytes is too long");
        }
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        slot.putLong(sequence + 1).putLong(newTerm).putInt(bytes.length).put(bytes);
        slot.putInt(SLOT_BYTES - 4, checksum(slot, SLOT_BYTES - 4));
        long firstSlot = (sequence + 1) % 2;
        for (long at : new long[] {firstSlot, 1 - firstSlot}) {
            file.write(slot.array(), at * SLOT_BYTES);
            file.sync();
        }
        sequence++;
        term = newTerm;
        vote = bytes.clone();
    }

    void mark(long index) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MARK_BYTES).putLong(index);
        bytes.putInt(checksum(bytes, 8));
        file.write(bytes.array(), MARK_AT);
        mark = index;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Reads a fixed number of bytes; what is behind the end of the file reads as zero. */
    private ByteBuffer read(int position, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.read(bytes, position);
        return ByteBuffer.wrap(bytes);
    }

    private static int checksum(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, length));
        return (int) crc.getValue();
    }
}
