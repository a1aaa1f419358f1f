package dev.rota.agent.action;

import dev.rota.agent.exec.CommandLine;
import dev.rota.agent.exec.Daemons;
import dev.rota.agent.exec.PidFile;
import dev.rota.agent.exec.RunAs;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Starts or stops a systemd unit, or a plain daemon with a process id file. */
final class ServiceAction implements Action<Work.Service> {
    /** At most this long before the deadline a daemon that does not end by itself is killed, so that its end can still be proven. */
    private static final Duration KILL_AHEAD = Duration.ofSeconds(5);

    private static final String START = "START";

    @Override
    public Done perform(Work.Service work, Task task) throws ActionFailure, IOException, InterruptedException {
        if (!work.unit().isEmpty()) {
            return systemd(work, task);
        }
        PidFile file = new PidFile(pidFile(work));
        return verb(work).equals(START) ? start(work, file, task) : stop(work, file, task);
    }

    @Override
    public boolean leavesTraces() {
        return true;
    }

    @Override
    public boolean canResume(Work.Service work, Task task, boolean sameBoot) throws IOException {
        boolean command = !work.unit().isEmpty() || verb(work).equals(START);
        return command && JobCommands.canResume(task, sameBoot);
    }

    @Override
    public String evidence(Work.Service work) throws IOException {
        return LogTail.of(work.log());
    }

    /** The verb's name: its type is not visible from here. */
    private static String verb(Work.Service work) {
        return String.valueOf(work.verb());
    }

    private static Path pidFile(Work.Service work) throws ActionFailure {
        return Path.of(work.pidFile()
                .orElseThrow(() -> new ActionFailure(Code.BAD_REQUEST, "a plain daemon needs a process id file")));
    }

    /** Units are the system's: the recipe's user does not apply. */
    private static Done systemd(Work.Service work, Task task) throws ActionFailure, IOException, InterruptedException {
        String verb = verb(work).toLowerCase(Locale.ROOT);
        CommandLine command = new CommandLine(
                List.of("systemctl", verb, "--", work.unit()),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                RunAs.self());
        return ended(command, JobCommands.run(command, task));
    }

    private static Done start(Work.Service work, PidFile file, Task task)
            throws ActionFailure, IOException, InterruptedException {
        if (file.running().isPresent()) {
            return Done.at(task.context().clock().instant());
        }
        CommandLine daemon = new CommandLine(
                work.command(),
                task.context().environment(),
                work.directory(),
                Optional.empty(),
                task.context().user());
        Path log = Path.of(work.log().orElse("/dev/null"));
        CommandLine starter = Daemons.starter(daemon, pidFile(work), log);
        return ended(daemon, JobCommands.run(starter, task));
    }

    private static Done ended(CommandLine command, JobCommands.Ended ended) throws ActionFailure {
        if (ended.exit() != 0) {
            String said = Expectations.excerpt(ended.output());
            throw new ActionFailure(
                    Code.EXIT_STATUS,
                    "'" + command.text() + "' ended with exit code " + ended.exit()
                            + (said.isEmpty() ? "" : ": " + said),
                    ended.output());
        }
        return new Done(ended.at(), ended.spentMs(), Map.of(), ended.output());
    }

    private static Done stop(Work.Service work, PidFile file, Task task)
            throws ActionFailure, IOException, InterruptedException {
        Instant begun = task.context().clock().instant();
        Duration left = task.deadline().remaining();
        Duration ahead = left.dividedBy(2).compareTo(KILL_AHEAD) < 0 ? left.dividedBy(2) : KILL_AHEAD;
        Instant giveUp = task.deadline().at();
        if (!Daemons.stop(file, task.context().user(), giveUp.minus(ahead), giveUp)) {
            throw new ActionFailure(
                    Code.TIMED_OUT, "the process of " + work.pidFile().orElse("") + " still runs after it was killed");
        }
        Instant now = task.context().clock().instant();
        return new Done(now, Duration.between(begun, now).toMillis(), Map.of(), "");
    }
}
