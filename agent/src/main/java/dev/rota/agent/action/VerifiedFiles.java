package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Digests that this process has found, so that a file nobody has touched since is not read again. May be used by any thread. */
final class VerifiedFiles {
    private static final int MAX_FILES = 16;

    private final Map<Path, Entry> known = new ConcurrentHashMap<>();

    /** What tells a file from a changed one. */
    private record Stamp(
            long size, FileTime changed, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(a.size(), a.lastModifiedTime(), a.fileKey());
        }
    }

    private record Entry(Stamp stamp, String sha256) {}

    /** Remembers a digest that was just computed from all of the file's bytes. */
    void remember(Path file, String sha256) throws IOException {
        if (known.size() >= MAX_FILES) {
            known.clear();
        }
        known.put(file, new Entry(Stamp.of(file), sha256));
    }

    /** The file's SHA-256 in lower-case hexadecimal. */
    String digest(Path file) throws IOException {
        Entry entry = known.get(file);
        if (entry != null && Objects.equals(entry.stamp(), Stamp.of(file))) {
            return entry.sha256();
        }
        String found = Digests.of(file);
        remember(file, found);
        return found;
    }
}
