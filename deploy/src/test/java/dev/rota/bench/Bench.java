package dev.rota.bench;

import dev.rota.demo.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what an operator waits for, each figure beside what the machine could do at best, measured in the same run. Prints; judges
 * nothing.
 */
public final class Bench {
    private static final String ALL = "all";
    private static final List<Benchmark> BENCHMARKS =
            List.of(new Commits(), new Notes(), new Agents(), new Steps(), new Failover());

    private Bench() {}

    /**
     * Runs benchmarks.
     *
     * @param arguments which one or {@code all}; a directory to write to; the repository
     */
    public static void main(String[] arguments) throws Exception {
        String which = arguments[0];
        Path directory = Files.createDirectories(Path.of(arguments[1])).toRealPath();
        List<Benchmark> asked = BENCHMARKS.stream()
                .filter(b -> which.equals(ALL) || b.name().equals(which))
                .toList();
        if (asked.isEmpty()) {
            System.out.println(which + ": skipped, there is no such benchmark");
        }
        for (Benchmark benchmark : asked) {
            Path own = Files.createDirectories(directory.resolve(benchmark.name()));
            try (Processes processes = new Processes(own)) {
                Thread atExit = new Thread(processes::close, "stop");
                Runtime.getRuntime().addShutdownHook(atExit);
                run(benchmark, new Ground(Path.of(arguments[2]).toRealPath(), own, processes));
                Runtime.getRuntime().removeShutdownHook(atExit);
            }
        }
    }

    private static void run(Benchmark benchmark, Ground ground) throws Exception {
        try {
            benchmark.run(ground);
        } catch (Benchmark.Skipped e) {
            System.out.println(benchmark.name() + ": skipped, " + e.getMessage());
        }
    }
}
