package dev.rota.load.xmpp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts for all sessions together. */
final class Tally {
    final LongAdder logins = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder disconnects = new LongAdder();
    final LongAdder authFailures = new LongAdder();
    final LongAdder connectFailures = new LongAdder();
    final LongAdder bounced = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final AtomicLong reconnectMaxMs = new AtomicLong();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    void reconnected(Duration after) {
        reconnectMaxMs.accumulateAndGet(after.toMillis(), Math::max);
    }

    void sent(String id) {
        underway.add(id);
        sent.increment();
    }

    void received(String id) {
        (underway.remove(id) ? received : duplicates).increment();
    }

    /** Messages that have been sent and have not arrived yet. */
    int underway() {
        return underway.size();
    }

    XmppFigures figures(int sessions) {
        return new XmppFigures(
                sessions,
                logins.sum(),
                resumed.sum(),
                disconnects.sum(),
                authFailures.sum(),
                connectFailures.sum(),
                reconnectMaxMs.get(),
                sent.sum(),
                received.sum(),
                duplicates.sum(),
                bounced.sum(),
                underway.size());
    }
}
