package dev.rota.coordinator.journal;

/** What the leader knows of another member's log. */
final class Progress {
    /** Records that may be on their way without an answer. */
    private static final long MAX_UNANSWERED = 4096;

    /** A snapshot takes this many times longer to answer than records. */
    private static final int SNAPSHOT_PATIENCE = 50;

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
        return certain ? next - match <= MAX_UNANSWERED : !asked;
    }

    /** Whether nothing was sent for so long that an answer would be here. */
    boolean silent(long nowNanos, long forNanos) {
        return nowNanos - sentNanos >= (installing ? SNAPSHOT_PATIENCE * forNanos : forNanos);
    }

    /** A snapshot was sent. */
    void installing(long nowNanos) {
        certain = false;
        asked = true;
        installing = true;
        sentNanos = nowNanos;
    }

    /** Records up to {@code last} were sent. */
    void sent(long last, long nowNanos) {
        asked = true;
        sentNanos = nowNanos;
        if (certain) {
            next = Math.max(next, last + 1);
        }
    }

    /** It has confirmed. */
    void matches(long index, long itsCommitted) {
        match = Math.max(match, index);
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
        certain = false;
        asked = false;
        installing = false;
    }

    /** No answer came: what was sent may be lost. */
    void again() {
        if (certain) {
            next = match + 1;
        }
        asked = false;
        installing = false;
    }
}
