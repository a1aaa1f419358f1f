package dev.rota.cli.command;

import picocli.CommandLine.Mixin;
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

    @Mixin
    LossOptions loss = new LossOptions();
}
