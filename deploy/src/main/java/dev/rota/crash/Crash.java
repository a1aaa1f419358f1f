package dev.rota.crash;

import dev.rota.demo.Unavailable;
import dev.rota.demo.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Tries every cell of the matrix on real processes. Arguments: the repository's directory, then the options of
 * {@code deploy/crash.sh}. Exit codes: 0 nothing was violated, 1 something was, or the run failed, 2 usage.
 */
public final class Crash {
    private static final int MISUSE = 2;

    private final Path repository;
    private final Path directory;
    private final CrashOptions options;
    private final PrintStream out;
    private final Map<Cell, Result> results = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private Optional<Namespaces> namespaces = Optional.empty();
    private Optional<String> noCut = Optional.empty();
    private Optional<Rig> rig = Optional.empty();
    private Optional<Acknowledged> acknowledged = Optional.empty();
    private int rigs;
    private boolean stopping;

    private Crash(Path repository, Path directory, CrashOptions options, PrintStream out) {
        this.repository = repository;
        this.directory = directory;
        this.options = options;
        this.out = out;
    }

    /** Tries the cells. */
    public static void main(String[] args) throws InterruptedException {
        int exit;
        try {
            exit = start(Path.of(args[0]), CrashOptions.parse(List.of(args).subList(1, args.length)));
        } catch (CrashOptions.Misuse e) {
            System.err.println("crash: " + e.getMessage() + "\ncrash: deploy/crash.sh --help lists the options");
            exit = MISUSE;
        } catch (IOException | RuntimeException e) {
            System.err.println("crash: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private static int start(Path repository, CrashOptions options) throws IOException, InterruptedException {
        WorkDirectory work = WorkDirectory.create();
        Crash crash = new Crash(repository, work.path(), options, System.out);
        Thread hook = new Thread(
                () -> {
                    crash.tearDown(true);
                    System.err.println("crash: all is stopped; " + work.describe());
                },
                "stop-everything");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean well = false;
        try {
            well = crash.run();
        } finally {
            crash.tearDown(false);
            if (disarm(hook)) {
                if (well && !options.keep()) {
                    work.remove();
                } else {
                    System.err.println("crash: " + work.describe());
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

    private boolean run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        makeNamespaces();
        List<Cell> cells = options.cells().stream()
                .filter(cell -> cell.deed() != Deed.CUT || namespaces.isPresent())
                .toList();
        say("%d cells, seed %d, in %s".formatted(cells.size(), options.seed(), directory));
        for (List<Cell> together : Matrix.rollouts(cells)) {
            for (Result result : attempt(together)) {
                results.put(result.cell(), result);
                say("%d/%d %s: %s (rollout %.1f s)"
                        .formatted(
                                results.size(),
                                cells.size(),
                                result.cell(),
                                result.outcome(),
                                result.millis() / 1000.0));
                result.wrong().forEach(line -> say("  " + line));
            }
        }
        audit();
        Duration wall = Duration.ofNanos(System.nanoTime() - begin);
        MatrixView view = new MatrixView(results.values(), noCut);
        out.println();
        view.table().forEach(out::println);
        out.println();
        view.legend().forEach(out::println);
        out.println();
        view.wrong().forEach(out::println);
        say(view.totals(wall));
        if (options.report().isPresent()) {
            view.write(options.report().get(), options.seed(), asked, wall);
            say("figures are in " + options.report().get());
        }
        return view.wrong().isEmpty();
    }

    private void makeNamespaces() throws InterruptedException {
        if (!Boolean.getBoolean("rota.crash.namespaces")) {
            noCut = Optional.of("that takes network namespaces, which only root can make, with ip and unshare");
            return;
        }
        try {
            namespaces = Optional.of(Namespaces.make(IntStream.rangeClosed(1, Rig.COORDINATORS)
                    .mapToObj(i -> "c" + i)
                    .toList()));
        } catch (IOException e) {
            noCut = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Cells that come to no end leave a cluster nobody can go on with: the next ones get a fresh one. */
    private List<Result> attempt(List<Cell> cells) throws IOException, InterruptedException {
        Rig running = running();
        long begin = System.nanoTime();
        Experiment experiment = new Experiment(running, acknowledged.orElseThrow(), cells, options.seed());
        try {
            return experiment.run();
        } catch (IOException | RuntimeException e) {
            tearDown(false);
            return experiment.failed(
                    e.getMessage() + " (logs in " + running.directory() + ")",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
    }

    private Rig running() throws IOException, InterruptedException {
        Rig running;
        synchronized (this) {
            if (stopping) {
                throw new IOException("everything is being stopped");
            }
            if (rig.isPresent()) {
                return rig.get();
            }
            rigs++;
            running = new Rig(repository, directory.resolve("rig-" + rigs), namespaces);
            rig = Optional.of(running);
        }
        try {
            running.bringUp();
        } catch (Unavailable e) {
            throw new IOException(e.getMessage(), e);
        }
        acknowledged = Optional.of(new Acknowledged(running));
        return running;
    }

    /** What was acknowledged must be known to every coordinator; otherwise the cells it was done in were not well after all. */
    private void audit() throws InterruptedException {
        if (rig.isEmpty() || acknowledged.isEmpty() || results.isEmpty()) {
            return;
        }
        say("every coordinator is asked for all of " + acknowledged.get().size() + " rollouts");
        try {
            acknowledged
                    .get()
                    .lost(asked)
                    .forEach((cell, what) -> results.replaceAll((key, result) ->
                            cell.isEmpty() || key.toString().equals(cell) ? withWrong(result, what) : result));
        } catch (IOException | RuntimeException e) {
            Cell last = new ArrayList<>(results.keySet()).get(results.size() - 1);
            results.computeIfPresent(
                    last, (key, result) -> withWrong(result, List.of("the coordinators could not be asked: " + e)));
        }
    }

    private static Result withWrong(Result result, List<String> more) {
        List<String> wrong = new ArrayList<>(result.wrong());
        wrong.addAll(more);
        return new Result(
                result.cell(),
                result.point(),
                result.rollout(),
                result.holds(),
                List.copyOf(wrong),
                result.millis(),
                result.evidence());
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
        out.println("crash: " + line);
    }
}
