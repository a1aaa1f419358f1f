package dev.rota.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "rota",
        description = {
            "Upgrades self-hosted clusters node by node, so that the service stays up, and by a full stop where the release notes, "
                    + "the version path or the cluster forbid that. This program asks a coordinator, which does the work."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota status",
            "  rota releases add ejabberd 24.02 --file ejabberd-24.02.tar.gz",
            "  rota plan chat --to 24.02",
            "  rota apply 3f9a2c41d07e --wait",
            "  rota why chat"
        })
final class RotaCommand extends Group {
    @Mixin
    final GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    RotaCommand(GlobalOptions options) {
        this.options = options;
    }
}
