package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.RolloutView;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.Rollout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        header = "Starts the rollout of a plan.",
        description =
                "Starts the rollout of a plan, or refuses when anything the plan rests on has changed since. With --wait follows the "
                        + "rollout to its end: a live view on a terminal, else one line for each change; stops with exit code 7 when the rollout "
                        + "needs a person. Interrupting the wait does not touch the rollout.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota apply 3f9a2c41d07e",
            "  rota apply 3f9a2c41d07e --wait",
            "  rota apply 3f9a2c41d07e --wait --output json"
        })
final class ApplyCommand extends RemoteCommand {
    @Parameters(paramLabel = "PLAN", description = "The plan's id, or at least its first 6 characters.")
    String plan = "";

    @Option(names = "--wait", description = "Follow the rollout until it ends or needs a person.")
    boolean wait;

    ApplyCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        Rollout rollout = client.apply(ApplyPlanRequest.newBuilder()
                .setRequestId(context().requestId())
                .setPlanId(plan)
                .build());
        return wait ? context().watch().follow(client, rollout) : context().show(rollout, RolloutView::acknowledged);
    }
}
