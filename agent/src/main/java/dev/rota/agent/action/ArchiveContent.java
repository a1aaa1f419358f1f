package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Space;
import dev.rota.agent.step.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What {@link ArchiveAction} has put into an archive, as it is found by reading all of it.
 *
 * @param list SHA-256 of the list inside; empty when there is none
 * @param entries SHA-256 of the list of what was found beside it, which an unharmed archive has the same of
 * @param files how many files there are
 */
record ArchiveContent(String list, String entries, long files) {
    /**
     * Reads an archive from its first to its last byte.
     *
     * @param scratch a file that is made and removed again: the list of what was found may be long
     * @throws ActionFailure BACKUP_UNREADABLE if it ends too early or is no archive
     */
    static ArchiveContent read(Path archive, Path scratch) throws IOException, ActionFailure {
        try {
            return readAll(archive, scratch);
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw e;
            }
            throw new ActionFailure(
                    Code.BACKUP_UNREADABLE, "the archive " + archive + " cannot be read back: " + e.getMessage());
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static ArchiveContent readAll(Path archive, Path scratch) throws IOException {
        String list = "";
        try (TarArchiveInputStream tar = Archives.openTar(archive);
                Manifest found = new Manifest(scratch)) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                if (e.getName().equals(Manifest.NAME)) {
                    list = digest(tar);
                } else if (e.isDirectory()) {
                    found.directory(e.getName().replaceAll("/$", ""));
                } else if (e.isSymbolicLink()) {
                    found.link(e.getName(), e.getLinkName());
                } else {
                    found.file(e.getName(), e.getSize(), digest(tar));
                }
            }
            return new ArchiveContent(list, found.digest(), found.files());
        }
    }

    private static String digest(InputStream in) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[32 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return Digests.hex(digest);
    }
}
