package dev.rota.agent.action;

import dev.rota.agent.file.Digests;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Fetches the release's artifact, resuming where an earlier try stopped. It appears under its name only when size and digest are right. */
final class FetchAction implements Action<Work.Fetch> {
    /** The running release, the new one, the one before, and one in progress. */
    private static final int KEPT = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    /** Commands of the recipe's user must be able to read the artifact. */
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final Set<PosixFilePermission> READABLE_FILE = PosixFilePermissions.fromString("rw-r--r--");

    private final VerifiedFiles verified;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    FetchAction(VerifiedFiles verified) {
        this.verified = verified;
    }

    @Override
    public Done perform(Work.Fetch work, Task task) throws ActionFailure, IOException, InterruptedException {
        ArtifactRef artifact = task.context()
                .artifact()
                .orElseThrow(() -> new ActionFailure(Code.BAD_REQUEST, "the step names no artifact to fetch"));
        if (!oneAtATime.tryLock(task.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ActionFailure(Code.TIMED_OUT, "another artifact was being fetched until the deadline");
        }
        try {
            Places places = task.context().places();
            Path file = places.artifact(artifact);
            Durable.directories(places.artifacts(), READABLE);
            if (!isComplete(file, artifact)) {
                Trees.delete(file.resolveSibling(artifact.fileName()));
                new Transfer(artifact, task).run();
                publish(places.artifactPart(artifact), file);
                verified.remember(file, artifact.sha256());
            }
            prune(places.artifacts(), artifact);
            return Done.at(task.context().clock().instant(), Map.of("artifact.sha256", artifact.sha256()));
        } catch (IOException e) {
            if (Space.isFull(e)) {
                throw new ActionFailure(Code.DISK_FULL, "fetching " + artifact.fileName() + ": " + e.getMessage());
            }
            throw e;
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean isComplete(Path file, ArtifactRef artifact) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == artifact.sizeBytes()
                && verified.digest(file).equals(artifact.sha256());
    }

    private static void publish(Path part, Path file) throws IOException {
        Durable.sync(part);
        Files.setPosixFilePermissions(part, READABLE_FILE);
        Path directory = file.resolveSibling(".");
        Durable.directories(directory.normalize(), READABLE);
        Durable.move(part, file);
    }

    /** Keeps the newest few; the one just fetched counts as the newest. */
    private static void prune(Path artifacts, ArtifactRef current) throws IOException {
        Path own = artifacts.resolve(current.sha256());
        Files.setLastModifiedTime(own, FileTime.fromMillis(System.currentTimeMillis()));
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(artifacts)) {
            stream.forEach(all::add);
        }
        all.remove(own);
        all.sort(Comparator.comparing(FetchAction::changed).reversed());
        for (Path old : all.subList(Math.min(KEPT - 1, all.size()), all.size())) {
            Trees.delete(old);
        }
    }

    private static FileTime changed(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** One artifact on its way into its part file. */
    private static final class Transfer {
        private final ArtifactRef artifact;
        private final Task task;
        private final Path part;
        private final MessageDigest digest = Digests.sha256();
        private long received;
        private long shown;

        Transfer(ArtifactRef artifact, Task task) {
            this.artifact = artifact;
            this.task = task;
            this.part = task.context().places().artifactPart(artifact);
        }

        void run() throws ActionFailure, IOException, InterruptedException {
            resume();
            Space space = task.context().space(part);
            space.require(artifact.sizeBytes() - received);
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                out.position(received);
                Duration pause = FIRST_PAUSE;
                while (received < artifact.sizeBytes()) {
                    long before = received;
                    try {
                        task.context()
                                .source()
                                .read(
                                        artifact.sha256(),
                                        received,
                                        task.deadline().remaining(),
                                        b -> take(b, out, space));
                        break;
                    } catch (ArtifactSource.UnavailableException e) {
                        awaitSource(e, pause);
                        pause = received > before ? FIRST_PAUSE : longer(pause);
                    }
                }
            }
            check();
        }

        private void resume() throws IOException {
            if (Files.exists(part) && Files.size(part) > artifact.sizeBytes()) {
                Files.delete(part);
            }
            received = Files.exists(part) ? Digests.feed(digest, part) : 0;
        }

        private void awaitSource(ArtifactSource.UnavailableException e, Duration pause)
                throws ActionFailure, InterruptedException {
            if (task.deadline().passed()) {
                throw new ActionFailure(
                        Code.TIMED_OUT,
                        "fetched " + received + " of " + artifact.sizeBytes() + " bytes of " + artifact.fileName()
                                + " before the deadline; the coordinator: " + e.getMessage());
            }
            task.deadline().pause(pause);
        }

        private void take(ByteBuffer bytes, FileChannel out, Space space) throws IOException, ActionFailure {
            if (received + bytes.remaining() > artifact.sizeBytes()) {
                throw mismatch("it is longer than the " + artifact.sizeBytes() + " bytes that were announced");
            }
            space.use(bytes.remaining());
            digest.update(bytes.duplicate());
            received += bytes.remaining();
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            long tenth = Math.max(1, artifact.sizeBytes() / 10);
            if (received / tenth > shown) {
                shown = received / tenth;
                task.output().accept("fetched " + received + " of " + artifact.sizeBytes() + " bytes\n");
            }
        }

        private void check() throws ActionFailure, IOException {
            if (received != artifact.sizeBytes()) {
                throw mismatch("it has " + received + " bytes instead of " + artifact.sizeBytes());
            }
            String found = Digests.hex(digest);
            if (!found.equals(artifact.sha256())) {
                throw mismatch("its SHA-256 is " + found);
            }
        }

        private ActionFailure mismatch(String what) throws IOException {
            Files.deleteIfExists(part);
            return new ActionFailure(
                    Code.DIGEST_MISMATCH,
                    artifact.fileName() + " is not the artifact " + artifact.sha256() + ": " + what
                            + "; what was fetched is deleted");
        }

        private static Duration longer(Duration pause) {
            Duration twice = pause.multipliedBy(2);
            return twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
        }
    }
}
