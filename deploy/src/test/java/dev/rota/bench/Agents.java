package dev.rota.bench;

import dev.rota.bench.fleet.Fleet;
import dev.rota.bench.fleet.Handshakes;
import dev.rota.bench.fleet.Identities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One coordinator with 10,000 agents, each with a connection and a certificate of its own: the time until all are connected, what the
 * coordinator takes while they only show that they are there, and the time until all are back after it was killed. Beside it what the same
 * number of bare handshakes takes. Agents and coordinator share this machine's processors.
 */
final class Agents implements Benchmark {
    private static final int AGENTS = Integer.getInteger("bench.agents", 10_000);
    private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final long NEEDED_KB = 3L << 20;
    private static final int SPARE_FILES = 500;
    private static final int HARD_LIMIT = 1;

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public void run(Ground ground) throws IOException, InterruptedException, Skipped {
        requireRoom();
        say("%,d agents on one coordinator, mutual TLS 1.3, %d processors for both ends", AGENTS, processors());
        Server server = new Server(ground, AGENTS);
        Identities identities = Identities.issue(server.authority(), server.ca(), server.nodes());
        double limit = Handshakes.seconds(server.credentials(), server.ca(), identities);
        say("  bare handshakes, two threads            %8.1f s  (the limit)", limit);
        server.start();
        try (Fleet fleet = new Fleet(server.address(), identities)) {
            measure(server, fleet);
        }
    }

    private static void measure(Server server, Fleet fleet) throws IOException, InterruptedException {
        long start = System.nanoTime();
        fleet.start();
        int connected = fleet.awaitConnected(CONNECTED_WITHIN);
        say("  connected                               %8d of %d", connected, AGENTS);
        say("  until all were connected                %8.1f s", since(start));
        TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
        double seconds = server.cpuSeconds();
        long from = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
        say(
                "  processor while they show they are there%8.1f %% of one, over %d s",
                100 * (server.cpuSeconds() - seconds) / since(from), MEASURED.toSeconds());
        say("  resident memory                         %8d MB, at most %d MB", server.memoryMb(), server.peakMb());

        int before = fleet.welcomes();
        server.kill();
        long killed = System.nanoTime();
        server.start();
        double serving = since(killed);
        int back = fleet.awaitWelcomes(before + connected, CONNECTED_WITHIN) - before;
        say("  back after kill -9                      %8d of %d", back, connected);
        say(
                "  until all were back                     %8.1f s  (%.1f s of it until it served)",
                since(killed), serving);
        say("  resident memory after that              %8d MB, at most %d MB", server.memoryMb(), server.peakMb());
        say("  attempts that came to nothing           %8d", fleet.failures());
    }

    private static void requireRoom() throws IOException, Skipped {
        long available = ProcFile.kilobytes(Path.of("/proc/meminfo"), "MemAvailable");
        if (available < NEEDED_KB) {
            throw new Skipped("it needs 3 GB of memory, free are " + (available >> 10) + " MB");
        }
        String limit = ProcFile.word(Path.of("/proc/self/limits"), "Max open files", HARD_LIMIT);
        if (!limit.equals("unlimited") && Long.parseLong(limit) < AGENTS + SPARE_FILES) {
            throw new Skipped("it needs " + (AGENTS + SPARE_FILES) + " open files, the limit (ulimit -Hn) is " + limit);
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
