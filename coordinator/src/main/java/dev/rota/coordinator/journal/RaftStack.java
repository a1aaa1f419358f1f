package dev.rota.coordinator.journal;

import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.StateMachine;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/** The protocol stack of one member. Its transport stays inside the process: no port is opened. */
final class RaftStack implements AutoCloseable {
    // Nobody else can be there to be found or to answer; only bounds a start that goes wrong.
    private static final long JOIN_TIMEOUT_MS = 200;
    private static final long VOTE_TIMEOUT_MS = 500;
    // While idle the leader wakes up this often to look for members that lag behind; there are none.
    private static final long RESEND_INTERVAL_MS = 1_000;

    private final RAFT raft;
    private final JChannel channel;

    RaftStack(String name, RecordLog log, StateMachine stateMachine) throws Exception {
        raft = new RAFT()
                .raftId(name)
                .members(List.of(name))
                .resendInterval(RESEND_INTERVAL_MS)
                // Each acknowledgement would trigger a commit message that triggers an acknowledgement.
                .sendCommitsImmediately(false)
                // No snapshots: RaftJournal bounds the log instead.
                .maxLogSize(Long.MAX_VALUE)
                // Every read goes to the file and is checked.
                .maxLogCacheSize(0)
                .logUseFsync(true)
                .log(log)
                .stateMachine(stateMachine);
        SHARED_LOOPBACK transport = new SHARED_LOOPBACK();
        transport.setBindAddress(InetAddress.getLoopbackAddress());
        transport.disableDiagnostics();
        GMS membership = new GMS();
        membership.setJoinTimeout(JOIN_TIMEOUT_MS).printLocalAddress(false).setMaxJoinAttempts(1);
        ELECTION election = new ELECTION();
        election.voteTimeout(VOTE_TIMEOUT_MS);
        channel = new JChannel(
                transport,
                new SHARED_LOOPBACK_PING(),
                new NAKACK2(),
                new UNICAST3(),
                new STABLE(),
                membership,
                new FRAG2(),
                election,
                raft);
        channel.name(name);
    }

    RAFT raft() {
        return raft;
    }

    /** Replays what is known to be committed on this thread, then joins; the role becomes known later. */
    void connect() throws Exception {
        // A cluster name of its own keeps journals of the same process apart.
        channel.connect("rota-journal-" + UUID.randomUUID());
    }

    /** The leader's name; empty when there is none. */
    String leaderName() {
        @Nullable Address leader = raft.leader();
        byte[] id = leader instanceof ExtendedUUID uuid ? uuid.get(RAFT.raft_id_key) : null;
        return id == null ? "" : Util.bytesToString(id);
    }

    @Override
    public void close() {
        channel.close();
    }
}
