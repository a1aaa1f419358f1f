package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds a backup by the digest it was made with, and reads all of it before anybody relies on it. */
public final class KeptBackup {
    private static final String SIDECAR = ".sha256";

    private KeptBackup() {}

    /**
     * Reads a backup of a hop from its first to its last byte.
     *
     * @param directory where the hop's backups of the node are
     * @param sha256 what the archive had when it was made
     * @return the facts of the archive, as {@link ArchiveAction} found them
     * @throws ActionFailure BACKUP_MISSING, BACKUP_CHANGED or BACKUP_UNREADABLE
     */
    public static SortedMap<String, String> verify(Path directory, String sha256) throws IOException, ActionFailure {
        Path archive = find(directory, sha256)
                .orElseThrow(() -> new ActionFailure(
                        Code.BACKUP_MISSING,
                        "there is no backup with SHA-256 " + sha256 + " in " + directory
                                + "; without it the data cannot be put back"));
        String found = Digests.of(archive);
        if (!found.equals(sha256)) {
            throw new ActionFailure(
                    Code.BACKUP_CHANGED,
                    "backup " + archive + " has SHA-256 " + found + ", and had " + sha256 + " when it was made");
        }
        ArchiveContent content =
                ArchiveContent.read(archive, Trees.beside(archive.resolveSibling(archive.getFileName() + "-list")));
        if (content.list().isEmpty() || !content.list().equals(content.entries())) {
            throw new ActionFailure(
                    Code.BACKUP_UNREADABLE, "backup " + archive + " holds something else than its own list says");
        }
        return facts(archive, sha256, content.files());
    }

    static SortedMap<String, String> facts(Path archive, String sha256, long files) throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("backup.path", archive.toString());
        facts.put("backup.sha256", sha256);
        facts.put("backup.bytes", Long.toString(Files.size(archive)));
        facts.put("backup.files", Long.toString(files));
        facts.put("backup.verified", "true");
        return facts;
    }

    /** The archive whose digest file names that digest. */
    private static Optional<Path> find(Path directory, String sha256) throws IOException {
        try (DirectoryStream<Path> sidecars = Files.newDirectoryStream(directory, "*" + SIDECAR)) {
            for (Path sidecar : sidecars) {
                String name = String.valueOf(sidecar.getFileName());
                Path archive = sidecar.resolveSibling(name.substring(0, name.length() - SIDECAR.length()));
                boolean named = Durable.readText(sidecar)
                        .map(text -> text.split("\\s", 2)[0])
                        .filter(sha256::equals)
                        .isPresent();
                if (named && Files.isRegularFile(archive)) {
                    return Optional.of(archive);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }
}
