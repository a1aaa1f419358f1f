package dev.rota.agent.action;

import dev.rota.agent.exec.FileSystems;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts back what {@link ArchiveAction} saved, after checking its digest: everything is extracted beside its place first, then each
 * saved path replaces what is there. A place that is a symbolic link stays one; what it points at is replaced.
 */
final class RestoreAction implements Action<Work.Restore> {
    @Override
    public Done perform(Work.Restore work, Task task) throws ActionFailure, IOException, InterruptedException {
        Path from = Path.of(work.from());
        Path to = Path.of(work.to());
        checkDigest(from);
        Files.createDirectories(to);
        Path place = to.toRealPath().resolve("restore");
        Trees.sweep(place);
        Path fresh = Trees.beside(place);
        try {
            Files.createDirectory(fresh);
            Archives.extract(from, new Extractor(fresh, task.context().space(to)), RunAs.agentIsRoot());
            FileSystems.sync(fresh);
            for (Path entry : entries(fresh)) {
                putBack(entry, to.resolve(entry.getFileName()));
            }
            Durable.sync(to);
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw new ActionFailure(Code.DISK_FULL, "restoring " + from + ": " + e.getMessage());
            }
            throw e;
        } finally {
            Trees.delete(fresh);
        }
        return Done.at(task.context().clock().instant());
    }

    private static void checkDigest(Path from) throws IOException, ActionFailure {
        if (!Files.isRegularFile(from)) {
            throw new ActionFailure(Code.BAD_PATH, "backup " + from + " is not there");
        }
        Path sidecar = ArchiveAction.sidecar(from);
        String expected = Durable.readText(sidecar)
                .orElseThrow(
                        () -> new ActionFailure(Code.BAD_PATH, "backup " + from + " has no digest file " + sidecar))
                .split("\\s", 2)[0];
        String found = Digests.of(from);
        if (!found.equals(expected)) {
            throw new ActionFailure(
                    Code.DIGEST_MISMATCH, "backup " + from + " has SHA-256 " + found + " instead of " + expected);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                if (!entry.endsWith(Manifest.NAME)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static void putBack(Path saved, Path place) throws IOException {
        if (Files.isSymbolicLink(place) && !Files.isSymbolicLink(saved) && Files.exists(place)) {
            Path real = place.toRealPath();
            // renaming works only inside one file system, and the link may lead to another
            Path beside = Trees.beside(real);
            Trees.copy(saved, beside, bytes -> {});
            Trees.replace(beside, real);
        } else {
            Trees.replace(saved, place);
        }
    }
}
