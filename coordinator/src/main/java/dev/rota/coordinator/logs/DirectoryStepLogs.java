package dev.rota.coordinator.logs;

import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.port.StepLogs;
import dev.rota.wire.operator.v1.LogChunk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file a rollout: a sequence of length-delimited messages. May be used by any thread. */
public final class DirectoryStepLogs implements StepLogs, AutoCloseable {
    /** Most characters kept of one step. */
    static final int MAX_STEP_CHARS = 1 << 20;
    /** Most characters kept of one rollout. */
    static final int MAX_ROLLOUT_CHARS = 16 << 20;

    /** Most files that are kept open. */
    private static final int MAX_FILES = 8;

    private static final String CUT = "... (more output, not kept)\n";
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStepLogs.class);

    private final Path directory;
    private final Map<String, Log> open = new HashMap<>();
    /** The one that was not used for longest comes first. */
    private final Map<String, OutputStream> files = new LinkedHashMap<>(MAX_FILES, 0.75f, true);

    /** Keeps the logs in a directory, which is made if it does not exist. */
    public DirectoryStepLogs(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** The chunks of a rollout and how many characters were kept. */
    private static final class Log {
        private final List<Chunk> chunks = new ArrayList<>();
        private final Map<StepKey, Integer> kept = new HashMap<>();
        private long total;

        void add(Chunk c) {
            chunks.add(c);
            kept.merge(c.key(), c.text().length(), Integer::sum);
            total += c.text().length();
        }
    }

    @Override
    public synchronized void append(StepKey key, Instant at, String text) {
        Log log = open.computeIfAbsent(key.rolloutId(), this::load);
        int kept = log.kept.getOrDefault(key, 0);
        if (kept >= MAX_STEP_CHARS || log.total >= MAX_ROLLOUT_CHARS) {
            return;
        }
        boolean fits = kept + text.length() < MAX_STEP_CHARS && log.total + text.length() < MAX_ROLLOUT_CHARS;
        String part = fits ? text : text.substring(0, Math.min(text.length(), MAX_STEP_CHARS - kept)) + CUT;
        Chunk chunk = new Chunk(key, at, part);
        log.add(chunk);
        try {
            message(chunk).writeDelimitedTo(file(key.rolloutId()));
        } catch (IOException e) {
            LOG.warn("output of {} is not kept: {}", key, e.toString());
        }
    }

    /** Opens the file of a rollout to write to its end. */
    private OutputStream file(String rolloutId) throws IOException {
        OutputStream known = files.get(rolloutId);
        if (known != null) {
            return known;
        }
        OutputStream opened =
                Files.newOutputStream(path(rolloutId), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        files.put(rolloutId, opened);
        if (files.size() > MAX_FILES) {
            String longestUnused = files.keySet().iterator().next();
            Objects.requireNonNull(files.remove(longestUnused)).close();
        }
        return opened;
    }

    /** Closes the files; what is appended later opens its file again. */
    @Override
    public synchronized void close() throws IOException {
        for (OutputStream file : files.values()) {
            file.close();
        }
        files.clear();
    }

    @Override
    public synchronized List<Chunk> read(String rolloutId) {
        return List.copyOf(open.computeIfAbsent(rolloutId, this::load).chunks);
    }

    private Log load(String rolloutId) {
        Log log = new Log();
        Path file = path(rolloutId);
        if (!Files.exists(file)) {
            return log;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            LogChunk m = LogChunk.parseDelimitedFrom(in);
            while (m != null) {
                log.add(chunk(rolloutId, m));
                m = LogChunk.parseDelimitedFrom(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the log {} ends in the middle: {}", file, e.toString());
        }
        return log;
    }

    private Path path(String rolloutId) {
        return directory.resolve(rolloutId.replaceAll("[^A-Za-z0-9_.-]", "_") + ".log");
    }

    private static LogChunk message(Chunk c) {
        return LogChunk.newBuilder()
                .setNode(c.key().node())
                .setPhase(c.key().phase().label())
                .setAttempt(c.key().attempt())
                .setAt(Times.timestamp(c.at()))
                .setText(c.text())
                .build();
    }

    private static Chunk chunk(String rolloutId, LogChunk m) {
        Phase phase = Phase.of(m.getPhase())
                .orElseThrow(() -> new IllegalArgumentException("unknown phase '" + m.getPhase() + "'"));
        Instant at = Instant.ofEpochSecond(m.getAt().getSeconds(), m.getAt().getNanos());
        return new Chunk(new StepKey(rolloutId, m.getNode(), phase, m.getAttempt()), at, m.getText());
    }
}
