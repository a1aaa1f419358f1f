package dev.rota.bench;

import dev.rota.demo.Processes;
import java.nio.file.Path;

/**
 * Where a benchmark runs.
 *
 * @param repository the checked-out repository
 * @param directory to write to; removed afterwards
 * @param processes starts child processes; all end with the benchmark, also when it is interrupted
 */
record Ground(Path repository, Path directory, Processes processes) {}
