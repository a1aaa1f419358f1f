package dev.rota.agent.action;

import dev.rota.agent.exec.FileSystems;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Unpacks an archive into a directory that appears all at once and names the archive's digest in {@code .rota-artifact}. */
final class UnpackAction implements Action<Work.Unpack> {
    /** The file that says which artifact a directory was unpacked from. */
    static final String MARKER = ".rota-artifact";

    private final VerifiedFiles verified;
    private final ReentrantLock preparing = new ReentrantLock();

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
        if (!preparing.tryLock(task.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ActionFailure(Code.TIMED_OUT, "another artifact was being unpacked until the deadline");
        }
        try {
            unpack(from, digest, to, parent, task.context());
        } finally {
            preparing.unlock();
        }
        return Done.at(task.context().clock().instant());
    }

    private static void unpack(Path from, String digest, Path to, Path parent, Context context)
            throws ActionFailure, IOException, InterruptedException {
        if (marker(to).filter(digest::equals).isPresent()) {
            return;
        }
        if (Trees.exists(to) && marker(to).isEmpty()) {
            throw new ActionFailure(Code.BAD_PATH, to + " is there and was not unpacked by Rota: move it away first");
        }
        Files.createDirectories(parent);
        Trees.sweep(to);
        Path fresh = Trees.beside(to);
        try {
            if (!takePrepared(context, digest, fresh)) {
                extract(from, digest, fresh, context);
            }
            FileSystems.sync(parent);
            Trees.replace(fresh, to);
        } finally {
            Trees.delete(fresh);
        }
    }

    /** Unpacks the context's artifact, which is complete, where a step that is to unpack it will look for it. */
    void prepare(Context context) throws ActionFailure, IOException, InterruptedException {
        ArtifactRef artifact = context.artifact().orElseThrow();
        Path tree = context.places().unpacked(artifact);
        preparing.lockInterruptibly();
        try {
            if (marker(tree).isEmpty()) {
                Trees.sweep(tree);
                Path fresh = Trees.beside(tree);
                try {
                    extract(context.places().artifact(artifact), artifact.sha256(), fresh, context);
                    Trees.replace(fresh, tree);
                } finally {
                    Trees.delete(fresh);
                }
            }
        } finally {
            preparing.unlock();
        }
    }

    private static void extract(Path from, String digest, Path fresh, Context context)
            throws ActionFailure, IOException {
        try {
            Files.createDirectory(fresh);
            Archives.extract(from, new Extractor(fresh, context.space(fresh)), false);
            Trees.delete(fresh.resolve(MARKER));
            Files.writeString(fresh.resolve(MARKER), digest + "\n");
            Optional<RunAs.Ids> owner = context.user().ids();
            if (owner.isPresent()) {
                Trees.own(fresh, owner.get().uid(), owner.get().gid());
            }
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw new ActionFailure(Code.DISK_FULL, "unpacking " + from.getFileName() + ": " + e.getMessage());
            }
            throw e;
        }
    }

    /** Whether there was a prepared tree; it is moved, which works on one file system only. */
    private static boolean takePrepared(Context context, String digest, Path fresh) throws IOException {
        Optional<Path> tree = context.artifact()
                .filter(a -> a.sha256().equals(digest))
                .map(a -> context.places().unpacked(a));
        if (tree.isEmpty() || marker(tree.get()).filter(digest::equals).isEmpty()) {
            return false;
        }
        try {
            Files.move(tree.get(), fresh, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            Trees.delete(tree.get());
            return false;
        }
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
