package dev.rota.coordinator.plan;

/**
 * What may be lost when data is put back.
 *
 * @param sinceBackup what was written since the backup was made
 * @param now what is there now: it is not backed up first. For nodes whose backup cannot work any more
 */
public record Loss(boolean sinceBackup, boolean now) {}
