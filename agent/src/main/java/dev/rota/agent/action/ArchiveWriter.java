package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Modes;
import dev.rota.agent.file.Space;
import dev.rota.agent.step.Code;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tar.gz and, as its last entry, the list of what is in it. Memory use does not depend on the number of files. */
final class ArchiveWriter implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final TarArchiveOutputStream tar;
    private final Space space;
    private final Manifest manifest;
    private final byte[] buffer = new byte[BUFFER];

    /** Writes to a new file. */
    ArchiveWriter(Path file, Space space, Manifest manifest) throws IOException {
        this.space = space;
        this.manifest = manifest;
        this.tar = new TarArchiveOutputStream(
                new GZIPOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER),
                        BUFFER),
                "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** Adds a file or a tree under a name. */
    void add(Path path, String name) throws IOException, ActionFailure {
        Path start = path.toRealPath();
        Failed failed = new Failed();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) throws IOException {
                put(entry(directory, nameOf(directory) + "/", a));
                tar.closeArchiveEntry();
                manifest.directory(nameOf(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                if (a.isSymbolicLink()) {
                    addLink(file, nameOf(file), a);
                } else if (a.isRegularFile()) {
                    failed.reason = addFile(file, nameOf(file), a);
                }
                // sockets and pipes hold no data
                return failed.reason.isEmpty() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            private String nameOf(Path file) {
                String below = start.relativize(file).toString();
                return below.isEmpty() ? name : name + "/" + below;
            }
        });
        if (!failed.reason.isEmpty()) {
            throw new ActionFailure(Code.CHANGED, failed.reason);
        }
    }

    private static final class Failed {
        private String reason = "";
    }

    private void addLink(Path link, String name, BasicFileAttributes a) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        String target = Files.readSymbolicLink(link).toString();
        entry.setLinkName(target);
        describe(entry, link, a);
        put(entry);
        tar.closeArchiveEntry();
        manifest.link(name, target);
    }

    /** Adds a file as long as it was when it was found; what is appended meanwhile (logs) is left out. */
    private String addFile(Path file, String name, BasicFileAttributes a) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            put(entry(file, name, a));
            MessageDigest digest = Digests.sha256();
            long left = a.size();
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    return file + " became shorter while it was being archived";
                }
                space.use(n);
                digest.update(buffer, 0, n);
                tar.write(buffer, 0, n);
                left -= n;
            }
            tar.closeArchiveEntry();
            manifest.file(name, a.size(), Digests.hex(digest));
            return "";
        } catch (NoSuchFileException e) {
            return file + " went away while it was being archived";
        }
    }

    private static TarArchiveEntry entry(Path path, String name, BasicFileAttributes a) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(a.isDirectory() ? 0 : a.size());
        describe(entry, path, a);
        return entry;
    }

    private static void describe(TarArchiveEntry entry, Path path, BasicFileAttributes a) throws IOException {
        entry.setModTime(a.lastModifiedTime());
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        entry.setMode(Modes.bits(permissions));
        entry.setUserId((int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        entry.setGroupId((int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Adds the list as the last entry. */
    void addManifest() throws IOException {
        Path list = manifest.end();
        TarArchiveEntry entry = new TarArchiveEntry(Manifest.NAME);
        entry.setSize(Files.size(list));
        entry.setMode(0600);
        put(entry);
        Files.copy(list, tar);
        tar.closeArchiveEntry();
    }

    private void put(TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
