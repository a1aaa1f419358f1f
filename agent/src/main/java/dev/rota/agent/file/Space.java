package dev.rota.agent.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space of the file system a path lives on, and a floor that must not be passed. */
public final class Space {
    /** Looking at the file system after every small write would cost more than the write. */
    private static final long LOOK_EVERY_BYTES = 8L * 1024 * 1024;

    private final Path path;
    private final long floorBytes;
    private long unseen = LOOK_EVERY_BYTES;

    /** Guards what is written below a path (which may not exist yet). */
    public Space(Path path, long floorBytes) {
        this.path = path;
        this.floorBytes = floorBytes;
    }

    /** Bytes free for use where the path, or its nearest existing parent, lives. */
    public static long free(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        while (!Files.exists(at)) {
            Path parent = at.getParent();
            if (parent == null) {
                break;
            }
            at = parent;
        }
        return Files.getFileStore(at).getUsableSpace();
    }

    /**
     * Says that so many bytes are about to be written.
     *
     * @throws DiskFullException if the floor would be passed; looked at every 8 MB
     */
    public void use(long bytes) throws IOException {
        unseen += bytes;
        if (unseen >= LOOK_EVERY_BYTES) {
            unseen = 0;
            require(bytes);
        }
    }

    /**
     * Looks now whether so many bytes fit above the floor.
     *
     * @throws DiskFullException if they do not
     */
    public void require(long bytes) throws IOException {
        long free = free(path);
        if (free - bytes < floorBytes) {
            throw new DiskFullException(path, bytes, free, floorBytes);
        }
    }

    /** Whether an error of the operating system means that the disk is full. */
    public static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof DiskFullException
                || message.contains("No space left on device")
                || message.contains("Disk quota exceeded");
    }
}
