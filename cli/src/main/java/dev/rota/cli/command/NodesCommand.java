package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.NodesView;
import dev.rota.wire.operator.v1.AcceptNodesRequest;
import dev.rota.wire.operator.v1.ListNodesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "nodes",
        header = "Shows every node.",
        description =
                "Shows every node: its version, whether it serves, its agent, the phase it is in, and everything that is wrong with it.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota nodes", "  rota nodes chat --output json"})
final class NodesCommand extends RemoteCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CLUSTER",
            defaultValue = "",
            description = "Only this cluster; default: all.")
    String cluster = "";

    @Command(
            name = "accept",
            header = "Takes what nodes run for what they should run.",
            description =
                    "Records what the nodes run now, and who their members are, as what they should run: status and nodes show no drift any"
                            + " more, and plans are made from it. Needs the role operator.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota nodes accept chat n2 --reason 'restored by hand'"})
    static final class Accept extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster.")
        String cluster = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "NODE",
                defaultValue = "",
                description = "Only this node; default: all.")
        String node = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why it is as it should be.")
        String reason = "";

        Accept(Context context) {
            super(context);
        }

        @Override
        void validate() {
            if (reason.isBlank()) {
                throw CommandFailure.of(ExitCode.USAGE, "--reason is empty");
            }
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context()
                    .show(
                            client.acceptNodes(AcceptNodesRequest.newBuilder()
                                    .setRequestId(context().requestId())
                                    .setCluster(cluster)
                                    .setNode(node)
                                    .setReason(reason)
                                    .build()),
                            NodesView::text);
        }
    }

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
