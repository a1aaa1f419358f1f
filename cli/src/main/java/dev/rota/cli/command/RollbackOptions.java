package dev.rota.cli.command;

import picocli.CommandLine.Option;

/** Which rollout a plan takes back, and at what price. */
final class RollbackOptions {
    @Option(
            names = "--rollback-of",
            paramLabel = "ROLLOUT",
            defaultValue = "",
            description =
                    "Take this rollout back, which has ended: to what ran before it, with the data of its backups where the old release"
                            + " cannot go on with what is there. The plan says what is lost.")
    String of = "";

    @Option(
            names = "--accept-loss",
            description =
                    "What was written since those backups may be lost. Without it a plan that would lose it is refused, unless it is a"
                            + " dry run.")
    boolean acceptLoss;
}
