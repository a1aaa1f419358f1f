package dev.rota.history;

import dev.rota.demo.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Kills all three members with -9 while entries are being written, again and again, and checks after each start that nothing is lost. */
public final class KillAll {
    private static final int SHORTEST_MS = 100;
    private static final int LONGEST_MS = 700;

    private KillAll() {}

    /**
     * Kills and checks.
     *
     * @param arguments how often; a directory that is empty; a seed
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path directory = Files.createDirectories(Path.of(arguments[1])).toRealPath();
        Random random = new Random(Long.parseLong(arguments[2]));
        long started = System.nanoTime();
        try (Processes processes = new Processes(directory)) {
            Thread atExit = new Thread(processes::close, "stop");
            Runtime.getRuntime().addShutdownHook(atExit);
            JournalTrio trio = new JournalTrio(directory, processes, 1);
            Set<String> all = new TreeSet<>(JournalTrio.names());
            trio.start();
            for (int round = 1; round <= rounds; round++) {
                trio.write(true);
                trio.awaitAck(System.currentTimeMillis() * 1000, all);
                // The experiment: any moment of the load is as good as another.
                Thread.sleep(SHORTEST_MS + random.nextInt(LONGEST_MS));
                trio.killAll();
                trio.write(false);
                trio.start();
                int entries = trio.check();
                if (round % 10 == 0 || round == rounds) {
                    System.out.printf(
                            "all killed %d times: %d entries acknowledged, none lost; %d entries, the same on all members (%d s)%n",
                            round, trio.acks().size(), entries, (System.nanoTime() - started) / 1_000_000_000);
                }
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
