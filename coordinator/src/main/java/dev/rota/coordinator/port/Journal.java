package dev.rota.coordinator.port;

import java.util.concurrent.CompletionStage;

/**
 * The ordered, durable log of everything the coordinator has decided.
 *
 * <p>An entry is <em>committed</em> once it can no longer be lost. Committed entries reach the listener one at a time, in the
 * order of their indices, each exactly once per start; the indices rise but need not be consecutive.
 */
public interface Journal extends AutoCloseable {
    /**
     * Joins, hands everything committed so far to the listener, then goes on with what is committed later.
     *
     * <p>Blocks until the replay is done and the role of this member is known; the wait is bounded.
     *
     * @throws JournalException when the journal cannot be opened, is in use by another process, is damaged, or the role is not
     *     known in time; the journal is closed then
     */
    void start(Listener listener) throws JournalException;

    /**
     * Appends an entry.
     *
     * @param entry kept by the journal; the caller must not change it any more
     * @return completes with the entry's index once the entry is durable, committed and handed to the listener. Fails with
     *     {@link NotLeaderException} (not appended) or {@link JournalException}; after {@link JournalException#outcomeUnknown()}
     *     the entry may still be committed, now or at a later start
     */
    CompletionStage<Long> append(byte[] entry);

    /** Whether this member may append. */
    boolean leader();

    /** The current term; rises with every change of the leader and with every restart. 0 before the first election. */
    long term();

    /** Name of the current leader; empty while there is none. */
    String leaderName();

    /** Index of the last entry that is known to be committed; 0 when there is none. */
    long committedIndex();

    /** Stops without leaving anything behind that a later start would miss. Outstanding appends fail. Idempotent. */
    @Override
    void close();

    /** Receives what the journal has to tell. Never called by two threads at once; must not block for long. */
    interface Listener {
        /** An entry is committed. Called in the order of the indices, during the replay as well. */
        void committed(long index, byte[] entry);

        /** This member has become the leader of {@code term}, or is not (or no longer) the leader. */
        void leadership(boolean leader, long term);

        /** The journal has stopped for good; nothing is committed any more. Called at most once. */
        void halted(Throwable cause);
    }
}
