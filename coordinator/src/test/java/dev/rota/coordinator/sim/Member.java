package dev.rota.coordinator.sim;

import dev.rota.coordinator.port.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One member of the replicated log: what it has on disk, what it believes, and whether it can be reached. */
final class Member {
    final String name;
    /** On disk, with {@link #term} and {@link #committed}. */
    final List<LogEntry> log = new ArrayList<>();

    long term;
    int committed;
    boolean up;
    boolean frozen;
    /** Reasons why the other members cannot be reached. */
    int isolations;

    boolean leads;
    String leader = "";
    /** How many entries this life of the process has handed to its listener. */
    int delivered;

    boolean catchingUp;
    private Optional<Snapshot> snapshot = Optional.empty();
    Optional<Journal.Listener> listener = Optional.empty();

    private static final class Snapshot {
        private final int delivered;
        private final byte[] bytes;

        Snapshot(int delivered, byte[] bytes) {
            this.delivered = delivered;
            this.bytes = bytes;
        }

        int delivered() {
            return delivered;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    Member(String name, List<LogEntry> history) {
        this.name = name;
        log.addAll(history);
        committed = log.size();
        term = history.isEmpty() ? 0 : history.get(history.size() - 1).term();
    }

    /** Takes part in what the members do together. */
    boolean available() {
        return up && !frozen && isolations == 0;
    }

    /** Keeps a snapshot of what was applied. */
    void snapshot() {
        listener.ifPresent(l -> snapshot = Optional.of(new Snapshot(delivered, l.snapshot())));
    }

    /** A new life begins with the last snapshot, if there is one. */
    void restore() {
        snapshot.ifPresent(this::install);
    }

    /** Goes on from another member's state instead of applying what leads to it. */
    void install(Member leading) {
        leading.listener.ifPresent(l -> install(new Snapshot(leading.delivered, l.snapshot())));
    }

    private void install(Snapshot s) {
        listener.ifPresent(l -> l.restore(s.bytes()));
        delivered = s.delivered();
    }

    /** The process is gone; what is on disk stays. */
    void dies() {
        up = false;
        frozen = false;
        leads = false;
        leader = "";
        delivered = 0;
        listener = Optional.empty();
    }

    /** Whether its log is at least as new as the other's: what lets a voter grant its vote. */
    boolean upToDate(Member voter) {
        long mine = last();
        long theirs = voter.last();
        return mine > theirs || (mine == theirs && log.size() >= voter.log.size());
    }

    private long last() {
        return log.isEmpty() ? 0 : log.get(log.size() - 1).term();
    }

    /** Makes its log that of the leader; what no majority has goes. */
    void follow(Member leading) {
        int same = Math.min(log.size(), leading.log.size());
        while (same > 0 && !log.get(same - 1).equals(leading.log.get(same - 1))) {
            same--;
        }
        if (same < committed) {
            throw new Breach("journal", name + " would lose committed entries to " + leading.name);
        }
        log.subList(same, log.size()).clear();
        log.addAll(leading.log.subList(same, leading.log.size()));
        term = leading.term;
        leader = leading.name;
    }
}
