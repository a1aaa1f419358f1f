package dev.rota.agent.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends signals to processes and process groups. */
public final class Signals {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration SENDING = Duration.ofSeconds(5);
    /** How long to wait for a killed group to be gone: only a process stuck in the kernel takes longer. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private Signals() {}

    /** Sends a signal ({@code TERM}, {@code KILL}) to a process, as a user; a process that is gone is no error. */
    public static void send(String signal, long pid, RunAs user) throws InterruptedException {
        kill(signal, Long.toString(pid), user);
    }

    /** Sends a signal to all processes of a group, as a user. */
    public static void sendGroup(String signal, long group, RunAs user) throws InterruptedException {
        kill(signal, "-" + group, user);
    }

    /** Ends a group: TERM, then KILL after the grace; returns when none of it runs, or gives up shortly after the KILL. */
    static void endGroup(long group, Duration grace) throws InterruptedException {
        sendGroup("TERM", group, RunAs.self());
        if (!gone(group, grace)) {
            sendGroup("KILL", group, RunAs.self());
            gone(group, AFTER_KILL);
        }
    }

    private static boolean gone(long group, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (ProcessTable.groupRuns(group)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    private static void kill(String signal, String target, RunAs user) throws InterruptedException {
        List<String> argv = List.of("/bin/sh", "-c", "kill -s \"$1\" -- \"$2\"", "rota-kill", signal, target);
        try {
            Commands.run(new CommandLine(argv, Map.of(), Optional.empty(), Optional.empty(), user), SENDING);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start /bin/sh to send a signal", e);
        }
    }
}
