package dev.rota.coordinator.plan;

import dev.rota.contract.Change;
import dev.rota.contract.MigrationChain.Migration;
import dev.rota.contract.Version;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One step of a path: it installs one release.
 *
 * @param change update or upgrade, by the product's series; a downgrade where that was asked for
 * @param skipped what it jumps over, in ascending order: releases, or series where the recipe's steps are series
 * @param migrations scripts of the new release to run, in order
 */
public record Hop(Version from, Version to, Change change, List<Version> skipped, List<Migration> migrations) {
    /** Copies the lists. */
    public Hop {
        skipped = List.copyOf(skipped);
        migrations = List.copyOf(migrations);
    }

    /** The migrations as a recipe's template gets them: each with all its names, the newest first, separated by {@code |}. */
    public List<String> scripts() {
        return migrations.stream()
                .map(migration -> String.join("|", migration.names()))
                .collect(Collectors.toUnmodifiableList());
    }
}
