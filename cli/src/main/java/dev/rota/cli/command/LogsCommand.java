package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.client.Subscription;
import dev.rota.cli.client.Subscription.Completed;
import dev.rota.cli.client.Subscription.Message;
import dev.rota.cli.client.Subscription.Received;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.Json;
import dev.rota.cli.view.LogView;
import dev.rota.wire.operator.v1.GetRolloutRequest;
import dev.rota.wire.operator.v1.LogChunk;
import dev.rota.wire.operator.v1.ReadLogsRequest;
import dev.rota.wire.operator.v1.Rollout;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Shows what the steps wrote.",
        description =
                "Shows what the steps of a rollout wrote, oldest first, each line behind its time, node and phase.",
        footerHeading = "%nExamples:%n",
        footer = {"  rota logs chat", "  rota logs chat --node n2 --phase leave", "  rota logs 7c1d90 --follow"})
final class LogsCommand extends RemoteCommand {
    private static final Duration CHECK = Duration.ofSeconds(1);

    @Parameters(
            paramLabel = "ROLLOUT",
            description = "The rollout's id, its beginning, or a cluster (its active or else newest rollout).")
    String name = "";

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only this node.")
    String node = "";

    @Option(names = "--phase", paramLabel = "PHASE", defaultValue = "", description = "Only this phase.")
    String phase = "";

    @Option(names = "--follow", description = "Go on with new lines until the rollout ends.")
    boolean follow;

    LogsCommand(Context context) {
        super(context);
    }

    @Override
    ExitCode run(OperatorClient client) {
        Rollout rollout =
                client.rollout(GetRolloutRequest.newBuilder().setRollout(name).build());
        ReadLogsRequest request = ReadLogsRequest.newBuilder()
                .setRollout(rollout.getId())
                .setNode(node)
                .setPhase(phase)
                .setFollow(follow)
                .build();
        return context().session().interrupts().guard(() -> print(client, request));
    }

    private ExitCode print(OperatorClient client, ReadLogsRequest request) {
        try (Subscription<LogChunk> logs = client.logs(request)) {
            while (!context().console().abandoned()) {
                Received<LogChunk> received = logs.next(CHECK);
                if (received instanceof Completed<LogChunk>) {
                    return ExitCode.DONE;
                }
                if (received instanceof Message<LogChunk> message) {
                    print(message.value());
                }
            }
            return ExitCode.INTERRUPTED;
        } catch (InterruptedException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    private void print(LogChunk chunk) {
        context()
                .console()
                .print(
                        context().json()
                                ? Json.line(chunk)
                                : LogView.text(chunk, context().console().page()));
    }
}
