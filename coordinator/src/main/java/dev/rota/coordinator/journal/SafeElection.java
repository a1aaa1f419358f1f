package dev.rota.coordinator.journal;

import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteRequest;
import org.jgroups.protocols.raft.election.VoteResponse;

/**
 * The library's election, with what it leaves out: a vote and the end of the log it reports are one step, a vote of an earlier round
 * does not count in a later one, and who may not vote does not.
 */
final class SafeElection extends ELECTION {
    private static final short ID = 1520;

    static {
        ClassConfigurator.addProtocol(ID, SafeElection.class);
    }

    private final SafeRaft safe;

    SafeElection(SafeRaft safe) {
        this.safe = safe;
    }

    @Override
    protected void handleMessage(Message message, RaftHeader header) {
        synchronized (safe.lock()) {
            boolean late = header instanceof VoteResponse && header.currTerm() != safe.currentTerm();
            boolean silent = header instanceof VoteRequest && !safe.mayVote();
            if (!late && !silent) {
                super.handleMessage(message, header);
            }
        }
    }
}
