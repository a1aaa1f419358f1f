package dev.rota.coordinator.sim;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.port.NotLeaderException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The journal of one life of a coordinator. Appends are decided a little later, in their order; at once when the loop waits for one. */
final class SimJournal implements Journal {
    private static final int AT_ONCE_PERCENT = 60;
    private static final int LONGEST_MS = 400;
    /** How long an append is waited for whose answer never comes. */
    private static final int TIMEOUT_MS = 10_000;

    private final Cluster cluster;
    private final dev.rota.coordinator.sim.Member member;
    private final Schedule schedule;
    private final Surroundings around;
    private final Deque<Append> undecided = new ArrayDeque<>();

    /** The process an append is made in, and what happens to it besides what the journal does. */
    interface Surroundings {
        /** Appends by {@link Cluster#append}, before or after something else goes wrong. */
        long append(byte[] entry) throws JournalException;

        /** Has the process do something after a while, unless it is dead by then. */
        void later(long ms, Runnable task);

        /** The loop waits for that long. */
        void busy(long ms);
    }

    SimJournal(Cluster cluster, dev.rota.coordinator.sim.Member member, Schedule schedule, Surroundings around) {
        this.cluster = cluster;
        this.member = member;
        this.schedule = schedule;
        this.around = around;
    }

    private static final class Append {
        private final byte[] entry;
        private final Waited<Long> index;

        Append(byte[] entry, Waited<Long> index) {
            this.entry = entry;
            this.index = index;
        }
    }

    /** What one that waits for, and for whatever follows from it, has decided at once. */
    private final class Waited<T> extends CompletableFuture<T> {
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Waited<>();
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            while (!isDone() && !undecided.isEmpty()) {
                decide(true);
            }
            if (isDone()) {
                return super.get();
            }
            throw new TimeoutException();
        }
    }

    @Override
    public void start(Listener listener) {
        member.listener = Optional.of(listener);
        member.restore();
        cluster.deliver(member);
    }

    @Override
    public CompletionStage<Long> append(byte[] entry) {
        if (!member.leads) {
            return CompletableFuture.failedFuture(new NotLeaderException(member.leader));
        }
        Append append = new Append(entry, new Waited<>());
        undecided.add(append);
        around.later(schedule.chance(AT_ONCE_PERCENT) ? 0 : schedule.random(LONGEST_MS), () -> {
            while (undecided.contains(append)) {
                decide(false);
            }
        });
        return append.index;
    }

    /** Decides the oldest append. One that cannot be decided is given up after a while; the loop waits for that or goes on. */
    private void decide(boolean awaited) {
        Append append = undecided.remove();
        try {
            append.index.complete(around.append(append.entry));
        } catch (JournalException e) {
            if (!e.outcomeUnknown()) {
                append.index.completeExceptionally(e);
            } else if (awaited) {
                around.busy(TIMEOUT_MS);
                append.index.completeExceptionally(e);
            } else {
                around.later(TIMEOUT_MS, () -> append.index.completeExceptionally(e));
            }
        }
    }

    @Override
    public boolean leader() {
        return member.leads;
    }

    /** While the process is stopped: what its journal will know by the time the rest of the loop's task is carried out. */
    @Override
    public long term() {
        return member.frozen ? cluster.nextTerm() : member.term;
    }

    @Override
    public String leaderName() {
        return member.leader;
    }

    @Override
    public long committedIndex() {
        return member.committed;
    }

    /** Nobody reads in a simulation; what is checked is what is committed. */
    @Override
    public CompletionStage<Void> barrier() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Member> members() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> addMember(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> removeMember(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> stepDown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        member.listener = Optional.empty();
    }
}
