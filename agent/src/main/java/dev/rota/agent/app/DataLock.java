package dev.rota.agent.app;

import dev.rota.agent.file.Durable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps a second agent out of a data directory: two would run every step twice. */
final class DataLock {
    /** Of the data directory: others may pass through to the artifacts and backups that are theirs, and see nothing else. */
    static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx--x--x");

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, making it if needed.
     *
     * @throws IOException if another agent has it
     */
    static DataLock take(Path data) throws IOException {
        Durable.directories(data, MODE);
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IOException("another agent is running with data directory " + data);
        }
        return new DataLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Lets another agent have the directory. */
    void release() throws IOException {
        channel.close();
    }
}
