package dev.rota.coordinator.journal;

import java.util.ArrayDeque;
import java.util.Deque;

/** What the leader knows of another member's log. */
final class Progress {
    /**
     * Bytes that may be on their way without an answer, beside one message. What a member that hangs does not read must fit into the
     * buffers of its connection: a write that waits would keep messages to the others waiting.
     */
    private static final long MAX_UNANSWERED_BYTES = 1 << 20;

    /** A snapshot takes this many times longer to answer than records. */
    private static final int SNAPSHOT_PATIENCE = 50;

    private record Sent(long last, long bytes) {}

    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private long unansweredBytes;
    private long match;
    private long next;
    private long committed;
    private boolean certain;
    private boolean asked;
    private boolean installing;
    private long sentNanos;

    /** Nothing is known but what to try first. */
    Progress(long next) {
        this.next = next;
    }

    /** Its log is the leader's up to here. */
    long match() {
        return match;
    }

    /** The record to send next. */
    long next() {
        return next;
    }

    /** What it knows to be committed. */
    long committed() {
        return committed;
    }

    /** Whether anything may be sent now; as long as it is not known where the logs part, one question at a time. */
    boolean ready() {
        return certain ? unansweredBytes < MAX_UNANSWERED_BYTES : !asked;
    }

    /** Whether the last word from it was that the logs are one up to what is sent next; otherwise a question without records is sent. */
    boolean certain() {
        return certain;
    }

    /** Whether nothing was sent for so long that an answer would be here. */
    boolean silent(long nowNanos, long forNanos) {
        return nowNanos - sentNanos >= (installing ? SNAPSHOT_PATIENCE * forNanos : forNanos);
    }

    /** A snapshot was sent. */
    void installing(long nowNanos) {
        uncertain();
        asked = true;
        installing = true;
        sentNanos = nowNanos;
    }

    /** Records up to {@code last} were sent, of so many bytes. */
    void sent(long last, long bytes, long nowNanos) {
        asked = true;
        sentNanos = nowNanos;
        if (certain) {
            next = Math.max(next, last + 1);
            unanswered.add(new Sent(last, bytes));
            unansweredBytes += bytes;
        }
    }

    /** It has confirmed. */
    void matches(long index, long itsCommitted) {
        match = Math.max(match, index);
        for (Sent oldest = unanswered.peek(); oldest != null && oldest.last() <= match; oldest = unanswered.peek()) {
            unansweredBytes -= unanswered.remove().bytes();
        }
        next = Math.max(next, match + 1);
        committed = Math.max(committed, itsCommitted);
        certain = true;
        asked = false;
        installing = false;
    }

    /** The logs part before what was sent; {@code behind} is its hint. */
    void parts(long behind, long itsCommitted) {
        next = Math.max(match + 1, Math.min(next, behind + 1));
        committed = Math.max(committed, itsCommitted);
        uncertain();
        asked = false;
    }

    /** No answer came: what was sent may be lost. */
    void again() {
        if (certain) {
            next = match + 1;
        }
        uncertain();
        asked = false;
    }

    private void uncertain() {
        certain = false;
        installing = false;
        unanswered.clear();
        unansweredBytes = 0;
    }
}
