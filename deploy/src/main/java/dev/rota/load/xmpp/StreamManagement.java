package dev.rota.load.xmpp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The counting of XEP-0198 on the client's side: what the server has not acknowledged yet, and how much of the server's has been
 * handled. Safe for use by several threads.
 */
final class StreamManagement {
    /** Counters on the wire wrap at 2^32. */
    private static final long WRAP = 1L << 32;

    private final Deque<String> backlog = new ArrayDeque<>();
    private final Deque<String> unacknowledged = new ArrayDeque<>();
    private long acknowledged;
    private long handled;
    private String resumption = "";

    /** A new session begins to count; what was not acknowledged in the one before is to be sent again. */
    synchronized void begin() {
        unacknowledged.stream().filter(s -> !s.startsWith("<presence")).forEach(backlog::add);
        unacknowledged.clear();
        acknowledged = 0;
        handled = 0;
        resumption = "";
    }

    /** The next stanza to be sent again, now counted as sent in this session. */
    synchronized Optional<String> nextOfBacklog() {
        Optional<String> next = Optional.ofNullable(backlog.poll());
        next.ifPresent(unacknowledged::add);
        return next;
    }

    /** The server lets this session be resumed under that id; empty: it cannot be resumed. */
    synchronized void resumableAs(String id) {
        resumption = id;
    }

    /** Id of the session that can be resumed, empty if there is none. */
    synchronized String resumption() {
        return resumption;
    }

    /** A stanza is about to be sent. */
    synchronized void sent(String stanza) {
        unacknowledged.add(stanza);
    }

    /** The server has handled that many of our stanzas. */
    synchronized void acknowledged(long count) {
        long more = Math.floorMod(count - acknowledged, WRAP);
        // A count beyond what was sent would be the server's error; it then has everything.
        for (long i = 0; i < more && !unacknowledged.isEmpty(); i++) {
            unacknowledged.remove();
        }
        acknowledged = count;
    }

    /** What the server has not acknowledged, oldest first. */
    synchronized List<String> unacknowledged() {
        return List.copyOf(unacknowledged);
    }

    /** A stanza of the server was handled. */
    synchronized void received() {
        handled = (handled + 1) % WRAP;
    }

    /** How many stanzas of the server were handled. */
    synchronized long handled() {
        return handled;
    }
}
