package dev.rota.agent.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What runs on this host, read from {@code /proc}. A zombie does not run. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /** Position of the process group and of the start time among the fields behind the command name in {@code stat}. */
    private static final int GROUP = 2;

    private static final int STARTED = 19;

    private ProcessTable() {}

    /** One running process. */
    public record Running(long pid, List<String> command) {
        /** The command line, arguments separated by spaces. */
        public String text() {
            return String.join(" ", command);
        }
    }

    /** The id of the current boot; a process of another boot cannot run. */
    public static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether a process with this number runs. */
    public static boolean runs(long pid) {
        return stat(pid).isPresent();
    }

    /** When a running process was started, in clock ticks since boot; nothing if it does not run. */
    public static OptionalLong started(long pid) {
        return stat(pid).map(s -> OptionalLong.of(Long.parseLong(s[STARTED]))).orElse(OptionalLong.empty());
    }

    /** Whether any process of a group runs. */
    public static boolean groupRuns(long group) {
        String wanted = Long.toString(group);
        return pids().stream()
                .anyMatch(pid -> stat(pid).filter(s -> s[GROUP].equals(wanted)).isPresent());
    }

    /** Whether a process leads its own group, so that a signal to the group reaches only it and what it started. */
    public static boolean leadsGroup(long pid) {
        return stat(pid).filter(s -> s[GROUP].equals(Long.toString(pid))).isPresent();
    }

    /** All processes but kernel threads, this one, and the agent's own wrappers around commands (which carry the command's words too). */
    public static List<Running> all() {
        long self = ProcessHandle.current().pid();
        List<Running> all = new ArrayList<>();
        for (long pid : pids()) {
            List<String> command = commandLine(pid);
            if (pid != self && !command.isEmpty() && !command.contains(JobCommand.MARK) && runs(pid)) {
                all.add(new Running(pid, command));
            }
        }
        return all;
    }

    private static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(p -> pids.add(Long.valueOf(p.getFileName().toString())));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + PROC, e);
        }
        return pids;
    }

    private static List<String> commandLine(long pid) {
        try {
            String text = Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            String utf8 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return utf8.isEmpty() ? List.of() : Arrays.asList(utf8.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The fields behind the command name, which may itself hold spaces and brackets; nothing for a zombie. */
    private static Optional<String[]> stat(long pid) {
        try {
            String text = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            boolean gone = fields[0].equals("Z") || fields[0].equals("X");
            return gone || fields.length <= STARTED ? Optional.empty() : Optional.of(fields);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
