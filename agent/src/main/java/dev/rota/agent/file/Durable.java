package dev.rota.agent.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** Files that are either wholly there or not at all, also after a power failure. */
public final class Durable {
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private Durable() {}

    /** Writes a file (mode 0600) by temporary file, fsync, rename, fsync of the directory; replaces an older one. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        move(temporary, file);
    }

    /** Writes text, see {@link #write(Path, byte[])}. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Renames atomically, replacing an older file, and makes the rename durable. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncParent(to);
    }

    /** The file's bytes, or nothing if it is not there. */
    public static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The file's text, or nothing if it is not there. */
    public static Optional<String> readText(Path file) throws IOException {
        return read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Makes a directory and its missing parents, only for the owner, durably; nothing if it is there. */
    public static void directories(Path directory) throws IOException {
        directories(directory, OWNER_DIRECTORY);
    }

    /** Makes a directory and its missing parents with a mode, durably; nothing if it is there. */
    public static void directories(Path directory, Set<PosixFilePermission> mode) throws IOException {
        // all are made before the first is flushed: with most file systems that takes the others along
        Deque<Path> made = new ArrayDeque<>();
        for (Path at = directory.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            made.push(at);
        }
        for (Path fresh : made) {
            create(fresh, mode);
        }
        for (Path fresh : made) {
            syncParent(fresh);
        }
    }

    private static void create(Path directory, Set<PosixFilePermission> mode) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
            // whatever the umask has taken away
            Files.setPosixFilePermissions(directory, mode);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Makes one directory, only for the owner, whose entry is not durable yet; nothing if it is there. */
    public static void directory(Path directory) throws IOException {
        create(directory, OWNER_DIRECTORY);
    }

    /** Writes what the kernel still holds of a file to the disk. */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            channel.force(true);
        }
    }

    /** Makes the entries of the directory that holds this file durable. */
    public static void syncParent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            sync(parent);
        }
    }
}
