package dev.rota.coordinator.sim;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.JournalException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The journal of one life of a coordinator. An append is decided at once: the real one is waited for by the loop. */
final class SimJournal implements Journal {
    private final Cluster cluster;
    private final Member member;
    private final Surroundings around;

    /** What happens besides what the journal does. */
    interface Surroundings {
        /** Appends by {@link Cluster#append}, before or after something else goes wrong. */
        long append(byte[] entry) throws JournalException;

        /** This member does not lead any more. */
        void deposed();
    }

    SimJournal(Cluster cluster, Member member, Surroundings around) {
        this.cluster = cluster;
        this.member = member;
        this.around = around;
    }

    @Override
    public void start(Listener listener) {
        member.listener = Optional.of(new Listener() {
            @Override
            public void committed(long index, byte[] entry) {
                listener.committed(index, entry);
            }

            @Override
            public void leadership(boolean leader, long term) {
                listener.leadership(leader, term);
                if (!leader) {
                    around.deposed();
                }
            }

            @Override
            public void halted(Throwable cause) {
                listener.halted(cause);
            }
        });
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

    @Override
    public void close() {
        member.listener = Optional.empty();
    }
}
