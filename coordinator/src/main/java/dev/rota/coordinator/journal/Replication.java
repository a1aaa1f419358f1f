package dev.rota.coordinator.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the logs of all members become one: the replication of Raft (Ongaro, dissertation, sections 3.5 and 3.6), with an election that
 * somebody else holds. Neither sends nor waits nor knows a clock; used by one thread at a time, and never for a message of a term
 * other than the current one.
 *
 * <p>Every answer to an append says up to where the two logs are known to be one, and nothing else counts: neither how much a
 * follower has, nor what it has behind that.
 */
final class Replication {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    /** Records in one message. */
    private static final int MAX_RECORDS = 4000;
    /** Bytes of records in one message, where it has more than one. */
    private static final long MAX_BYTES = 1 << 20;

    /** A commit is told to others with the next records, or without any after this part of the time to send again. */
    private static final int NOTICE_PART = 30;

    /** What replication needs from the member it is part of. */
    interface Member {
        /** The names of those who vote, by the newest list in this member's log. */
        Collection<String> voters();

        /** Whether who is connected under this name is the one that votes, not another with an empty directory. */
        boolean confirms(String voter);

        /** Gives a message to the network. */
        void send(String to, Rpc message);

        /** The record stands in this member's log from now on, committed or not; called in order. */
        void appended(long index, LogRecord record) throws IOException;

        /** The records from an index on are not in this member's log any more; none of them was committed. */
        void cut(long index);

        /** The record is committed; called once for each, in order. */
        void apply(long index, LogRecord record) throws IOException;

        /** The state is the snapshot's, and nothing stands behind it in the log. */
        void restore(Snapshot snapshot) throws IOException;
    }

    private final String name;
    private final RecordLog log;
    private final Member member;
    private final long resendNanos;
    private final Map<String, Progress> others = new TreeMap<>();
    private boolean leading;
    private long term;
    private long committed;

    /**
     * Begins with what the log holds; nothing is applied yet.
     *
     * @param resendNanos after this without an answer something is sent again
     */
    Replication(String name, RecordLog log, Member member, long resendNanos) {
        this.name = name;
        this.log = log;
        this.member = member;
        this.resendNanos = resendNanos;
        this.committed = log.snapshotIndex();
    }

    /** Applies what this member knows to be committed from before its start. */
    void replay() throws IOException {
        if (log.snapshot().isPresent()) {
            member.restore(log.snapshot().get());
        }
        for (long index = log.snapshotIndex() + 1; index <= log.last(); index++) {
            member.appended(index, log.read(index));
        }
        commit(log.committed());
    }

    /** This member leads the term. */
    void lead(long newTerm, Set<String> connected) {
        leading = true;
        term = newTerm;
        others.clear();
        connected(connected);
    }

    /** This member does not lead. */
    void follow() {
        leading = false;
        others.clear();
    }

    /** Who can be reached now, this member not among them. */
    void connected(Set<String> names) {
        if (leading) {
            others.keySet().retainAll(names);
            names.forEach(n -> others.computeIfAbsent(n, k -> new Progress(log.last() + 1)));
        }
    }

    boolean leading() {
        return leading;
    }

    /** All records up to here are committed and applied. */
    long committed() {
        return committed;
    }

    /** How many records a member has not confirmed; -1 when it is not connected or this member does not lead. */
    long behind(String other) {
        Progress p = others.get(other);
        return p == null ? -1 : log.last() - p.match();
    }

    /** Whether any other has yet to learn something. */
    boolean owes() {
        return others.values().stream().anyMatch(p -> p.match() < log.last() || p.committed() < committed);
    }

    /** Appends the leader's new records and sends them out; answers the index of the first. */
    long propose(List<byte[]> payloads, long nowNanos) throws IOException {
        if (!leading) {
            throw new IllegalStateException("only a leader proposes");
        }
        List<LogRecord> records =
                payloads.stream().map(p -> new LogRecord(term, p)).toList();
        long first = log.last() + 1;
        long previousTerm = log.lastTerm();
        for (Map.Entry<String, Progress> other : others.entrySet()) {
            Progress p = other.getValue();
            boolean straight = p.certain() && p.ready() && p.next() == first && records.size() <= MAX_RECORDS;
            if (straight) {
                // On its way while this member's own disk writes.
                member.send(other.getKey(), new Rpc.Append(term, first - 1, previousTerm, committed, records));
                p.sent(first + records.size() - 1, bytes(records), nowNanos);
            }
        }
        append(records);
        advance();
        serve(nowNanos);
        return first;
    }

    private void append(List<LogRecord> records) throws IOException {
        long index = log.last();
        log.append(records);
        for (LogRecord record : records) {
            member.appended(++index, record);
        }
    }

    /** A leader's records. */
    void appended(String from, Rpc.Append a) throws IOException {
        if (leading) {
            throw new IOException("coordinators " + name + " and " + from + " both lead term " + a.term());
        }
        Rpc.Reply reply = accept(a);
        // First the answer that others wait for: what it confirms is durable.
        member.send(from, reply);
        if (reply.matches()) {
            commit(Math.min(a.committed(), reply.index()));
        }
    }

    private Rpc.Reply accept(Rpc.Append a) throws IOException {
        long known = a.previous() < log.snapshotIndex() ? a.previousTerm() : log.term(a.previous());
        if (known != a.previousTerm() && a.previous() <= committed) {
            throw new DamagedJournalException(
                    "record " + a.previous() + " is committed here in term " + known + " and at the leader in term "
                            + a.previousTerm()
                            + "; one of the journals is not of this cluster, or was replaced by an older copy of itself. Keep this"
                            + " directory: what is in it may be nowhere else");
        }
        if (known != a.previousTerm()) {
            long hint = Math.min(a.previous() - 1, log.last());
            while (known >= 0 && hint > committed && log.term(hint) == known) {
                hint--;
            }
            return new Rpc.Reply(a.term(), false, Math.max(hint, committed), committed);
        }
        long index = a.previous();
        for (int i = 0; i < a.records().size(); i++) {
            index++;
            boolean there =
                    index <= committed || log.term(index) == a.records().get(i).term();
            if (!there) {
                if (index <= log.last()) {
                    log.cutFrom(index);
                    member.cut(index);
                }
                append(a.records().subList(i, a.records().size()));
                index = a.previous() + a.records().size();
                break;
            }
        }
        return new Rpc.Reply(a.term(), true, index, committed);
    }

    /** A leader's snapshot. */
    void installed(String from, Rpc.Install i) throws IOException {
        if (leading) {
            throw new IOException("coordinators " + name + " and " + from + " both lead term " + i.term());
        }
        Snapshot s = i.snapshot();
        if (s.index() > committed && log.term(s.index()) == s.term()) {
            // This log is the leader's up to there; what stands behind may be acknowledged, and a snapshot must not
            // take it away.
            commit(s.index());
        } else if (s.index() > committed) {
            LOG.info("the snapshot of {} up to record {} is taken over", from, s.index());
            log.install(s);
            committed = s.index();
            member.restore(s);
        }
        member.send(from, new Rpc.Reply(i.term(), true, s.index(), committed));
    }

    /** Another member's answer. */
    void answered(String from, Rpc.Reply r, long nowNanos) throws IOException {
        Progress p = others.get(from);
        if (!leading || p == null) {
            return;
        }
        if (r.matches()) {
            p.matches(Math.min(r.index(), log.last()), r.committed());
            advance();
        } else {
            p.parts(r.index(), r.committed());
        }
        serve(from, p, nowNanos);
    }

    /** Sends what is due. */
    void tick(long nowNanos) throws IOException {
        for (Progress p : others.values()) {
            boolean waits = p.match() < log.last() || p.committed() < committed;
            if (waits && p.silent(nowNanos, resendNanos)) {
                p.again();
            }
        }
        if (leading) {
            // Who has confirmed before it was introduced counts from then on.
            advance();
        }
        serve(nowNanos);
    }

    private void serve(long nowNanos) throws IOException {
        for (Map.Entry<String, Progress> other : others.entrySet()) {
            serve(other.getKey(), other.getValue(), nowNanos);
        }
    }

    private void serve(String other, Progress p, long nowNanos) throws IOException {
        if (!leading || !p.ready()) {
            return;
        }
        long previous = p.next() - 1;
        long previousTerm = log.term(previous);
        boolean gone = previousTerm < 0 || (p.next() <= log.last() && !log.has(p.next()));
        if (gone) {
            member.send(other, new Rpc.Install(term, log.snapshot().orElseThrow()));
            p.installing(nowNanos);
        } else if (p.certain() && p.next() <= log.last()) {
            List<LogRecord> records = log.read(p.next(), MAX_RECORDS, MAX_BYTES);
            member.send(other, new Rpc.Append(term, previous, previousTerm, committed, records));
            p.sent(previous + records.size(), bytes(records), nowNanos);
        } else if (p.match() < log.last()
                || (p.committed() < committed && p.silent(nowNanos, resendNanos / NOTICE_PART))) {
            if (p.certain() && !p.silent(nowNanos, resendNanos / NOTICE_PART)) {
                return;
            }
            member.send(other, new Rpc.Append(term, previous, previousTerm, committed, List.of()));
            p.sent(previous, 0, nowNanos);
        }
    }

    private static long bytes(List<LogRecord> records) {
        return records.stream().mapToLong(r -> r.payload().length).sum();
    }

    /** What a majority has is committed, once it includes a record of this term (section 3.6.2). */
    private void advance() throws IOException {
        Collection<String> voters = member.voters();
        long[] has = voters.stream().mapToLong(this::confirmed).sorted().toArray();
        if (has.length == 0) {
            return;
        }
        long majority = has[(has.length - 1) / 2];
        if (majority > committed && log.term(majority) == term) {
            commit(majority);
        }
    }

    private long confirmed(String voter) {
        if (voter.equals(name)) {
            return log.last();
        }
        Progress p = others.get(voter);
        return p == null || !member.confirms(voter) ? 0 : p.match();
    }

    private void commit(long upTo) throws IOException {
        if (upTo <= committed) {
            return;
        }
        while (committed < upTo) {
            LogRecord record = log.read(committed + 1);
            committed++;
            member.apply(committed, record);
        }
        log.commit(committed);
    }

    @Override
    public String toString() {
        return name + (leading ? " leads term " + term : " follows") + ", committed " + committed + ", last "
                + log.last() + " " + Arrays.toString(others.keySet().toArray());
    }
}
