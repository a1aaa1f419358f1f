package dev.rota.history;

import dev.rota.coordinator.security.Authority;
import dev.rota.demo.Ports;
import dev.rota.demo.Processes;
import dev.rota.demo.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Three journals in processes of their own, and what they say about themselves. */
public final class JournalTrio {
    private static final List<String> NAMES = List.of("c1", "c2", "c3");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path directory;
    private final Processes processes;
    private final String members;
    private final long pauseMs;

    /** Makes what they need; {@code pauseMs} is the time between two entries of the leader. */
    public JournalTrio(Path directory, Processes processes, long pauseMs) throws IOException {
        this.directory = directory;
        this.processes = processes;
        this.pauseMs = pauseMs;
        int port = new Ports().block(NAMES.size());
        List<String> all = new ArrayList<>();
        Authority authority = Authority.init(directory.resolve("ca"), "trio", Instant::now);
        for (String name : NAMES) {
            all.add(name + "=" + (port + all.size()));
            authority.issueCoordinator(name, List.of("127.0.0.1")).writeTo(directory.resolve("tls-" + name));
        }
        members = String.join(",", all);
    }

    /** Starts those that do not run. */
    public void start() throws IOException {
        for (String name : NAMES) {
            if (processes.running(name).isEmpty()) {
                processes.start(
                        name,
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JournalProcess.class.getName(),
                                name,
                                directory.toString(),
                                members,
                                Long.toString(pauseMs)),
                        Map.of(),
                        directory);
            }
        }
    }

    /** Lets the leader write, or not. */
    public void write(boolean on) throws IOException {
        if (on) {
            Files.writeString(directory.resolve("go"), "");
        } else {
            Files.deleteIfExists(directory.resolve("go"));
        }
    }

    /** Kills all of them at once. */
    public void killAll() throws InterruptedException {
        List<Process> all = new ArrayList<>();
        NAMES.forEach(n -> processes.running(n).ifPresent(c -> all.add(c.process())));
        all.forEach(Process::destroyForcibly);
        for (Process p : all) {
            p.waitFor();
        }
    }

    /** Everything that was ever acknowledged: id and microseconds since 1970. */
    public List<Ack> acks() throws IOException {
        List<Ack> all = new ArrayList<>();
        for (String name : NAMES) {
            Path file = directory.resolve("acks-" + name);
            if (Files.exists(file)) {
                for (String line : whole(file)) {
                    int space = line.indexOf(' ');
                    all.add(new Ack(name, line.substring(0, space), Long.parseLong(line.substring(space + 1))));
                }
            }
        }
        return all;
    }

    /** An acknowledged entry; {@code by} is who led. */
    public record Ack(String by, String id, long atMicros) {}

    private static List<String> whole(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private List<String> state(String name) {
        Path file = directory.resolve("state-" + name);
        try {
            return Files.exists(file) ? whole(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Waits until somebody has acknowledged more than there was before; answers who and when. */
    public Ack awaitAck(long afterMicros, Set<String> by) throws IOException, InterruptedException {
        List<Ack> found = new ArrayList<>();
        Until.holds("an entry is acknowledged again, see " + directory + "/log", PATIENCE, () -> {
            try {
                found.clear();
                acks().stream()
                        .filter(a -> a.atMicros() > afterMicros && by.contains(a.by()))
                        .min(java.util.Comparator.comparingLong(Ack::atMicros))
                        .ifPresent(found::add);
                return !found.isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
        return found.get(0);
    }

    /**
     * Waits until all members have the same entries, then checks them against what was acknowledged.
     *
     * @return how many entries there are
     * @throws IllegalStateException when an acknowledged entry is missing, there twice, or the members stay different
     */
    public int check() throws IOException, InterruptedException {
        Set<String> acknowledged = acks().stream().map(Ack::id).collect(Collectors.toSet());
        // All may have the same for a moment while the last of it is not known to be committed again.
        try {
            Until.holds("all members have the same entries, and all that were acknowledged", PATIENCE, () -> {
                Set<String> first = new HashSet<>(state(NAMES.get(0)));
                return first.containsAll(acknowledged) && alike();
            });
        } catch (IOException e) {
            acknowledged.removeAll(new HashSet<>(state(NAMES.get(0))));
            throw new IllegalStateException(
                    "the members do not come to have the same, see " + directory + "; acknowledged and missing on "
                            + NAMES.get(0) + ": " + acknowledged.size() + " entries, such as "
                            + acknowledged.stream().limit(3).toList(),
                    e);
        }
        List<String> entries = state(NAMES.get(0));
        if (new HashSet<>(entries).size() != entries.size()) {
            throw new IllegalStateException("an entry was applied twice, see " + directory);
        }
        return entries.size();
    }

    private boolean alike() {
        List<String> first = state(NAMES.get(0));
        return NAMES.stream().allMatch(n -> processes.running(n).isPresent() && state(n).equals(first));
    }

    /** Names of all members. */
    public static List<String> names() {
        return NAMES;
    }

    /** The running process of a member. */
    public Process process(String name) {
        return processes.running(name).orElseThrow().process();
    }
}
