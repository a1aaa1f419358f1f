package dev.rota.bench;

import dev.rota.contract.Version;
import dev.rota.coordinator.journal.RaftJournal;
import dev.rota.coordinator.notes.NotesReader;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.NoteBytes;
import dev.rota.coordinator.port.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Measures what an operator waits for, each beside what the machine could do at best: commits to the journal beside bare synced writes to
 * the same directory, reading notes beside bare decoding of the same bytes. Prints; judges nothing. Takes about half a minute.
 */
public final class Bench {
    private static final int ENTRY_BYTES = 1000;
    private static final int COMMITS = 500;
    private static final int ROUNDS = 5;
    private static final int MB = 1 << 20;
    private static final String PARAGRAPH = """
            ## Upgrade to 2.1

            If you use MySQL, add the new column before the first node is upgraded. A rolling upgrade is possible, and nodes of both
            releases can run side by side for a while.

            - Erlang/OTP 25 or newer is required.
            - Restart the proxy afterwards.

            ```sql
            ALTER TABLE archive ADD COLUMN origin text NOT NULL DEFAULT '';
            ```

            """;

    private Bench() {}

    /** Runs all measurements; the only argument is a directory to write to. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        System.out.printf(
                Locale.ROOT,
                "%-44s %14s %14s %8s%n",
                "what, the best of " + ROUNDS + " rounds",
                "Rota",
                "limit",
                "share");
        print(
                "commits to the journal a second, 1 KB each",
                best(() -> commits(directory)),
                best(() -> syncs(directory)));
        for (int size : new int[] {1, 10}) {
            byte[] note = note(size * MB);
            print(
                    "notes read, MB a second, one note of " + size + " MB",
                    best(() -> reading(note)),
                    best(() -> decoding(note)));
        }
    }

    private static void print(String what, double rate, double limit) {
        System.out.printf(Locale.ROOT, "%-44s %14.1f %14.1f %7.1f%%%n", what, rate, limit, 100 * rate / limit);
    }

    private static double best(Callable<Double> round) throws Exception {
        double best = 0;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.max(best, round.call());
        }
        return best;
    }

    /** One after the other, as a rollout commits. */
    private static double commits(Path directory) throws Exception {
        Path data = Files.createTempDirectory(directory, "journal");
        RaftJournal journal = new RaftJournal(data, "one", Optional.empty());
        try {
            journal.start(new Silent());
            byte[] entry = new byte[ENTRY_BYTES];
            long start = System.nanoTime();
            for (int i = 0; i < COMMITS; i++) {
                journal.append(entry).toCompletableFuture().join();
            }
            return perSecond(COMMITS, start);
        } finally {
            journal.close();
        }
    }

    private static double syncs(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "bare", ".log");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES);
            long start = System.nanoTime();
            for (int i = 0; i < COMMITS; i++) {
                bytes.clear();
                channel.write(bytes);
                channel.force(false);
            }
            return perSecond(COMMITS, start);
        }
    }

    private static double reading(byte[] note) {
        NotesReader reader = new NotesReader(Phrases.general("demo"));
        long start = System.nanoTime();
        reader.read(
                List.of(NoteBytes.decode("note.md", note)),
                new Hop(Version.parse("2.0"), Version.parse("2.1")),
                Assumptions.none());
        return perSecond((double) note.length / MB, start);
    }

    private static double decoding(byte[] note) {
        long start = System.nanoTime();
        int length = new String(note, StandardCharsets.UTF_8).length();
        double rate = perSecond((double) note.length / MB, start);
        return length == note.length ? rate : 0;
    }

    private static byte[] note(int size) {
        byte[] paragraph = PARAGRAPH.getBytes(StandardCharsets.UTF_8);
        byte[] note = new byte[size / paragraph.length * paragraph.length];
        for (int at = 0; at < note.length; at += paragraph.length) {
            System.arraycopy(paragraph, 0, note, at, paragraph.length);
        }
        return note;
    }

    private static double perSecond(double units, long startNanos) {
        return units * Duration.ofSeconds(1).toNanos() / Math.max(1, System.nanoTime() - startNanos);
    }

    private static final class Silent implements Journal.Listener {
        @Override
        public void leadership(boolean leads, long term) {}

        @Override
        public void committed(long index, byte[] entry) {}

        @Override
        public byte[] snapshot() {
            return new byte[0];
        }

        @Override
        public void restore(byte[] snapshot) {}

        @Override
        public void halted(Throwable cause) {}
    }
}
