package dev.rota.coordinator.sim;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The journal of one life of a coordinator. An append is decided at once: the real one is waited for by the loop. */
final class SimJournal implements Journal {
    private final Cluster cluster;
    private final dev.rota.coordinator.sim.Member member;
    private final Surroundings around;

    /** What happens to an append besides what the journal does. */
    interface Surroundings {
        /** Appends by {@link Cluster#append}, before or after something else goes wrong. */
        long append(byte[] entry) throws JournalException;
    }

    SimJournal(Cluster cluster, dev.rota.coordinator.sim.Member member, Surroundings around) {
        this.cluster = cluster;
        this.member = member;
        this.around = around;
    }

    @Override
    public void start(Listener listener) {
        member.listener = Optional.of(listener);
        member.restore();
        cluster.deliver(member);
    }

    @Override
    public CompletionStage<Long> append(byte[] entry) {
        try {
            return CompletableFuture.completedFuture(around.append(entry));
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
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
