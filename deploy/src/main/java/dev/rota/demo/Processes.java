package dev.rota.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Starts child processes and stops them by their process id, the newest first. All carry the mark of the work directory, so that they
 * can be found when nobody knows their ids any more.
 */
public final class Processes implements AutoCloseable {
    /** How long a process may take to end after TERM before it is killed. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final Path logs;
    private final Map<String, String> mark;
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean closed;

    /** A process that was started here. */
    public record Child(String name, Process process, Path log) {}

    /** How a command ended. */
    public record Outcome(int exit, String output) {
        /** The output of a command that must have ended with 0. */
        public String orThrow(String what) {
            if (exit != 0) {
                throw new IllegalStateException(what + " ended with exit code " + exit + ":\n" + output.strip());
            }
            return output;
        }
    }

    /** For the processes of that work directory; log files are written to {@code log} below it, which is made if it is not there. */
    public Processes(Path directory) throws IOException {
        this.logs = Files.createDirectories(directory.resolve("log"));
        this.mark = new WorkDirectory(directory).mark();
    }

    /**
     * Starts a process in the background; its output is appended to {@code <name>.log}, its input is closed.
     *
     * @throws IllegalStateException after {@link #close}: nothing would end it
     */
    public synchronized Child start(String name, List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Child child = new Child(name, begin(builder, environment), log);
        children.push(child);
        return child;
    }

    /** The newest process that was started under that name, if it still runs. */
    public synchronized Optional<Child> running(String name) {
        return children.stream()
                .filter(c -> c.name().equals(name) && c.process().isAlive())
                .findFirst();
    }

    /** Ends the process of that name, by TERM, then by KILL; returns when it is gone. */
    public void stop(String name) throws InterruptedException {
        Optional<Child> child = running(name);
        if (child.isPresent()) {
            end(child.get().process().toHandle(), GRACE);
        }
    }

    /** Kills the process of that name without a warning; returns when it is gone. */
    public void kill(String name) throws InterruptedException {
        Optional<Child> child = running(name);
        if (child.isPresent()) {
            child.get().process().destroyForcibly().waitFor();
        }
    }

    /**
     * Sends the process of that name a signal, such as {@code STOP}; does nothing when it does not run.
     *
     * @throws IOException when the signal could not be sent
     */
    public void signal(String name, String signal) throws IOException, InterruptedException {
        Optional<Child> child = running(name);
        if (child.isPresent()) {
            String pid = String.valueOf(child.get().process().pid());
            int exit = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
            if (exit != 0 && child.get().process().isAlive()) {
                throw new IOException("cannot send " + signal + " to " + name + ", process " + pid);
            }
        }
    }

    /** Ends the process whose id is in that file, if it runs; returns when it is gone. */
    public static void stopByFile(Path pidFile, Duration grace) throws InterruptedException {
        Optional<ProcessHandle> handle = handleIn(pidFile);
        if (handle.isPresent()) {
            end(handle.get(), grace);
        }
    }

    /** The running process whose id is in that file. */
    public static Optional<ProcessHandle> handleIn(Path pidFile) {
        try {
            String text = Files.readString(pidFile).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(text)).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The variable of the environment that every process of this run has, also those that others start for it. */
    public Map<String, String> mark() {
        return mark;
    }

    private synchronized Process begin(ProcessBuilder builder, Map<String, String> environment) throws IOException {
        if (closed) {
            throw new IllegalStateException(
                    "everything is being stopped: " + builder.command().get(0) + " is not started");
        }
        builder.environment().putAll(environment);
        builder.environment().putAll(mark);
        return builder.start();
    }

    /**
     * Runs a command to its end and returns its output; each line is also handed on at once. It is killed at the deadline.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Outcome run(
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Duration within,
            Consumer<String> lines)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = begin(builder, environment);
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                () -> {
                    if (process.isAlive()) {
                        process.destroyForcibly();
                    }
                },
                CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                lines.accept(line);
            }
            return new Outcome(process.waitFor(), String.join("\n", output));
        } finally {
            late.cancel(false);
            process.destroyForcibly();
        }
    }

    /** Ends every process that was started here in the background, the newest first; none is started any more. */
    @Override
    public void close() {
        List<Child> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(children);
            children.clear();
        }
        boolean interrupted = false;
        for (Child child : all) {
            try {
                end(child.process().toHandle(), interrupted ? Duration.ZERO : GRACE);
            } catch (InterruptedException e) {
                interrupted = true;
                child.process().destroyForcibly();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void end(ProcessHandle process, Duration grace) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        CompletableFuture<ProcessHandle> gone = process.onExit();
        process.destroy();
        try {
            gone.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            process.destroyForcibly();
            gone.join();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new UncheckedIOException(new IOException("cannot wait for process " + process.pid(), e));
        }
    }
}
