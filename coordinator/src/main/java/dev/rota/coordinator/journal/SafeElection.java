package dev.rota.coordinator.journal;

import dev.rota.coordinator.journal.Ballots.Ballot;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteRequest;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.jgroups.raft.util.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's election, with what it leaves out: a vote and the end of the log it reports are one step, a vote of an earlier round
 * does not count in a later one, and who leads is decided by {@link Ballots} from the voters' own lists of members, not by the list of
 * whoever holds the election. The library holds an election only when the view changes in certain ways; here one is also held when no
 * leader is known for a while, however that came about.
 */
final class SafeElection extends ELECTION {
    private static final Logger LOG = LoggerFactory.getLogger(SafeElection.class);
    private static final short ID = 1520;
    private static final int LOG_END_BYTES = 2 * Long.BYTES;
    /** So many looks in a row, a round of votes apart, find no leader before an election is asked for. */
    private static final int LOOKS = 2;

    static {
        ClassConfigurator.addProtocol(ID, SafeElection.class);
    }

    private final SafeRaft safe;
    private final Map<Address, Ballot> ballots = new HashMap<>();
    private @Nullable Future<?> looking;
    private volatile boolean stopped;
    private int leaderless;

    SafeElection(SafeRaft safe) {
        this.safe = safe;
    }

    @Override
    public void start() throws Exception {
        stopped = false;
        super.start();
        looking = getTransport()
                .getTimer()
                .scheduleWithFixedDelay(this::look, vote_timeout, vote_timeout, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
        stopped = true;
        super.stop();
    }

    /** The library would go on for ever, a term each round, where the last view this member saw has a majority that is closed as well. */
    @Override
    protected void runVotingProcess() {
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        super.runVotingProcess();
    }

    /** Never runs twice at a time. */
    private void look() {
        View now = view;
        Address leader = safe.leader();
        boolean known = leader != null && now != null && now.containsMember(leader);
        if (stopped || known || !isMajorityAvailable() || isVotingThreadRunning()) {
            leaderless = 0;
        } else if (++leaderless >= LOOKS) {
            leaderless = 0;
            safe.leaderless();
        }
    }

    @Override
    protected void handleMessage(Message message, RaftHeader header) {
        if (header instanceof VoteRequest) {
            synchronized (safe.lock()) {
                vote(message.src(), header.currTerm());
            }
        } else if (header instanceof VoteResponse response) {
            synchronized (safe.lock()) {
                if (response.currTerm() == safe.currentTerm() && collect(message)) {
                    super.handleMessage(message, header);
                }
            }
        } else {
            // Not with the lock: this takes the library's own first, as the thread that counts the votes does.
            super.handleMessage(message, header);
        }
    }

    /** Votes once in a term, for whoever asks first; who counts is up to whoever holds the election. */
    private void vote(Address holder, long term) {
        if (!safe.mayVote() || safe.currentTerm(term) < 0) {
            return;
        }
        Address before = safe.votedFor();
        if (before != null && !before.equals(holder)) {
            return;
        }
        safe.votedFor(holder);
        long last = safe.log().lastAppended();
        LogEntry end = safe.log().get(last);
        sendVoteResponse(holder, term, end == null ? 0 : end.term(), last);
    }

    @Override
    protected void sendVoteResponse(Address holder, long term, long lastTerm, long lastIndex) {
        byte[] who = safe.introduction().toBytes();
        byte[] ballot = new byte[LOG_END_BYTES + who.length];
        ByteBuffer.wrap(ballot).putLong(lastTerm).putLong(lastIndex).put(who);
        down_prot.down(new BytesMessage(holder, ballot)
                .putHeader(id, new VoteResponse(term, lastTerm, lastIndex))
                .setFlag(Message.Flag.OOB));
    }

    private boolean collect(Message message) {
        String name = Utils.extractRaftId(message.src());
        try {
            ByteBuffer in = ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength());
            long lastTerm = in.getLong();
            long lastIndex = in.getLong();
            if (Rpc.parse(in, name) instanceof Rpc.Introduction who) {
                ballots.put(message.src(), new Ballot(name, who, lastTerm, lastIndex));
                return true;
            }
        } catch (IOException | BufferUnderflowException e) {
            LOG.error("a vote is ignored: {}", e.getMessage());
        }
        return false;
    }

    @Override
    protected void sendVoteRequest(long term) {
        synchronized (safe.lock()) {
            ballots.clear();
        }
        super.sendVoteRequest(term);
    }

    @Override
    protected @Nullable Address determineLeader() {
        synchronized (safe.lock()) {
            List<Ballot> inOrder = new ArrayList<>();
            Map<String, Address> addresses = new HashMap<>();
            for (Address member : view.getMembersRaw()) {
                Ballot ballot = ballots.get(member);
                if (ballot != null) {
                    inOrder.add(ballot);
                    addresses.put(ballot.name(), member);
                }
            }
            return Ballots.winner(inOrder, safe.resigned()).map(addresses::get).orElse(null);
        }
    }

    /** Where nobody is elected there is nothing to say, and the next round has time. */
    @Override
    protected void sendLeaderElectedMessage(@Nullable Address leader, long term) {
        if (leader != null) {
            super.sendLeaderElectedMessage(leader, term);
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(vote_timeout);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
