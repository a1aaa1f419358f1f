package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.StatusView;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        header = "Shows the coordinators and every cluster.",
        description =
                "Shows the coordinator that answered, who leads, and every cluster: nodes, versions that run, and the rollout under way.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota status", "  rota status --output json"})
final class StatusCommand extends RemoteCommand {
    StatusCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        return context().show(client.status(), StatusView::text);
    }
}
