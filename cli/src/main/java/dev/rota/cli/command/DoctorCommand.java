package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.DoctorView;
import dev.rota.wire.operator.v1.DiagnoseRequest;
import dev.rota.wire.operator.v1.Diagnosis;
import dev.rota.wire.operator.v1.RepairRequest;
import dev.rota.wire.operator.v1.RepairResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        header = "Shows what a person should look at, and repairs what can be.",
        description = {
            "Shows what rollouts left over: nodes that were drained, stopped or taken out of the cluster and not brought back,"
                    + " announcements and held packages that were not taken back, nodes that run something else than was recorded,"
                    + " and coordinators that are not in step. Ends with 7 when there is anything.",
            "With --fix undoes what is safe to undo, by a rollout of its own: a node is put back into service only after its health gate."
                    + " What a safety rule forbids is left as it is, and said why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota doctor",
            "  rota doctor chat --fix --wait",
            "  rota doctor chat --fix chat-7/n2/drain",
            "  rota doctor chat chat-7/n4/stop --by-hand 'n4 was scrapped'"
        })
final class DoctorCommand extends RemoteCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CLUSTER",
            defaultValue = "",
            description = "Only this cluster; default: all.")
    String cluster = "";

    @Parameters(index = "1..*", paramLabel = "ID", description = "With --fix: only these; default: all of the cluster.")
    List<String> ids = new ArrayList<>();

    @Option(names = "--fix", description = "Undo what is safe to undo.")
    boolean fix;

    @Option(
            names = "--by-hand",
            paramLabel = "TEXT",
            description = "The named ones were undone by a person: what was done. Only for what Rota cannot prove.")
    @Nullable String byHand;

    @Option(names = "--wait", description = "With --fix: follow the rollout until it ends or needs a person.")
    boolean wait;

    DoctorCommand(Context context) {
        super(context);
    }

    @Override
    void validate() {
        if (fix && cluster.isEmpty()) {
            throw CommandFailure.of(
                    ExitCode.USAGE, "fix which cluster? name it", "rota doctor shows what there is to fix");
        }
        if (byHand != null && (byHand.isBlank() || fix || ids.isEmpty())) {
            throw CommandFailure.of(
                    ExitCode.USAGE, "--by-hand says what was done about the ids that are named, without --fix");
        }
        if (!fix && (wait || (byHand == null && !ids.isEmpty()))) {
            throw CommandFailure.of(ExitCode.USAGE, "ids and --wait go with --fix");
        }
    }

    @Override
    ExitCode run(OperatorClient client) {
        return fix || byHand != null ? repair(client) : diagnose(client);
    }

    private ExitCode diagnose(OperatorClient client) {
        Diagnosis found =
                client.diagnose(DiagnoseRequest.newBuilder().setCluster(cluster).build());
        context().show(found, DoctorView::text);
        return found.getProblemsList().isEmpty() ? ExitCode.DONE : ExitCode.HELD;
    }

    private ExitCode repair(OperatorClient client) {
        RepairResult result = client.repair(RepairRequest.newBuilder()
                .setRequestId(context().requestId())
                .setCluster(cluster)
                .addAllIds(ids)
                .setByHand(byHand == null ? "" : byHand)
                .build());
        context().show(result, byHand == null ? DoctorView::repaired : DoctorView::undone);
        ExitCode done =
                wait && result.hasRollout() ? context().watch().follow(client, result.getRollout()) : ExitCode.DONE;
        return done == ExitCode.DONE && !result.getLeftList().isEmpty() ? ExitCode.HELD : done;
    }
}
