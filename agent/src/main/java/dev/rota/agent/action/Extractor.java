package dev.rota.agent.action;

import dev.rota.agent.file.Modes;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the entries of an archive into a fresh directory and refuses whatever would reach outside it: absolute names, {@code ..},
 * links that lead out, and names that go through a link. Modes keep their permission bits only.
 */
final class Extractor {
    private static final int MAX_ENTRIES = 1_000_000;

    private final Path root;
    private final Space space;
    private final List<DirectoryMode> directoryModes = new ArrayList<>();
    /** Directories of this extraction that are known not to be links; nobody else writes below the root. */
    private final Set<Path> directories = new HashSet<>();

    private final byte[] buffer = new byte[32 * 1024];
    private int entries;

    /** Extracts into an existing empty directory. */
    Extractor(Path root, Space space) {
        this.root = root;
        this.space = space;
    }

    private record DirectoryMode(Path directory, Set<PosixFilePermission> mode) {}

    /** Makes a directory; its mode is set by {@link #finish}, so that a read-only one can be filled. */
    Path directory(String name, int mode) throws IOException, ActionFailure {
        Path path = place(name);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            refuseExisting(path, name);
            Files.createDirectory(path);
        }
        directoryModes.add(new DirectoryMode(path, Modes.permissions(mode | 0700)));
        return path;
    }

    /** Writes a file. */
    Path file(String name, int mode, FileTime changed, InputStream content) throws IOException, ActionFailure {
        Path path = place(name);
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                space.use(n);
                out.write(buffer, 0, n);
            }
        } catch (FileAlreadyExistsException e) {
            throw twice(name + " (" + e.getFile() + ")");
        }
        Files.setPosixFilePermissions(path, Modes.permissions(mode | 0600));
        Files.setLastModifiedTime(path, changed);
        return path;
    }

    /** Makes a symbolic link. */
    Path symbolicLink(String name, String target) throws IOException, ActionFailure {
        Path path = place(name);
        refuseExisting(path, name);
        Path parent = path.getParent();
        if (target.startsWith("/")
                || parent == null
                || !parent.resolve(target).normalize().startsWith(root)) {
            throw bad("link " + name + " leads outside, to " + target);
        }
        return Files.createSymbolicLink(path, Path.of(target));
    }

    /** Makes a hard link to an earlier entry. */
    Path hardLink(String name, String target) throws IOException, ActionFailure {
        Path path = place(name);
        refuseExisting(path, name);
        Path existing = place(target);
        if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw bad("link " + name + " is to " + target + ", which is no earlier file of the archive");
        }
        return Files.createLink(path, existing);
    }

    /** Sets the modes of the directories, the deepest first. */
    void finish() throws IOException {
        for (int i = directoryModes.size() - 1; i >= 0; i--) {
            DirectoryMode d = directoryModes.get(i);
            Files.setPosixFilePermissions(d.directory(), d.mode());
        }
    }

    /** How many entries were taken. */
    int count() {
        return entries;
    }

    static ActionFailure bad(String what) {
        return new ActionFailure(Code.BAD_ARCHIVE, "the archive is refused: " + what);
    }

    private Path place(String name) throws IOException, ActionFailure {
        if (++entries > MAX_ENTRIES) {
            throw bad("it has more than " + MAX_ENTRIES + " entries");
        }
        if (name.startsWith("/")
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).contains("..")) {
            throw bad("entry " + name + " reaches outside");
        }
        Path path = root.resolve(name).normalize();
        if (path.equals(root)) {
            return root;
        }
        Path at = root;
        for (Path part : root.relativize(path.resolveSibling(""))) {
            at = at.resolve(part);
            if (directories.contains(at)) {
                continue;
            }
            if (Files.isSymbolicLink(at)) {
                throw bad("entry " + name + " goes through the link " + root.relativize(at));
            }
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
                    && !part.toString().isEmpty()) {
                Files.createDirectory(at);
            }
            directories.add(at);
        }
        return path;
    }

    private static void refuseExisting(Path path, String name) throws ActionFailure {
        if (Trees.exists(path)) {
            throw twice(name);
        }
    }

    private static ActionFailure twice(String name) {
        return bad("entry " + name + " is there twice");
    }
}
