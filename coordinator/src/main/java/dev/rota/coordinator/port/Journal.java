package dev.rota.coordinator.port;

import java.util.List;
import java.util.OptionalLong;
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
     * Appends an entry. Several may be under way; they are committed in the order of the calls.
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

    /**
     * Makes sure that reading the state now misses nothing that was committed before this call, by whichever leader.
     *
     * @return completes once that is so; fails with {@link NotLeaderException} when this member does not lead, and with
     *     {@link JournalException} when no majority confirms in time that it still does
     */
    CompletionStage<Void> barrier();

    /** All members by name, as they are committed, then those that only listen. */
    List<Member> members();

    /**
     * Lets a member that listens vote from now on; nothing happens when it does already.
     *
     * @return completes once that is committed; fails as {@link #append} does, and when the member is not connected
     */
    CompletionStage<Void> addMember(String name);

    /**
     * Takes a member's vote away; nothing happens when it has none. A leader that removes itself steps down.
     *
     * @return completes once that is committed; fails as {@link #append} does, and when it is the last member
     */
    CompletionStage<Void> removeMember(String name);

    /**
     * Gives the leadership to another member.
     *
     * @return completes once this member does not lead any more; fails when it does not lead or is alone
     */
    CompletionStage<Void> stepDown();

    /**
     * A member, as this one sees it.
     *
     * @param connected whether it can be reached; always true for this member itself
     * @param behind how many entries it has not confirmed yet; empty unless this member leads and the other is connected
     */
    record Member(String name, Role role, boolean connected, OptionalLong behind) {}

    /** What a member does. */
    enum Role {
        LEADER("leader"),
        FOLLOWER("follower"),
        /** Receives everything and does not vote. */
        LEARNER("learner");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The word for operators and JSON. */
        public String label() {
            return label;
        }
    }

    /** Stops without leaving anything behind that a later start would miss. Outstanding appends fail. Idempotent. */
    @Override
    void close();

    /** Receives what the journal has to tell. Never called by two threads at once; must not block for long. */
    interface Listener {
        /** An entry is committed. Called in the order of the indices, during the replay as well. */
        void committed(long index, byte[] entry);

        /** The state after the last entry that was handed over, as bytes that {@link #restore} understands. */
        byte[] snapshot();

        /** Replaces the state by one that {@link #snapshot} of any member has written; later entries follow. */
        void restore(byte[] snapshot);

        /** This member has become the leader of {@code term}, or is not (or no longer) the leader. */
        void leadership(boolean leader, long term);

        /** The journal has stopped for good; nothing is committed any more. Called at most once. */
        void halted(Throwable cause);
    }
}
