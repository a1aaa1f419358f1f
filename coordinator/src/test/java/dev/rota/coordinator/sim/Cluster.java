package dev.rota.coordinator.sim;

import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The replicated log behind the coordinators' journals: terms, elections, commits by a majority. A leader that does not know yet
 * that it was deposed can append nothing; what it could not get to a majority is kept or lost as the next election decides.
 */
final class Cluster {
    private static final int STEP_DOWN_MS = 10_000;
    private static final int PROMPT_PERCENT = 85;
    private static final int SNAPSHOT_EVERY = 40;
    /** A member that lacks more entries than this gets the leader's state instead. */
    private static final int INSTALLED_BEHIND = 12;

    private final Schedule schedule;
    private final List<Member> members;
    private final BiConsumer<Member, Integer> applied;
    private boolean delivering;
    private boolean firstOfTerm;

    /** {@code applied} is told of every entry a member has applied. */
    Cluster(Schedule schedule, List<Member> members, BiConsumer<Member, Integer> applied) {
        this.schedule = schedule;
        this.members = List.copyOf(members);
        this.applied = applied;
    }

    private int majority() {
        return members.size() / 2 + 1;
    }

    /** The leader that can get something committed. */
    Optional<Member> leader() {
        List<Member> there = there();
        return there.size() < majority()
                ? Optional.empty()
                : there.stream()
                        .filter(m -> m.leads && there.stream().allMatch(o -> o.term <= m.term))
                        .findFirst();
    }

    private List<Member> there() {
        return members.stream().filter(Member::available).toList();
    }

    /** Whether the entry that is being applied, or foreseen by the leader, is one of the first two behind an epoch. */
    boolean firstOfTerm() {
        return delivering
                ? firstOfTerm
                : leader().filter(m -> firstOfTerm(m, m.log.size())).isPresent();
    }

    private static boolean firstOfTerm(Member m, int position) {
        return epoch(m, position - 1) || epoch(m, position - 2);
    }

    /** The term a member that is stopped will find when it goes on. */
    long nextTerm() {
        return members.stream().mapToLong(m -> m.term).max().orElse(0) + 1;
    }

    /** Appends an entry; the answer is its index, once it is committed and applied by this member. */
    long append(Member m, byte[] bytes) throws JournalException {
        List<Member> others = others(m);
        m.log.add(new LogEntry(m.term, bytes));
        if (others.size() + 1 < majority()) {
            throw JournalException.unknownOutcome("no majority answers", null);
        }
        int prompt = schedule.random(others.size());
        for (int i = 0; i < others.size(); i++) {
            if (i == prompt || schedule.chance(PROMPT_PERCENT)) {
                follow(others.get(i), m);
            }
            catchUpLater(others.get(i));
        }
        m.committed = m.log.size();
        deliver(m);
        return m.committed;
    }

    /** Appends an entry that {@code copies} others get; the answer never reaches this member. */
    void appendUnheard(Member m, byte[] bytes, int copies) throws JournalException {
        List<Member> others = others(m);
        m.log.add(new LogEntry(m.term, bytes));
        others.stream().limit(copies).forEach(o -> follow(o, m));
    }

    /** The mistake of a leader that takes an entry for committed before another member has it. */
    long appendAlone(Member m, byte[] bytes) throws JournalException {
        List<Member> others = others(m);
        m.log.add(new LogEntry(m.term, bytes));
        m.committed = m.log.size();
        m.delivered = m.committed;
        m.listener.ifPresent(l -> l.committed(m.committed, bytes));
        others.forEach(this::catchUpLater);
        return m.committed;
    }

    /** Those that follow this member, if it is a leader, and nobody has told it yet that it no longer is. */
    private List<Member> others(Member m) throws JournalException {
        if (!m.leads) {
            throw new NotLeaderException(m.leader);
        }
        List<Member> others =
                m.available() ? there().stream().filter(o -> o != m).toList() : List.of();
        if (others.stream().anyMatch(o -> o.term > m.term)) {
            stepDown(m);
            throw JournalException.unknownOutcome(m.name + " was deposed", null);
        }
        return others;
    }

    /** Somebody has gone, come back, or cannot be reached any more. */
    void changed() {
        schedule.in(500 + schedule.random(4_500), () -> elect(Optional.empty()));
        for (Member m : members) {
            if (m.up) {
                schedule.in(200 + schedule.random(4_000), () -> catchUp(m));
            }
        }
    }

    /** Another member takes over although nothing has failed. */
    void change(Member from) {
        schedule.in(1, () -> elect(Optional.of(from)));
    }

    private void elect(Optional<Member> not) {
        Optional<Member> leading = leader();
        List<Member> there = there();
        if (there.size() < majority() || (leading.isPresent() && !leading.equals(not))) {
            return;
        }
        List<Member> candidates = new ArrayList<>();
        for (Member c : there) {
            boolean wanted = not.isEmpty() || c != not.get();
            if (wanted && there.stream().filter(c::upToDate).count() >= majority()) {
                candidates.add(c);
            }
        }
        if (!candidates.isEmpty()) {
            lead(candidates.get(schedule.random(candidates.size())), there);
        }
    }

    private void lead(Member m, List<Member> voters) {
        long term = nextTerm();
        m.term = term;
        m.leader = m.name;
        m.log.add(LogEntry.epoch(term));
        for (Member v : voters) {
            if (v != m) {
                follow(v, m);
                catchUpLater(v);
            }
        }
        m.committed = m.log.size();
        deliver(m);
        m.leads = true;
        m.listener.ifPresent(l -> l.leadership(true, term));
    }

    private void follow(Member m, Member leading) {
        stepDown(m);
        m.follow(leading);
    }

    private void stepDown(Member m) {
        if (m.leads) {
            m.leads = false;
            m.leader = "";
            m.listener.ifPresent(l -> l.leadership(false, m.term));
        }
    }

    /** A leader that reaches nobody gives up after a while. */
    void isolate(Member m, long forMs) {
        m.isolations++;
        changed();
        schedule.in(STEP_DOWN_MS, () -> {
            if (m.isolations > 0 && m.up && !m.frozen) {
                stepDown(m);
            }
        });
        schedule.in(forMs, () -> {
            m.isolations--;
            changed();
        });
    }

    private void catchUpLater(Member m) {
        if (!m.catchingUp) {
            m.catchingUp = true;
            schedule.in(1 + schedule.random(300), () -> {
                m.catchingUp = false;
                catchUp(m);
            });
        }
    }

    private void catchUp(Member m) {
        Optional<Member> leading = leader();
        if (leading.isEmpty() || !m.available()) {
            return;
        }
        Member l = leading.get();
        if (m != l) {
            follow(m, l);
        }
        commitTail(l);
        m.committed = l.committed;
        if (l.delivered - m.delivered > INSTALLED_BEHIND) {
            m.install(l);
        }
        deliver(m);
    }

    /** What a leader could not get to a majority it commits when the majority is back. */
    private void commitTail(Member l) {
        if (l.committed < l.log.size()) {
            there().stream().filter(o -> o != l).forEach(o -> follow(o, l));
            l.committed = l.log.size();
            deliver(l);
        }
    }

    private static boolean epoch(Member m, int position) {
        return position >= 0 && m.log.get(position).isEpoch();
    }

    /** Hands what is committed to the member's listener. */
    void deliver(Member m) {
        while (m.delivered < m.committed) {
            LogEntry e = m.log.get(m.delivered);
            firstOfTerm = firstOfTerm(m, m.delivered);
            m.delivered++;
            if (!e.isEpoch() && m.listener.isPresent()) {
                delivering = true;
                m.listener.get().committed(m.delivered, e.bytes());
                delivering = false;
                applied.accept(m, m.delivered);
            }
            if (m.delivered % SNAPSHOT_EVERY == 0) {
                m.snapshot();
            }
        }
    }
}
