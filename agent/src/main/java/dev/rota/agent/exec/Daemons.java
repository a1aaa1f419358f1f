package dev.rota.agent.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Plain daemons: processes with a process id file, in a session of their own, that survive the agent. */
public final class Daemons {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final String SCRIPT = Scripts.load("daemon.sh");

    private Daemons() {}

    /**
     * The command that starts a daemon and ends as soon as its process id file is written; run it as a {@link JobCommand}.
     *
     * @param daemon the daemon's own command line
     */
    public static CommandLine starter(CommandLine daemon, Path pidFile, Path log) {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, JobCommand.MARK));
        argv.add(pidFile.toString());
        argv.add(log.toString());
        argv.addAll(daemon.argv());
        return new CommandLine(argv, daemon.environment(), daemon.directory(), daemon.stdin(), daemon.user());
    }

    /**
     * Stops the daemon of a process id file: TERM, and KILL to it and its group when it still runs at {@code killAt}.
     *
     * @return whether it is gone
     */
    public static boolean stop(PidFile file, RunAs user, Instant killAt, Instant giveUpAt)
            throws IOException, InterruptedException {
        OptionalLong running = file.running();
        if (running.isPresent()) {
            long pid = running.getAsLong();
            Signals.send("TERM", pid, user);
            if (!gone(file, pid, killAt)) {
                if (ProcessTable.leadsGroup(pid)) {
                    Signals.sendGroup("KILL", pid, user);
                }
                Signals.send("KILL", pid, user);
                if (!gone(file, pid, giveUpAt)) {
                    return false;
                }
            }
        }
        file.forget();
        return true;
    }

    private static boolean gone(PidFile file, long pid, Instant until) throws IOException, InterruptedException {
        while (true) {
            // the product may remove its own file while it still runs
            boolean runs = file.running().isPresent() || ProcessTable.runs(pid);
            if (!runs || !Instant.now().isBefore(until)) {
                return !runs;
            }
            Thread.sleep(POLL.toMillis());
        }
    }
}
