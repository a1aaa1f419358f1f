package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Saves paths in a tar.gz, each under its last name, with a list of digests inside and {@code <file>.sha256} beside it. The
 * archive is read back and compared with what was read from the paths before it counts.
 */
final class ArchiveAction implements Action<Work.Archive> {
    @Override
    public Done perform(Work.Archive work, Task task) throws ActionFailure, IOException, InterruptedException {
        Path to = Path.of(work.to()).toAbsolutePath();
        checkPaths(work, to);
        Path parent = to.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Trees.sweep(to);
        Path fresh = Trees.beside(to);
        Path list = Trees.beside(to);
        try (Manifest manifest = new Manifest(list)) {
            write(work, fresh, manifest, task.context().space(to));
            Durable.sync(fresh);
            String digest = verify(fresh, manifest, list);
            Durable.write(sidecar(to), digest + "  " + to.getFileName() + "\n");
            Trees.replace(fresh, to);
            Durable.syncParent(to);
            Map<String, String> facts = KeptBackup.facts(to, digest, manifest.files());
            return Done.at(task.context().clock().instant(), facts);
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw new ActionFailure(Code.DISK_FULL, "archiving to " + to + ": " + e.getMessage());
            }
            throw e;
        } finally {
            Trees.delete(fresh);
            Trees.delete(list);
        }
    }

    private static void checkPaths(Work.Archive work, Path to) throws ActionFailure, IOException {
        Set<String> names = new HashSet<>();
        for (String text : work.paths()) {
            Path path = Path.of(text);
            if (!Files.exists(path)) {
                throw new ActionFailure(Code.BAD_PATH, path + " is not there to be archived");
            }
            if (path.getFileName() == null || !names.add(path.getFileName().toString())) {
                throw new ActionFailure(
                        Code.BAD_PATH,
                        "two paths of the archive end in " + path.getFileName() + "; archive them apart");
            }
            if (to.startsWith(path.toRealPath())) {
                throw new ActionFailure(Code.BAD_PATH, "the archive " + to + " would be inside " + path);
            }
        }
    }

    private static void write(Work.Archive work, Path fresh, Manifest manifest, Space space)
            throws IOException, ActionFailure {
        try (ArchiveWriter writer = new ArchiveWriter(fresh, space, manifest)) {
            for (String text : work.paths()) {
                Path path = Path.of(text);
                writer.add(path, String.valueOf(path.getFileName()));
            }
            writer.addManifest();
        }
    }

    /** Reads the archive back, lists what is in it, and compares the lists; returns the archive's SHA-256. */
    private static String verify(Path archive, Manifest written, Path list) throws IOException, ActionFailure {
        Path again = list.resolveSibling(list.getFileName() + "-read");
        ArchiveContent content = ArchiveContent.read(archive, again);
        if (!content.list().equals(Digests.of(list)) || !content.entries().equals(written.digest())) {
            throw new ActionFailure(
                    Code.BACKUP_UNREADABLE, "the archive differs from what was archived when it is read back");
        }
        return Digests.of(archive);
    }

    /** The file beside an archive that holds its digest, in the form of {@code sha256sum}. */
    static Path sidecar(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".sha256");
    }
}
