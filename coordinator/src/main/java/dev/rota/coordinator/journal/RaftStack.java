package dev.rota.coordinator.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLServerSocket;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.stack.Protocol;
import org.jgroups.util.DefaultSocketFactory;

/**
 * The protocol stack of one member. Alone, its transport stays inside the process and no port is opened. Otherwise there is one port,
 * with TLS in both directions; connections that break tell of members that were killed, silence of members that hang.
 */
final class RaftStack implements AutoCloseable {
    private static final String CLUSTER = "rota-journal";
    private static final long ALONE_JOIN_MS = 200;
    /** How long a start looks for the others before it begins by itself; they merge later. */
    private static final long JOIN_MS = 300;

    private static final long LEAVE_MS = 500;
    private static final long MERGE_MIN_MS = 500;
    private static final long MERGE_MAX_MS = 1500;
    /** How long a merge waits for a member; it is given up after twice that, and until then no member can be put out of the view. */
    private static final long MERGE_MS = 1000;
    /** How long whoever makes a view waits for the members' word that they have it. */
    private static final long VIEW_ACK_MS = 500;

    private static final long VOTE_MS = 500;
    private static final int CONNECT_MS = 500;
    private static final int HANDSHAKE_MS = 500;
    /** The first is much the quickest where the processor's instructions for AES are not used, as until the last compiler is done. */
    private static final String[] CIPHERS = {
        "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"
    };

    private static final int FRAGMENT_BYTES = 60_000;

    private final JChannel channel;
    private final String cluster;
    private final Handshakes handshakes = new Handshakes(Duration.ofMillis(CONNECT_MS + HANDSHAKE_MS));

    RaftStack(String name, SafeRaft raft, Optional<Peers> peers) throws Exception {
        List<Protocol> protocols = peers.isPresent() ? replicated(name, peers.get(), handshakes) : alone();
        protocols.forEach(p -> {
            if (p instanceof GMS gms) {
                gms.printLocalAddress(false)
                        .setMaxJoinAttempts(1)
                        .setLeaveTimeout(LEAVE_MS)
                        .setMergeTimeout(MERGE_MS)
                        .setViewAckCollectionTimeout(VIEW_ACK_MS);
            }
        });
        SafeElection election = new SafeElection(raft);
        election.voteTimeout(VOTE_MS);
        List<Protocol> all = new ArrayList<>(protocols);
        all.add(election);
        all.add(raft);
        channel = new JChannel(all);
        channel.name(name);
        // A name of its own keeps journals of the same process apart.
        cluster = peers.isPresent() ? CLUSTER : CLUSTER + "-" + UUID.randomUUID();
    }

    private static List<Protocol> alone() {
        SHARED_LOOPBACK transport = new SHARED_LOOPBACK();
        transport.setBindAddress(InetAddress.getLoopbackAddress());
        transport.disableDiagnostics();
        return List.of(
                transport,
                new SHARED_LOOPBACK_PING(),
                new NAKACK2(),
                new UNICAST3(),
                new STABLE(),
                new GMS().setJoinTimeout(ALONE_JOIN_MS),
                new FRAG4());
    }

    private static List<Protocol> replicated(String name, Peers peers, Handshakes handshakes) throws Exception {
        InetSocketAddress own = peers.addresses().get(name);
        if (own == null || own.getAddress() == null) {
            throw new IOException("the address " + own + " of this coordinator is not known here");
        }
        DefaultSocketFactory sockets = new DefaultSocketFactory(peers.tls());
        sockets.setServerSocketConfigurator(s -> {
            ((SSLServerSocket) s).setNeedClientAuth(true);
            ((SSLServerSocket) s).setEnabledCipherSuites(CIPHERS);
        });
        sockets.setSocketConfigurator(handshakes::watch);
        TCP transport = new TCP();
        transport.setBindAddress(own.getAddress());
        transport.setBindPort(own.getPort());
        transport.setPortRange(0);
        transport.disableDiagnostics();
        transport.setSocketFactory(sockets);
        transport.setSockConnTimeout(CONNECT_MS);
        transport.setPeerAddrReadTimeout(HANDSHAKE_MS);
        transport.enableSuspectEvents(true);
        // Otherwise an answer waits in the kernel until the one before is acknowledged: 10 ms for a commit, now and
        // then.
        transport.tcpNodelay(true);
        // A thread for each member: one that hangs in a handshake must not hold up what the others are sent.
        PerDestinationBundler bundler = new PerDestinationBundler();
        bundler.useSingleSenderThread(false);
        transport.setBundler(bundler);
        TCPPING discovery = new TCPPING();
        discovery.setInitialHosts(peers.addresses().values());
        discovery.setPortRange(0);
        Peers.Detection d = peers.detection();
        FRAG4 fragments = new FRAG4();
        fragments.setFragSize(FRAGMENT_BYTES);
        return List.of(
                transport,
                discovery,
                new MERGE3().setMinInterval(MERGE_MIN_MS).setMaxInterval(MERGE_MAX_MS),
                new FD_ALL3()
                        .setTimeout(d.silence().toMillis())
                        .setInterval(d.every().toMillis()),
                new VERIFY_SUSPECT2().setTimeout(d.doubt().toMillis()),
                new NAKACK2(),
                new UNICAST3(),
                new STABLE(),
                new NO_DUPES(),
                new GMS().setJoinTimeout(JOIN_MS),
                fragments);
    }

    /** Replays what is known to be committed on this thread, then joins; the role becomes known later. */
    void connect() throws Exception {
        channel.connect(cluster);
    }

    @Override
    public void close() {
        channel.close();
        handshakes.close();
    }
}
