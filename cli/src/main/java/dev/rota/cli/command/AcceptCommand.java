package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.NodesView;
import dev.rota.wire.operator.v1.AcceptNodesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "accept",
        header = "Takes what nodes run for what they should run.",
        description =
                "Records what the nodes run now, and who their members are, as what they should run: status and nodes show no drift any"
                        + " more, and plans are made from it. Needs the role operator.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota nodes accept n2 --reason 'restored by hand'",
            "  rota nodes accept chat --reason 'new recipe on all nodes'"
        })
final class AcceptCommand extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A node, or a cluster for all its nodes.")
    String subject = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why it is as it should be.")
    String reason = "";

    AcceptCommand(Context context) {
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
                                .setSubject(subject)
                                .setReason(reason)
                                .build()),
                        NodesView::text);
    }
}
