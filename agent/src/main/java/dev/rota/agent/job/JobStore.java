package dev.rota.agent.job;

import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All job directories. */
final class JobStore {
    /** A directory on its way out is renamed first: half deleted, it must not look like a step that has not ended. */
    private static final String DOOMED = ".doomed-";

    private final Path root;
    private final int limit;

    /**
     * Opens the store.
     *
     * @param limit how many acknowledged steps to keep
     */
    JobStore(Path root, int limit) throws IOException {
        this.root = root;
        this.limit = limit;
        Durable.directories(root);
    }

    /** The directory of a step, there or not. */
    JobDirectory directory(JobId id) {
        return new JobDirectory(id.in(root));
    }

    /** All steps that exist and whose result is not acknowledged, by identity. */
    Map<JobId, JobDirectory> open() throws IOException {
        Map<JobId, JobDirectory> open = new TreeMap<>();
        for (Map.Entry<JobId, JobDirectory> e : all().entrySet()) {
            if (!e.getValue().isAcked() && e.getValue().exists()) {
                open.put(e.getKey(), e.getValue());
            }
        }
        return open;
    }

    private Map<JobId, JobDirectory> all() throws IOException {
        Map<JobId, JobDirectory> all = new TreeMap<>();
        for (Path rollout : entries(root)) {
            for (Path job : entries(rollout)) {
                Optional<JobId> id = JobId.of(name(rollout), name(job));
                JobDirectory directory = new JobDirectory(job);
                id.ifPresent(known -> all.put(known, directory));
            }
        }
        return all;
    }

    /** Removes the oldest acknowledged steps beyond the limit, and what an earlier removal has left. */
    void prune() throws IOException {
        List<JobDirectory> acked = new ArrayList<>(
                all().values().stream().filter(JobDirectory::isAcked).toList());
        acked.sort(Comparator.comparing(JobStore::ackedAt));
        for (JobDirectory old : acked.subList(0, Math.max(0, acked.size() - limit))) {
            Path doomed = root.resolve(DOOMED + name(old.path().resolveSibling("")) + "-" + name(old.path()));
            Trees.delete(doomed);
            Files.move(old.path(), doomed, StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path entry : entries(root)) {
            if (name(entry).startsWith(DOOMED)) {
                Trees.delete(entry);
            } else if (entries(entry).isEmpty()) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private static FileTime ackedAt(JobDirectory job) {
        try {
            return Files.getLastModifiedTime(job.path().resolve("acked"));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.normalize().getFileName());
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, Files::isDirectory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }
}
