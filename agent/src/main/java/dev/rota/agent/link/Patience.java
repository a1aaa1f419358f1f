package dev.rota.agent.link;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long the agent waits for a coordinator that says nothing. One that hangs keeps its connections open, so only its silence tells; how
 * soon depends on when it was asked last, not on how often it is asked. One that is slow, say because thousands of agents have come back
 * to it at once, is given more time with every try, so that they do not make it slower still. Used by the link's thread.
 */
final class Patience {
    /** How often to look. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The wait for a welcome or for the answer to a heartbeat; doubled twice at most. */
    static final Duration FIRST = Duration.ofSeconds(4);

    private static final int MOST_DOUBLED = 2;
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private long askedNanos;
    private boolean waiting;
    private int late;

    Patience(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long an answer may take now. */
    Duration limit() {
        return FIRST.multipliedBy(1L << Math.min(late, MOST_DOUBLED));
    }

    /** A connection begins. */
    void begin() {
        waiting = false;
    }

    /** A heartbeat is sent. */
    void asked() {
        if (!waiting) {
            waiting = true;
            askedNanos = nanos.getAsLong();
        }
    }

    /** The coordinator has said something, which answers a heartbeat. */
    void heard() {
        if (waiting && nanos.getAsLong() - askedNanos < PROMPT.toNanos()) {
            late = 0;
        }
        waiting = false;
    }

    /** The connection is given up because no answer has come; the next one is given more time. */
    void gaveUp() {
        late++;
    }

    /** Why the connection is to be given up, if it is. */
    Optional<String> lost() {
        Duration limit = limit();
        return waiting && nanos.getAsLong() - askedNanos > limit.toNanos()
                ? Optional.of("a heartbeat was not answered within " + limit.toSeconds() + "s")
                : Optional.empty();
    }
}
