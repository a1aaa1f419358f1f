package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.TakenBack;

/**
 * A verified backup of a node that some rollout has made.
 *
 * @param rollout its id
 * @param hop id of the hop in it, which names the backup of a node
 * @param version of the product that was backed up
 */
public record Saved(String rollout, String hop, Version version, TakenBack.Backup backup) {}
