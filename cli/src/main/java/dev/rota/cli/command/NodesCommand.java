package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.NodesView;
import dev.rota.wire.operator.v1.ListNodesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "nodes",
        header = "Shows every node.",
        customSynopsis = {
            "rota nodes [OPTIONS] [CLUSTER]",
            "       rota nodes backups [CLUSTER|NODE]",
            "       rota nodes restore [OPTIONS] NODE",
        },
        description =
                "Shows every node: its version, whether it serves, its agent, the phase it is in, and everything that"
                        + " is wrong with it.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota nodes", "  rota nodes chat --output json", "  rota nodes backups chat"})
final class NodesCommand extends RemoteCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CLUSTER",
            defaultValue = "",
            description = "Only this cluster; default: all.")
    String cluster = "";

    NodesCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        return context()
                .show(
                        client.nodes(ListNodesRequest.newBuilder()
                                .setCluster(cluster)
                                .build()),
                        NodesView::text);
    }
}
