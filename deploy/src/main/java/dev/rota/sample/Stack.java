package dev.rota.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.ExtendedUUID;

/**
 * The JGroups protocol stack: TCP on fixed loopback ports. A member whose process dies is noticed by its closed socket at once, one
 * that hangs by its silence.
 */
final class Stack {
    private static final String NAME_KEY = "name";
    private static final int SILENCE_MS = 4_000;
    private static final int HEARTBEAT_MS = 1_000;
    private static final int VERIFY_MS = 200;
    private static final int CONNECT_MS = 500;
    private static final int LEAVE_MS = 1_000;
    private static final int VIEW_ACK_MS = 500;
    private static final int MERGE_MIN_MS = 1_000;
    private static final int MERGE_MAX_MS = 3_000;
    private static final int THREADS = 64;

    private Stack() {}

    /** A channel that is not connected yet; {@code joinMs} is how long it looks for members before it founds a cluster alone. */
    static JChannel channel(Settings settings, int joinMs) throws IOException {
        InetAddress host = InetAddress.getLoopbackAddress();
        TCP tcp = new TCP();
        tcp.setBindAddress(host).setBindPort(settings.own().clusterPort()).setPortRange(0);
        tcp.setSockConnTimeout(CONNECT_MS);
        tcp.disableDiagnostics();
        tcp.setLogDiscardMessages(false);
        tcp.getThreadPool().setMaxThreads(THREADS);
        List<InetSocketAddress> hosts = settings.nodes().values().stream()
                .map(a -> new InetSocketAddress(host, a.clusterPort()))
                .toList();
        try {
            JChannel channel = new JChannel(
                    tcp,
                    new TCPPING().initialHosts(hosts).setPortRange(0),
                    new MERGE3().setMinInterval(MERGE_MIN_MS).setMaxInterval(MERGE_MAX_MS),
                    new FD_SOCK2().setBindAddress(host).setOffset(1).setPortRange(0),
                    new FD_ALL3().setTimeout(SILENCE_MS).setInterval(HEARTBEAT_MS),
                    new VERIFY_SUSPECT2().setTimeout(VERIFY_MS),
                    new NAKACK2().useMcastXmit(false),
                    new UNICAST3(),
                    new STABLE(),
                    new GMS()
                            .printLocalAddress(false)
                            .setJoinTimeout(joinMs)
                            .setLeaveTimeout(LEAVE_MS)
                            .setViewAckCollectionTimeout(VIEW_ACK_MS),
                    new UFC(),
                    new MFC(),
                    new FRAG2());
            channel.name(settings.name());
            byte[] name = settings.name().getBytes(StandardCharsets.UTF_8);
            channel.addAddressGenerator(
                    () -> ExtendedUUID.randomUUID(settings.name()).put(NAME_KEY, name));
            return channel;
        } catch (Exception e) {
            throw new IOException("cannot set up the cluster's protocols", e);
        }
    }

    /** The node's name, which travels in its address: JGroups' own name cache may not know a member yet. */
    static String nameOf(Address address) {
        if (address instanceof ExtendedUUID uuid) {
            return Optional.ofNullable(uuid.get(NAME_KEY))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse(address.toString());
        }
        return address.toString();
    }
}
