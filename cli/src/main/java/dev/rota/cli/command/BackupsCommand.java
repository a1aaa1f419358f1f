package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.BackupsView;
import dev.rota.wire.operator.v1.ListBackupsRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "backups",
        header = "Lists what was backed up.",
        description =
                "Lists the backups the agents keep: of which hop of which rollout, taken when, of which version, how"
                        + " large, with which digest, and where. They are asked now; what is not in the list is not"
                        + " there.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota nodes backups", "  rota nodes backups chat", "  rota nodes backups n2 --output json"})
final class BackupsCommand extends RemoteCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CLUSTER|NODE",
            defaultValue = "",
            description = "Only those of this cluster or node; default: all.")
    String subject = "";

    BackupsCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        return context()
                .show(
                        client.backups(ListBackupsRequest.newBuilder()
                                .setSubject(subject)
                                .build()),
                        BackupsView::text);
    }
}
