package dev.rota.coordinator.journal;

import static org.awaitility.Awaitility.await;

import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.PeerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Journals of several members in this process, with TLS over loopback. */
final class JournalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % 15_000));

    private final Path directory;
    private final Authority authority;
    private final SortedMap<String, InetSocketAddress> addresses = new TreeMap<>();
    private final SortedMap<String, RaftJournal> running = new TreeMap<>();
    private final SortedMap<String, RecordingListener> listeners = new TreeMap<>();
    private final List<RaftJournal> all = new ArrayList<>();
    private JournalLimits limits = JournalLimits.DEFAULT;

    JournalCluster(Path directory, String... names) throws IOException {
        this.directory = directory;
        this.authority = Authority.init(directory.resolve("ca"), "test", Instant::now);
        for (String name : names) {
            address(name);
        }
    }

    /** A free port below those the system gives to outgoing connections: it must still be free after a restart. */
    private static int port() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = 15_000 + NEXT.getAndUpdate(n -> (n + 7) % 15_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IllegalStateException("no port is free");
    }

    JournalCluster limits(JournalLimits chosen) {
        limits = chosen;
        return this;
    }

    private void address(String name) throws IOException {
        addresses.put(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        authority.issueCoordinator(name, List.of("127.0.0.1")).writeTo(directory.resolve("tls-" + name));
    }

    Path journal(String name) {
        return directory.resolve("journal-" + name);
    }

    /** Starts a member that is configured with all that are known so far. */
    RaftJournal start(String name) throws IOException, JournalException {
        if (!addresses.containsKey(name)) {
            address(name);
        }
        return start(name, addresses);
    }

    RaftJournal start(String name, SortedMap<String, InetSocketAddress> configured)
            throws IOException, JournalException {
        Path tls = directory.resolve("tls-" + name);
        SSLContext context = PeerTls.context(tls.resolve("ca.pem"), tls.resolve("cert.pem"), tls.resolve("key.pem"));
        RaftJournal journal = new RaftJournal(
                journal(name),
                name,
                Optional.of(new Peers(configured, context, Peers.Detection.NORMAL)),
                limits,
                held -> new DiskFiles(held.path()));
        RecordingListener listener = new RecordingListener();
        listeners.put(name, listener);
        all.add(journal);
        running.put(name, journal);
        journal.start(listener);
        return journal;
    }

    JournalCluster startAll() throws Exception {
        for (String name : addresses.keySet()) {
            start(name);
        }
        return this;
    }

    void stop(String name) {
        Objects.requireNonNull(running.remove(name)).close();
    }

    RaftJournal get(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    RecordingListener listener(String name) {
        return Objects.requireNonNull(listeners.get(name));
    }

    /** Waits until one member leads. */
    RaftJournal leader() {
        for (RaftJournal journal : running.values()) {
            if (journal.leader()) {
                return journal;
            }
        }
        await().atMost(PATIENCE).until(() -> running.values().stream().anyMatch(RaftJournal::leader));
        return running.values().stream().filter(RaftJournal::leader).findFirst().orElseGet(this::leader);
    }

    String name(RaftJournal journal) {
        return running.entrySet().stream()
                .filter(e -> e.getValue().equals(journal))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    List<String> followers() {
        String leads = name(leader());
        return running.keySet().stream().filter(n -> !n.equals(leads)).toList();
    }

    /** Appends through whoever leads, and again while nobody does. */
    void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            leader().append(bytes).toCompletableFuture().join();
            return;
        } catch (CompletionException notYet) {
            // Whoever led has just lost its place.
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            leader().append(bytes).toCompletableFuture().join();
            return true;
        });
    }

    static <T> T answer(java.util.concurrent.CompletionStage<T> stage) throws JournalException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException j) {
                throw j;
            }
            throw e;
        }
    }

    /** Waits until these members have exactly these entries. */
    void awaitEntries(List<String> texts, String... names) {
        for (String name : names) {
            await().atMost(PATIENCE).until(() -> listener(name).entries.equals(texts));
        }
    }

    static Duration patience() {
        return PATIENCE;
    }

    SortedMap<String, InetSocketAddress> addresses() {
        return addresses;
    }

    @Override
    public void close() {
        all.forEach(RaftJournal::close);
    }
}
