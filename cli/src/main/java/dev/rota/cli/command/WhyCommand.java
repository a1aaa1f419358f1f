package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.ExplanationView;
import dev.rota.wire.operator.v1.ExplainRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        header = "Tells what is being waited for.",
        description =
                "Tells what a rollout, a cluster or a node is waiting for, since when, on what evidence, and with which command it can be cleared.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota why chat", "  rota why n2", "  rota why 7c1d90"})
final class WhyCommand extends RemoteCommand {
    @Parameters(paramLabel = "SUBJECT", description = "A rollout (id or its beginning), a cluster, or a node.")
    String subject = "";

    WhyCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        return context()
                .show(
                        client.explain(
                                ExplainRequest.newBuilder().setSubject(subject).build()),
                        ExplanationView::text);
    }
}
