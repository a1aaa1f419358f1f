package dev.rota.coordinator.journal;

import java.io.IOException;
import java.util.Collection;
import java.util.function.BiConsumer;

/** The owner of a log, with answers to those who wait for a record once it is applied. */
final class AnsweringMember implements Replication.Member {
    private final Replication.Member owner;
    private final Proposals proposals;
    private final BiConsumer<String, Rpc> network;

    AnsweringMember(Replication.Member owner, Proposals proposals, BiConsumer<String, Rpc> network) {
        this.owner = owner;
        this.proposals = proposals;
        this.network = network;
    }

    @Override
    public Collection<String> voters() {
        return owner.voters();
    }

    @Override
    public boolean confirms(String voter) {
        return owner.confirms(voter);
    }

    @Override
    public void send(String to, Rpc message) {
        network.accept(to, message);
    }

    @Override
    public void appended(long index, LogRecord record) throws IOException {
        owner.appended(index, record);
    }

    @Override
    public void cut(long index) {
        owner.cut(index);
    }

    @Override
    public void apply(long index, LogRecord record) throws IOException {
        try {
            owner.apply(index, record);
        } catch (IOException | RuntimeException e) {
            proposals.undecided(index, e);
            throw e;
        }
        proposals.committed(index);
    }

    @Override
    public void restore(Snapshot snapshot) throws IOException {
        owner.restore(snapshot);
    }
}
