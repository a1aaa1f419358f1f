package dev.rota.bench;

import dev.rota.history.JournalTrio;
import dev.rota.history.JournalTrio.Ack;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How long three coordinators' journals need after the leader was killed, or stopped, until another one has committed an entry; with the
 * default failure detection.
 */
final class Failover implements Benchmark {
    private static final int RUNS = 20;
    private static final long PAUSE_MS = 2;

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public void run(Ground ground) throws IOException, InterruptedException {
        JournalTrio trio = new JournalTrio(ground.directory(), ground.processes(), PAUSE_MS);
        trio.write(true);
        trio.start();
        Set<String> all = new TreeSet<>(JournalTrio.names());
        print("leader killed with -9, to the next commit, ms", measure(trio, all, true), 600);
        print("leader stopped (SIGSTOP), to the next commit, ms", measure(trio, all, false), 3500);
    }

    private static List<Long> measure(JournalTrio trio, Set<String> all, boolean kill)
            throws IOException, InterruptedException {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            String leader = settled(trio, all);
            Process process = trio.process(leader);
            Set<String> others = new TreeSet<>(all);
            others.remove(leader);
            long at = micros();
            if (kill) {
                process.destroyForcibly();
            } else {
                signal(process, "STOP");
            }
            Ack first = trio.awaitAck(at, others);
            took.add((first.atMicros() - at) / 1000);
            if (kill) {
                process.waitFor();
                trio.start();
            } else {
                signal(process, "CONT");
            }
        }
        took.sort(null);
        return took;
    }

    /** Waits until all members have what was written, with one that leads; answers which. */
    private static String settled(JournalTrio trio, Set<String> all) throws IOException, InterruptedException {
        trio.write(false);
        trio.check();
        trio.write(true);
        String leads = trio.awaitAck(micros(), all).by();
        return trio.awaitAck(micros(), all).by().equals(leads) ? leads : settled(trio, all);
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void print(String what, List<Long> took, long aim) {
        System.out.printf(
                Locale.ROOT,
                "%-50s median %6d  worst %6d  of %d runs (aim: median %d)%n",
                what,
                took.get(took.size() / 2),
                took.get(took.size() - 1),
                took.size(),
                aim);
    }
}
