package dev.rota.history;

import dev.rota.coordinator.journal.Peers;
import dev.rota.coordinator.journal.RaftJournal;
import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.security.PeerTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * One member of a replicated journal, alone in its process. While it leads and the file {@code go} is there, it appends entries, several
 * at a time. What was acknowledged to it goes to {@code acks-NAME}, what it has applied to {@code state-NAME}: written at once, so that
 * a kill takes nothing away.
 */
public final class JournalProcess implements Journal.Listener {
    private static final int UNANSWERED = 16;
    private static final int ENTRY_BYTES = 2000;

    private final String name;
    private final Path directory;
    private final List<String> applied = new ArrayList<>();
    private final OutputStream acks;
    private OutputStream state;

    private JournalProcess(String name, Path directory) throws IOException {
        this.name = name;
        this.directory = directory;
        this.acks = Files.newOutputStream(
                directory.resolve("acks-" + name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.state = begin();
    }

    private OutputStream begin() throws IOException {
        return Files.newOutputStream(directory.resolve("state-" + name));
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments name; directory; NAME=PORT of every member, separated by commas; how many milliseconds between two entries
     */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        Path directory = Path.of(arguments[1]);
        SortedMap<String, InetSocketAddress> addresses = new TreeMap<>();
        for (String member : arguments[2].split(",", -1)) {
            String[] parts = member.split("=", -1);
            addresses.put(
                    parts[0], new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1])));
        }
        Path tls = directory.resolve("tls-" + name);
        Peers peers = new Peers(
                addresses,
                PeerTls.context(tls.resolve("ca.pem"), tls.resolve("cert.pem"), tls.resolve("key.pem")),
                Peers.Detection.NORMAL);
        RaftJournal journal = new RaftJournal(directory.resolve("journal-" + name), name, Optional.of(peers));
        JournalProcess process = new JournalProcess(name, directory);
        journal.start(process);
        process.write(journal, Long.parseLong(arguments[3]));
    }

    private void write(RaftJournal journal, long pauseMs) throws InterruptedException {
        Semaphore free = new Semaphore(UNANSWERED);
        String life =
                Long.toString(ProcessHandle.current().pid(), 36) + Long.toString(System.nanoTime() & 0xffffff, 36);
        Path go = directory.resolve("go");
        for (long number = 0; ; number++) {
            while (!journal.leader() || !Files.exists(go)) {
                Thread.sleep(1);
            }
            free.acquire();
            String id = name + "-" + life + "-" + number;
            byte[] entry = ByteBuffer.allocate(ENTRY_BYTES)
                    .put((id + "\n").getBytes(StandardCharsets.UTF_8))
                    .array();
            CompletableFuture<Long> unused = journal.append(entry)
                    .toCompletableFuture()
                    .whenComplete((index, failure) -> {
                        free.release();
                        if (failure == null) {
                            acknowledged(id);
                        }
                    });
            Thread.sleep(pauseMs);
        }
    }

    private void acknowledged(String id) {
        line(acks, id + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    private static void line(OutputStream out, String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void committed(long index, byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        String id = text.substring(0, text.indexOf('\n'));
        applied.add(id);
        line(state, id);
    }

    @Override
    public byte[] snapshot() {
        return String.join("\n", applied).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void restore(byte[] snapshot) {
        try {
            state.close();
            state = begin();
            applied.clear();
            new String(snapshot, StandardCharsets.UTF_8).lines().forEach(applied::add);
            if (!applied.isEmpty()) {
                line(state, String.join("\n", applied));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void leadership(boolean leader, long term) {
        System.out.println((leader ? "leads term " : "does not lead, term ") + term);
    }

    @Override
    public void halted(Throwable cause) {
        System.out.println("halted: " + cause);
        Runtime.getRuntime().halt(74);
    }
}
