package dev.rota.coordinator.sim;

/** An entry of the replicated log; an epoch, by which a leader begins its term, has no bytes. */
final class LogEntry {
    private final long term;
    private final byte[] bytes;

    LogEntry(long term, byte[] bytes) {
        this.term = term;
        this.bytes = bytes;
    }

    static LogEntry epoch(long term) {
        return new LogEntry(term, new byte[0]);
    }

    boolean isEpoch() {
        return bytes.length == 0;
    }

    long term() {
        return term;
    }

    byte[] bytes() {
        return bytes;
    }
}
