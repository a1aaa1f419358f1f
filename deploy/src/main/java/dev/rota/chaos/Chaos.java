package dev.rota.chaos;

import dev.rota.demo.Unavailable;
import dev.rota.demo.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tries every hazard on a real cluster. Arguments: the repository's directory, then the options of {@code deploy/chaos.sh}. Exit codes:
 * 0 nothing was violated, 1 something was, or the run failed, 2 usage, 77 the product cannot be had on this machine.
 */
public final class Chaos {
    private static final int MISUSE = 2;
    private static final int UNAVAILABLE = 77;

    private final Path repository;
    private final Path directory;
    private final ChaosOptions options;
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();
    private Optional<Rig> rig = Optional.empty();
    private int rigs;
    private boolean stopping;

    private Chaos(Path repository, Path directory, ChaosOptions options, PrintStream out) {
        this.repository = repository;
        this.directory = directory;
        this.options = options;
        this.out = out;
    }

    /** Tries the hazards. */
    public static void main(String[] args) throws InterruptedException {
        int exit;
        try {
            exit = start(Path.of(args[0]), ChaosOptions.parse(List.of(args).subList(1, args.length)));
        } catch (ChaosOptions.Misuse e) {
            System.err.println("chaos: " + e.getMessage() + "\nchaos: deploy/chaos.sh --help lists the options");
            exit = MISUSE;
        } catch (Unavailable e) {
            System.err.println("chaos: " + e.getMessage());
            exit = UNAVAILABLE;
        } catch (IOException | RuntimeException e) {
            System.err.println("chaos: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private static int start(Path repository, ChaosOptions options)
            throws IOException, InterruptedException, Unavailable {
        WorkDirectory work = WorkDirectory.create();
        Chaos chaos = new Chaos(repository, work.path(), options, System.out);
        Thread hook = new Thread(
                () -> {
                    chaos.tearDown(true);
                    System.err.println("chaos: all is stopped; " + work.describe());
                },
                "stop-everything");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean clean = false;
        boolean well = false;
        try {
            well = chaos.run();
            clean = well && !options.keep();
        } catch (Unavailable e) {
            clean = true;
            throw e;
        } finally {
            chaos.tearDown(false);
            if (disarm(hook)) {
                if (clean) {
                    work.remove();
                } else {
                    System.err.println("chaos: " + work.describe());
                }
            }
        }
        return well ? 0 : 1;
    }

    /** Whether the end is a regular one; otherwise the hook is running and does the rest. */
    private static boolean disarm(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    private boolean run() throws IOException, InterruptedException, Unavailable {
        long begin = System.nanoTime();
        say("%d cases, in %s".formatted(options.hazards().size(), directory));
        for (Hazard hazard : options.hazards()) {
            Result result = attempt(hazard);
            results.add(result);
            say("%d/%d %s: %s %s (%.1f s)"
                    .formatted(
                            results.size(),
                            options.hazards().size(),
                            hazard.name(),
                            result.outcome(),
                            result.code(),
                            result.millis() / 1000.0));
            if (!result.sentence().isEmpty()) {
                say("  " + result.sentence());
            }
            result.answer().forEach(line -> say("  answer: " + line));
            result.wrong().forEach(line -> say("  WRONG: " + line));
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - begin);
        ChaosReport report = new ChaosReport(results);
        out.println();
        report.table().forEach(out::println);
        out.println();
        report.wrong().forEach(out::println);
        say(report.totals(wall));
        if (options.report().isPresent()) {
            report.write(options.report().get(), options.seed(), wall);
            say("figures are in " + options.report().get());
        }
        return report.wrong().isEmpty();
    }

    /** A case that comes to no end leaves a cluster nobody can go on with: the next one gets a fresh one. */
    private Result attempt(Hazard hazard) throws IOException, InterruptedException, Unavailable {
        if (hazard.needsDisks() && !Disks.available()) {
            return Result.skipped(
                    hazard, "a small disk for each node takes a mount namespace, which only root can make");
        }
        Rig running = running();
        long begin = System.nanoTime();
        Result result;
        try {
            result = new Trial(running, hazard).run();
        } catch (IOException | RuntimeException e) {
            result = Result.failed(
                    hazard,
                    e.getMessage() + " (logs in " + running.directory() + ")",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        if (!result.wrong().isEmpty()) {
            tearDown(false);
        }
        return result;
    }

    private Rig running() throws IOException, InterruptedException, Unavailable {
        Rig running;
        synchronized (this) {
            if (stopping) {
                throw new IOException("everything is being stopped");
            }
            if (rig.isPresent()) {
                return rig.get();
            }
            rigs++;
            running = new Rig(repository, directory.resolve("rig-" + rigs));
            rig = Optional.of(running);
        }
        running.bringUp();
        return running;
    }

    private void tearDown(boolean forGood) {
        Optional<Rig> running;
        synchronized (this) {
            stopping |= forGood;
            running = rig;
            rig = Optional.empty();
        }
        running.ifPresent(Rig::close);
    }

    private void say(String line) {
        out.println("chaos: " + line);
    }
}
