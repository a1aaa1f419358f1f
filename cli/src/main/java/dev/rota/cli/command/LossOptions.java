package dev.rota.cli.command;

import picocli.CommandLine.Option;

/** What may be lost when the data of a backup is put back. */
final class LossOptions {
    @Option(
            names = "--accept-loss",
            description =
                    "What was written since those backups may be lost. Without it a plan that would lose it is refused, unless it is a"
                            + " dry run.")
    boolean accept;

    @Option(
            names = "--no-backup",
            description =
                    "Where data is put back: do not back up first what is there now, for a product whose backup cannot work any more. It"
                            + " is lost then.")
    boolean noBackup;
}
