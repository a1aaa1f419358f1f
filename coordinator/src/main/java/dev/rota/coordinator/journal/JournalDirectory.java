package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of the journal, held exclusively while it is open; the lock goes with the process, however it ends. */
final class JournalDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private JournalDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static JournalDirectory open(Path path) throws JournalException {
        FileChannel lock = null;
        try {
            Files.createDirectories(path);
            lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lock) == null) {
                lock.close();
                throw new JournalException("journal " + path
                        + ": in use by another process; a coordinator runs already with this data directory");
            }
            return new JournalDirectory(path, lock);
        } catch (IOException e) {
            closeQuietly(lock);
            throw new JournalException("journal " + path + ": cannot be opened: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    /** Makes the names of newly created files durable. */
    void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException suppressed) {
            // The failure that led here is the one to report.
            return;
        }
    }
}
