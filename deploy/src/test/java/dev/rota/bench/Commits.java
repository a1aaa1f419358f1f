package dev.rota.bench;

import dev.rota.coordinator.journal.RaftJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Commits to the journal, beside bare synced writes to the same directory. */
final class Commits implements Benchmark {
    private static final int ENTRY_BYTES = 1000;
    private static final int COMMITS = 500;

    @Override
    public String name() {
        return "commits";
    }

    @Override
    public void run(Ground ground) throws Exception {
        Rates.print(
                "commits to the journal a second, 1 KB each",
                Rates.best(() -> commits(ground.directory())),
                Rates.best(() -> syncs(ground.directory())));
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
            return Rates.perSecond(COMMITS, start);
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
            return Rates.perSecond(COMMITS, start);
        }
    }
}
