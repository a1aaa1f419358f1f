package dev.rota.agent.action;

import dev.rota.agent.exec.CommandLine;
import dev.rota.agent.exec.JobCommand;
import dev.rota.agent.exec.JobOutput;
import dev.rota.agent.step.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command in an action's directory to its end, or picks up the one that an earlier agent process started there. */
final class JobCommands {
    private static final Logger LOG = LoggerFactory.getLogger(JobCommands.class);
    private static final Duration FIRST_POLL = Duration.ofMillis(5);
    private static final Duration LAST_POLL = Duration.ofMillis(50);
    private static final Duration SHOW_EVERY = Duration.ofMillis(250);
    private static final int SHOW_BYTES = 8 * 1024;
    /** How long a command may take to end by itself after its deadline, before it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int TAIL = 32 * 1024;

    private JobCommands() {}

    /** How a command ended. */
    record Ended(int exit, String output, long spentMs, Instant at) {}

    /**
     * Whether the command of this directory runs, has left its exit code, or was certainly never started: without traces it may
     * have been, if the host went down since.
     */
    static boolean canResume(Task task, boolean sameBoot) throws IOException {
        return switch (new JobCommand(task.directory()).status()) {
            case RUNNING, EXITED -> true;
            case ABSENT -> sameBoot;
            case VANISHED -> false;
        };
    }

    static Ended run(CommandLine command, Task task) throws ActionFailure, IOException, InterruptedException {
        JobCommand job = new JobCommand(task.directory());
        Process wrapper = null;
        if (job.status() == JobCommand.Status.ABSENT) {
            wrapper = start(job, command, task);
        }
        try {
            return awaitEnd(job, wrapper, command, task);
        } catch (IOException e) {
            // a step that is reported as failed leaves no command running behind it
            try {
                job.end(GRACE);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static Ended awaitEnd(JobCommand job, @Nullable Process wrapper, CommandLine command, Task task)
            throws ActionFailure, IOException, InterruptedException {
        JobOutput shown = job.output();
        long showAt = System.nanoTime() + SHOW_EVERY.toNanos();
        Duration poll = FIRST_POLL;
        while (true) {
            JobCommand.Status status = settled(job, wrapper);
            if (status == JobCommand.Status.EXITED) {
                return ended(job, task);
            }
            if (status == JobCommand.Status.VANISHED) {
                throw lost(job, command);
            }
            if (status == JobCommand.Status.ABSENT && wrapper != null && !wrapper.isAlive()) {
                throw new ActionFailure(
                        Code.NOT_STARTED, "cannot start '" + command.text() + "': " + job.wrapperErrors());
            }
            if (task.deadline().passed()) {
                job.end(GRACE);
                throw new ActionFailure(
                        Code.TIMED_OUT,
                        "'" + command.text() + "' was still running at its deadline and was stopped",
                        job.output().tail(TAIL));
            }
            if (System.nanoTime() - showAt >= 0) {
                show(shown, task);
                showAt = System.nanoTime() + SHOW_EVERY.toNanos();
            }
            pause(wrapper, task.deadline().remaining(poll));
            poll = poll.multipliedBy(5).dividedBy(4);
            poll = poll.compareTo(LAST_POLL) < 0 ? poll : LAST_POLL;
        }
    }

    /** Output that cannot be shown now does not end the step: its command runs on, and all of it is read when it has ended. */
    private static void show(JobOutput shown, Task task) {
        try {
            task.output().accept(shown.more(SHOW_BYTES));
        } catch (IOException e) {
            LOG.warn("cannot read the output of a running command in {}: {}", task.directory(), e.toString());
        }
    }

    private static Process start(JobCommand job, CommandLine command, Task task) throws ActionFailure {
        try {
            return job.start(command, task.context().keepBytes());
        } catch (IOException e) {
            throw new ActionFailure(Code.NOT_STARTED, "cannot start '" + command.text() + "': " + e.getMessage());
        }
    }

    /** A wrapper that has ended since the first look has left its traces by the second. */
    private static JobCommand.Status settled(JobCommand job, @Nullable Process wrapper) throws IOException {
        boolean ended = wrapper != null && !wrapper.isAlive();
        JobCommand.Status status = job.status();
        return status == JobCommand.Status.ABSENT && ended ? job.status() : status;
    }

    private static void pause(@Nullable Process wrapper, Duration time) throws InterruptedException {
        long ms = Math.max(1, time.toMillis());
        if (wrapper == null || !wrapper.isAlive()) {
            Thread.sleep(ms);
        } else {
            // returns at once when the wrapper ends; the result does not matter, the traces are looked at
            boolean ended = wrapper.waitFor(ms, TimeUnit.MILLISECONDS);
            assert ended || ms > 0;
        }
    }

    private static Ended ended(JobCommand job, Task task) throws IOException {
        Instant now = task.context().clock().instant();
        Instant end = job.endedAt().filter(t -> t.isBefore(now)).orElse(now);
        Instant start = job.startedAt().orElse(end);
        long spent = Math.max(0, Duration.between(start, end).toMillis());
        String output = job.output().text((int) task.context().keepBytes());
        return new Ended(job.exitCode(), output, spent, end);
    }

    private static ActionFailure lost(JobCommand job, CommandLine command) throws IOException {
        return new ActionFailure(
                Code.COMMAND_LOST,
                "'" + command.text() + "' was killed together with its wrapper; whether it took effect is unknown",
                job.output().tail(TAIL));
    }
}
