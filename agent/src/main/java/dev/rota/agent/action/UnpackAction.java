package dev.rota.agent.action;

import dev.rota.agent.exec.FileSystems;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Unpacks an archive into a directory that appears all at once and names the archive's digest in {@code .rota-artifact}. */
final class UnpackAction implements Action<Work.Unpack> {
    /** The file that says which artifact a directory was unpacked from. */
    static final String MARKER = ".rota-artifact";

    private final VerifiedFiles verified;

    UnpackAction(VerifiedFiles verified) {
        this.verified = verified;
    }

    @Override
    public Done perform(Work.Unpack work, Task task) throws ActionFailure, IOException, InterruptedException {
        Path from = Path.of(work.from());
        Path to = Path.of(work.to());
        Path parent = to.toAbsolutePath().getParent();
        if (!Files.isRegularFile(from) || parent == null) {
            throw new ActionFailure(Code.BAD_PATH, from + " is not there to be unpacked");
        }
        String digest = digest(from, task.context());
        if (marker(to).filter(digest::equals).isPresent()) {
            return Done.at(task.context().clock().instant());
        }
        if (Trees.exists(to) && marker(to).isEmpty()) {
            throw new ActionFailure(Code.BAD_PATH, to + " is there and was not unpacked by Rota: move it away first");
        }
        Files.createDirectories(parent);
        Trees.sweep(to);
        Path fresh = Trees.beside(to);
        try {
            Files.createDirectory(fresh);
            Archives.extract(from, new Extractor(fresh, task.context().space(parent)), false);
            Trees.delete(fresh.resolve(MARKER));
            Files.writeString(fresh.resolve(MARKER), digest + "\n");
            Optional<RunAs.Ids> owner = task.context().user().ids();
            if (owner.isPresent()) {
                Trees.own(fresh, owner.get().uid(), owner.get().gid());
            }
            FileSystems.sync(parent);
            Trees.replace(fresh, to);
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw new ActionFailure(Code.DISK_FULL, "unpacking " + from.getFileName() + ": " + e.getMessage());
            }
            throw e;
        } finally {
            Trees.delete(fresh);
        }
        return Done.at(task.context().clock().instant());
    }

    private String digest(Path from, Context context) throws IOException, ActionFailure {
        String found = verified.digest(from);
        Optional<String> expected = context.artifact()
                .filter(a -> context.places().artifact(a).equals(from))
                .map(ArtifactRef::sha256);
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new ActionFailure(
                    Code.DIGEST_MISMATCH, from + " has SHA-256 " + found + " instead of " + expected.get());
        }
        return found;
    }

    /** The digest of the artifact a directory was unpacked from, if it says so. */
    static Optional<String> marker(Path directory) throws IOException {
        return Files.isDirectory(directory)
                ? Durable.readText(directory.resolve(MARKER)).map(String::strip)
                : Optional.empty();
    }
}
