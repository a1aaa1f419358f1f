package dev.rota.agent.job;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rota.agent.action.ActionFailure;
import dev.rota.agent.action.KeptBackup;
import dev.rota.agent.action.Places;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Trees;
import dev.rota.contract.Phase;
import dev.rota.contract.Values;
import dev.rota.wire.agent.v1.Backup;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.RunStep;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups this agent keeps: a directory for each hop and node, and beside it a record of what was saved. What has no record, because
 * an agent from before there were records made it, is neither listed nor removed. May be used by any thread.
 */
public final class Backups {
    /** How many hops' backups are kept when the configuration does not say. */
    public static final int DEFAULT_KEEP = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final String RECORD = ".made-";
    private static final int MAX_LISTED = 200;
    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_PROBLEM = 500;

    private static final Comparator<Backup> NEWEST_FIRST =
            Comparator.comparing(Backups::madeAt).thenComparing(Backup::getHop).reversed();

    private final Places places;
    private final int keep;

    /**
     * The backups below the agent's data directory.
     *
     * @param keep how many hops' backups stay, at least 1
     */
    public Backups(Places places, int keep) {
        this.places = places;
        this.keep = keep;
    }

    /** All that are recorded, newest first. Looks at the files and does not read them. */
    public synchronized BackupList list(long requestId) {
        List<String> problems = new ArrayList<>();
        BackupList.Builder all = BackupList.newBuilder().setRequestId(requestId);
        recorded(problems).stream().limit(MAX_LISTED).map(Backups::asItIsNow).forEach(all::addBackups);
        problems.stream()
                .limit(MAX_PROBLEMS)
                .map(p -> p.length() <= MAX_PROBLEM ? p : p.substring(0, MAX_PROBLEM))
                .forEach(all::addProblems);
        return all.build();
    }

    /**
     * Reads the backup that an order wants to put back, if it does.
     *
     * @return what is known of it; empty when the order names none
     * @throws ActionFailure if it is not there, not the same or not readable
     */
    SortedMap<String, String> verified(RunStep order) throws IOException, ActionFailure {
        return order.getBackupSha256().isEmpty()
                ? new TreeMap<>()
                : KeptBackup.verify(
                        places.backup(
                                JobId.hop(order.getBackupHop()), order.getId().getNode()),
                        order.getBackupSha256());
    }

    /** A step is done: a backup is recorded, and at the end of a rollout those that are no longer needed go. */
    void done(RunStep order, Phase phase, Map<String, String> facts, Instant now) throws IOException {
        if (phase == Phase.BACKUP && !facts.getOrDefault("backup.sha256", "").isEmpty()) {
            record(order, facts, now);
        } else if (phase == Phase.CLEANUP) {
            Set<String> needed = new TreeSet<>(order.getKeepBackupsList());
            needed.add(order.getId().getRolloutId());
            prune(needed);
        }
    }

    private synchronized void record(RunStep order, Map<String, String> facts, Instant now) throws IOException {
        Backup made = Backup.newBuilder()
                .setRollout(order.getId().getRolloutId())
                .setHop(order.getValuesOrDefault(Values.HOP_ID, order.getId().getRolloutId()))
                .setNode(order.getId().getNode())
                .setAt(Results.timestamp(now))
                .setVersion(order.getValuesOrDefault(Values.RELEASE_PREVIOUS, ""))
                .setPath(facts.getOrDefault("backup.path", ""))
                .setSha256(facts.getOrDefault("backup.sha256", ""))
                .setSizeBytes(number(facts, "backup.bytes"))
                .setFiles(number(facts, "backup.files"))
                .setVerified(facts.getOrDefault("backup.verified", "").equals("true"))
                .build();
        Path record = recordOf(places.backup(JobId.hop(made.getHop()), made.getNode()));
        // A recipe may have saved elsewhere.
        Durable.directories(record.resolveSibling(".").normalize(), Places.BACKUPS_OF_A_HOP);
        Durable.write(record, made.toByteArray());
    }

    private static Instant madeAt(Backup b) {
        return Instant.ofEpochSecond(b.getAt().getSeconds(), b.getAt().getNanos());
    }

    private static long number(Map<String, String> facts, String name) {
        String text = facts.getOrDefault(name, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** The newest stay, and so do all of a rollout that is under way or goes back with them. */
    private synchronized void prune(Collection<String> neededRollouts) {
        int kept = 0;
        for (Backup b : recorded(new ArrayList<>())) {
            kept++;
            if (kept > keep && !neededRollouts.contains(b.getRollout())) {
                remove(b);
            }
        }
    }

    private void remove(Backup b) {
        Path directory = places.backup(b.getHop(), b.getNode());
        try {
            Trees.delete(directory);
            Files.deleteIfExists(recordOf(directory));
            Path hop = directory.resolveSibling("").normalize();
            if (isEmpty(hop)) {
                Files.deleteIfExists(hop);
            }
            LOG.info("backup {} of {} is removed: {} newer ones are kept", b.getHop(), b.getNode(), keep);
        } catch (IOException e) {
            LOG.warn("backup {} of {} cannot be removed: {}", b.getHop(), b.getNode(), e.toString());
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private static Path recordOf(Path directory) {
        return directory.resolveSibling(RECORD + directory.getFileName());
    }

    private List<Backup> recorded(List<String> problems) {
        List<Backup> all = new ArrayList<>();
        Path root = places.backups();
        if (!Files.isDirectory(root)) {
            return all;
        }
        try (DirectoryStream<Path> hops = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path hop : hops) {
                try (DirectoryStream<Path> records = Files.newDirectoryStream(hop, RECORD + "*")) {
                    for (Path file : records) {
                        read(file, all, problems);
                    }
                }
            }
        } catch (IOException e) {
            problems.add("the backups cannot be listed: " + e);
        }
        all.sort(NEWEST_FIRST);
        return all;
    }

    private void read(Path file, List<Backup> all, List<String> problems) throws IOException {
        try {
            Backup b = Backup.parseFrom(Files.readAllBytes(file));
            if (recordOf(places.backup(JobId.hop(b.getHop()), b.getNode())).equals(file)) {
                all.add(b);
            } else {
                problems.add(file + " is the record of another backup");
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            problems.add(file + " cannot be read: " + e.getMessage());
        }
    }

    private static Backup asItIsNow(Backup b) {
        try {
            Path archive = Path.of(b.getPath());
            long size = Files.isRegularFile(archive) ? Files.size(archive) : -1;
            return size == b.getSizeBytes()
                    ? b
                    : b.toBuilder()
                            .setProblem(
                                    size < 0
                                            ? "the archive is gone"
                                            : "the archive has " + size + " bytes, and had " + b.getSizeBytes())
                            .build();
        } catch (IOException | InvalidPathException e) {
            return b.toBuilder()
                    .setProblem("the archive cannot be looked at: " + e.getMessage())
                    .build();
        }
    }
}
