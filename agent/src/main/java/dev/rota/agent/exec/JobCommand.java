package dev.rota.agent.exec;

import dev.rota.agent.file.Durable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A command that outlives the agent, with its traces in a directory of its own: whoever asks later, this agent process or the
 * next one, finds out whether it was started, runs, or how it ended. It is run at most once for a directory, however often
 * {@link #start} is called and whatever is killed: the process that creates the file {@code pid} is the one that runs it.
 */
public final class JobCommand {
    /** Marks the agent's wrapper among the processes of the host. */
    static final String MARK = "rota-job";

    private static final String SCRIPT = Scripts.load("job.sh");
    /** A wrapper is this quick from creating its files to filling them, or it was killed in between. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final Path directory;

    /** The command of a directory, started or not. */
    public JobCommand(Path directory) {
        this.directory = directory;
    }

    /** What is known about the command. */
    public enum Status {
        /** Never started, provided that the host was not restarted since. */
        ABSENT,
        RUNNING,
        /** Ended, with an exit code. */
        EXITED,
        /** Was started and is gone without an exit code: killed together with its wrapper, or the host went down. */
        VANISHED
    }

    /**
     * Starts the command. Does nothing if it was started before.
     *
     * @param keepBytes how much of its output to keep from the start, and again from the end
     * @throws IOException if the wrapper cannot be started
     */
    public Process start(CommandLine command, long keepBytes) throws IOException {
        // not flushed: after a loss of power the command is gone too, and its traces are not believed
        Durable.directory(directory);
        make("in", command.stdin().orElse(""));
        make("out", "");
        make("out.tail", "");
        make("rc.slot", "        \n");
        List<String> argv = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", SCRIPT, MARK));
        argv.addAll(List.of(directory.toString(), command.workingDirectory(), Long.toString(keepBytes)));
        argv.addAll(command.user().wrap(command.argv()));
        File nowhere = new File("/dev/null");
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectInput(nowhere)
                .redirectOutput(nowhere)
                .redirectError(directory.resolve("wrapper.err").toFile());
        Map<String, String> environment = builder.environment();
        Map<String, String> own = Environment.of(command, Map.copyOf(environment));
        environment.clear();
        environment.putAll(own);
        return builder.start();
    }

    private void make(String name, String content) throws IOException {
        try {
            Files.createFile(directory.resolve(name));
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Files.writeString(directory.resolve(name), content);
    }

    /** What is known about the command now. */
    public Status status() throws IOException {
        if (code("rc").isPresent()) {
            return Status.EXITED;
        }
        Path pidFile = directory.resolve("pid");
        Optional<String> pid = Durable.readText(pidFile);
        if (pid.isEmpty()) {
            return Status.ABSENT;
        }
        if (pid.get().endsWith("\n") ? wrapperRuns(pid.get()) : isYoung(pidFile)) {
            return settledSlot() ? Status.EXITED : Status.RUNNING;
        }
        // the wrapper may have ended between the two looks
        return code("rc").isPresent() || code("rc.slot").isPresent() ? Status.EXITED : Status.VANISHED;
    }

    private static boolean wrapperRuns(String pid) {
        String[] f = pid.strip().split(" ", -1);
        if (f.length != 3 || !f[2].equals(ProcessTable.bootId())) {
            return false;
        }
        OptionalLong started = ProcessTable.started(Long.parseLong(f[0]));
        return started.isPresent() && Long.toString(started.getAsLong()).equals(f[1]);
    }

    /** The exit code is there but could not be published, because the disk is full or the keeper was killed. */
    private boolean settledSlot() throws IOException {
        return code("rc.slot").isPresent() && !isYoung(directory.resolve("rc.slot"));
    }

    private static boolean isYoung(Path file) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return Duration.between(changed, Instant.now()).abs().compareTo(SETTLING) < 0;
        } catch (java.nio.file.NoSuchFileException e) {
            return true;
        }
    }

    private OptionalInt code(String file) throws IOException {
        String text = Durable.readText(directory.resolve(file)).orElse("").strip();
        return text.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** The exit code of a command that has {@link Status#EXITED}. */
    public int exitCode() throws IOException {
        OptionalInt published = code("rc");
        return published.isPresent() ? published.getAsInt() : code("rc.slot").orElse(-1);
    }

    /** When the command was started; empty if it was not. */
    public Optional<Instant> startedAt() throws IOException {
        return changed("pid");
    }

    /** When the command ended; empty if it did not. */
    public Optional<Instant> endedAt() throws IOException {
        return changed("ended").or(() -> {
            try {
                return changed("rc");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Optional<Instant> changed(String file) throws IOException {
        Path path = directory.resolve(file);
        return Files.exists(path) ? Optional.of(Files.getLastModifiedTime(path).toInstant()) : Optional.empty();
    }

    /** The process number of the command's wrapper, which is its process group too; empty if it was not started. */
    public OptionalLong group() throws IOException {
        String pid = Durable.readText(directory.resolve("pid")).orElse("");
        return pid.endsWith("\n") ? OptionalLong.of(Long.parseLong(pid.split(" ", 2)[0])) : OptionalLong.empty();
    }

    /** Ends the command and all of its group: TERM, then KILL after the grace. Nothing if it does not run. */
    public void end(Duration grace) throws IOException, InterruptedException {
        OptionalLong group = group();
        if (status() == Status.RUNNING && group.isPresent()) {
            Signals.endGroup(group.getAsLong(), grace);
        }
    }

    /** The output that was kept. */
    public JobOutput output() {
        return new JobOutput(directory);
    }

    /** What the wrapper itself complained about; empty as a rule. */
    public String wrapperErrors() throws IOException {
        return Durable.readText(directory.resolve("wrapper.err")).orElse("").strip();
    }
}
