package dev.rota.demo;

import java.nio.file.Path;

/**
 * Where a demonstration lives.
 *
 * @param repository the checked-out repository (its {@code deploy} directory has the scripts)
 * @param directory work directory of this run; everything a product writes goes below it
 * @param nodeCount how many nodes the cluster has
 * @param ports loopback ports that were free when the run began
 * @param processes starts and stops child processes
 */
public record Site(Path repository, Path directory, int nodeCount, Ports ports, Processes processes) {}
