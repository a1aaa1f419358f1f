package dev.rota.bench;

import dev.rota.coordinator.journal.Peers;
import dev.rota.coordinator.journal.RaftJournal;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.PeerTls;
import dev.rota.demo.Ports;
import dev.rota.demo.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How long an entry takes to be committed by journals that do nothing else, one entry after the other; all in this process. */
final class CommitTimes {
    private static final int WARM_UP = 500;
    private static final Duration LEADER_WITHIN = Duration.ofSeconds(30);

    private CommitTimes() {}

    /** Nanoseconds of each of {@code count} commits to the journal of that many members, in their order. */
    static List<Long> measure(Path directory, int members, byte[] entry, int count)
            throws IOException, InterruptedException, JournalException {
        List<RaftJournal> journals = members == 1
                ? List.of(new RaftJournal(directory.resolve("alone"), "alone", Optional.empty()))
                : replicated(directory, members);
        try {
            for (RaftJournal journal : journals) {
                journal.start(new Silent());
            }
            RaftJournal leader = leader(journals);
            commit(leader, entry, WARM_UP);
            return commit(leader, entry, count);
        } finally {
            journals.forEach(RaftJournal::close);
        }
    }

    private static List<Long> commit(RaftJournal leader, byte[] entry, int count) {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            leader.append(entry).toCompletableFuture().join();
            took.add(System.nanoTime() - start);
        }
        return took;
    }

    private static RaftJournal leader(List<RaftJournal> journals) throws IOException, InterruptedException {
        Until.holds(
                "one of the journals leads",
                LEADER_WITHIN,
                () -> journals.stream().anyMatch(RaftJournal::leader));
        return journals.stream().filter(RaftJournal::leader).findFirst().orElseThrow();
    }

    private static List<RaftJournal> replicated(Path directory, int members) throws IOException {
        Authority authority = Authority.init(directory.resolve("ca"), "floor", Instant::now);
        int port = new Ports().block(members);
        SortedMap<String, InetSocketAddress> addresses = new TreeMap<>();
        for (int i = 1; i <= members; i++) {
            addresses.put("j" + i, new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i - 1));
        }
        List<RaftJournal> journals = new ArrayList<>();
        for (String name : addresses.keySet()) {
            Path tls = directory.resolve(name + "-tls");
            authority.issueCoordinator(name, List.of("127.0.0.1")).writeTo(tls);
            Peers peers = new Peers(
                    addresses,
                    PeerTls.context(
                            tls.resolve(Credentials.CA_FILE),
                            tls.resolve(Credentials.CERTIFICATE_FILE),
                            tls.resolve(Credentials.KEY_FILE)),
                    Peers.Detection.NORMAL);
            journals.add(new RaftJournal(directory.resolve(name), name, Optional.of(peers)));
        }
        return journals;
    }
}
