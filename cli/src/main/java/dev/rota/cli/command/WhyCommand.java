package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.ExplanationView;
import dev.rota.wire.operator.v1.ExplainRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        header = "Tells what is being waited for.",
        description =
                "Tells what a rollout, a cluster, a node or a plan that was not applied yet is waiting for, since when, on what evidence, and"
                        + " with which command it can be cleared.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota why chat", "  rota why n2", "  rota why 7c1d90", "  rota why 3f9a2c41d07e"})
final class WhyCommand extends RemoteCommand {
    @Parameters(paramLabel = "SUBJECT", description = "A rollout (id or its beginning), a cluster, a node, or a plan.")
    String subject = "";

    @Option(names = "--all", description = "Show all evidence, however long. Default: what fits on one screen.")
    boolean all;

    WhyCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        return context()
                .show(
                        client.explain(
                                ExplainRequest.newBuilder().setSubject(subject).build()),
                        (explanation, page) -> ExplanationView.text(explanation, page, all));
    }
}
