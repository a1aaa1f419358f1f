package dev.rota.agent.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Whole trees of files. Symbolic links are treated as files of their own and never followed. */
public final class Trees {
    private static final String MARK = ".rota-";

    private Trees() {}

    /** Whether there is anything at the path, be it a broken link. */
    public static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A path beside another for building its replacement; names made by this method are swept by {@link #sweep}. */
    public static Path beside(Path target) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return target.resolveSibling("." + target.getFileName() + MARK + random);
    }

    /** Deletes what a crashed agent left beside a target. */
    public static void sweep(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        String prefix = "." + target.getFileName() + MARK;
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(parent, p -> p.getFileName().toString().startsWith(prefix))) {
            for (Path left : entries) {
                delete(left);
            }
        }
    }

    /**
     * Puts {@code fresh} in the place of {@code target} by renaming: a file or link at once; a directory by moving the old one
     * aside first. What was there is deleted afterwards.
     */
    public static void replace(Path fresh, Path target) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)
                || (Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS) && exists(target))) {
            Path old = beside(target);
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            Durable.move(fresh, target);
            delete(old);
        } else {
            Durable.move(fresh, target);
        }
    }

    /** Deletes a file, link or tree, safe against a directory being swapped for a link meanwhile; nothing if it is not there. */
    public static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return;
        }
        Path parent = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw new IOException(path + " is a root directory");
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                deleteIn(secure, name);
            } else {
                throw new IOException("this file system cannot delete trees safely: " + parent);
            }
        } catch (NoSuchFileException e) {
            // gone meanwhile: that is what was wanted
        }
    }

    private static void deleteIn(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : directory) {
                Path child = entry.getFileName();
                BasicFileAttributes attributes = directory
                        .getFileAttributeView(child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                if (attributes.isDirectory()) {
                    deleteIn(directory, child);
                } else {
                    directory.deleteFile(child);
                }
            }
        }
        parent.deleteDirectory(name);
    }

    /** Copies a file, link or tree with modes, times and, where permitted, owners. The target must not exist. */
    public static void copy(Path from, Path to, Progress progress) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path target = to.resolve(from.relativize(directory).toString());
                Files.copy(directory, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                makeWritable(target);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                progress.before(attributes.size());
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                if (e != null) {
                    throw e;
                }
                Path target = to.resolve(from.relativize(directory).toString());
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(directory));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void makeWritable(Path directory) throws IOException {
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
        mode.add(PosixFilePermission.OWNER_WRITE);
        mode.add(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(directory, mode);
    }

    /** Gives a whole tree to a user and group by number. */
    public static void own(Path tree, int uid, int gid) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                chown(directory, uid, gid);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                chown(file, uid, gid);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Gives one file, directory or link to a user and group by number. */
    public static void chown(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    /** Called before each file is written, with its size; may throw to stop. */
    @FunctionalInterface
    public interface Progress {
        void before(long bytes) throws IOException;
    }
}
