package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.PlanView;
import dev.rota.wire.operator.v1.CreatePlanRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        header = "Plans to put a backup of a node back.",
        description = {
            "Plans a full stop of the node's cluster in which the data of a backup is put back on the node, under the"
                    + " release that is installed there. 'rota nodes backups' lists what there is. Where nodes join each"
                    + " other all get what the backup holds. The plan says what is lost; 'rota apply' carries it out.",
            "To go back to the release before as well: 'rota plan CLUSTER --rollback-of ROLLOUT'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota nodes restore n2 --dry-run",
            "  rota nodes restore n2 --accept-loss",
            "  rota nodes restore n2 --backup chat-7.1 --accept-loss"
        })
final class RestoreCommand extends RemoteCommand {
    @Parameters(paramLabel = "NODE", description = "The node whose data is put back.")
    String node = "";

    @Option(
            names = "--backup",
            paramLabel = "HOP",
            defaultValue = "",
            description =
                    "Which one, by its hop, such as chat-7.1; default: the newest of the release that is installed.")
    String backup = "";

    @Mixin
    LossOptions loss = new LossOptions();

    @Mixin
    GateOptions gate = new GateOptions();

    @Option(names = "--dry-run", description = "Only show what would be planned. Nothing is kept, and viewers may.")
    boolean dryRun;

    RestoreCommand(Context context) {
        super(context);
    }

    @Override
    void validate() {
        if (node.isBlank()) {
            throw CommandFailure.of(
                    ExitCode.USAGE,
                    "restore which node? rota nodes restore NODE",
                    "more about it: rota help nodes restore");
        }
    }

    @Override
    ExitCode run(OperatorClient client) {
        CreatePlanRequest.Builder request = CreatePlanRequest.newBuilder()
                .setRequestId(context().requestId())
                .setRestoreNode(node)
                .setRestoreBackup(backup)
                .setAcceptLoss(loss.accept)
                .setNoBackup(loss.noBackup)
                .setDryRun(dryRun);
        gate.into(request);
        return context().show(client.createPlan(request.build()), (plan, page) -> PlanView.text(plan, page, false));
    }
}
