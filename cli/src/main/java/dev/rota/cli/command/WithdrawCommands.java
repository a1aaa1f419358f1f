package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.ReleasesView;
import dev.rota.wire.operator.v1.RemoveReleaseRequest;
import dev.rota.wire.operator.v1.WithdrawReleaseRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that take a release out of use. */
final class WithdrawCommands {
    private WithdrawCommands() {}

    @Command(
            name = "withdraw",
            header = "Withdraws a release.",
            description =
                    "Marks a release as one that must not be installed: no plan leads to it any more, and plans that do are refused. It stays "
                            + "in the catalogue; a rollout that has begun goes on.",
            footerHeading = "%nExamples:%n",
            footer = "  rota releases withdraw ejabberd 24.02 --reason 'loses offline messages'")
    static final class Withdraw extends OneRelease {
        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; shown to whoever plans for it.")
        String reason = "";

        Withdraw(Context context) {
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
            WithdrawReleaseRequest request = WithdrawReleaseRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setProduct(product)
                    .setVersion(version)
                    .setReason(reason)
                    .build();
            return context().show(client.withdraw(request), ReleasesView::text);
        }
    }

    @Command(
            name = "remove",
            header = "Removes a release.",
            description =
                    "Removes a release from the catalogue, and its artifact unless another release has the same. Refused while a rollout that "
                            + "goes on, or the newest plan of a cluster that is not applied to the end, needs it. Notes are not touched.",
            footerHeading = "%nExamples:%n",
            footer = "  rota releases remove ejabberd 22.10")
    static final class Remove extends OneRelease {
        Remove(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            RemoveReleaseRequest request = RemoveReleaseRequest.newBuilder()
                    .setRequestId(context().requestId())
                    .setProduct(product)
                    .setVersion(version)
                    .build();
            return context().show(client.remove(request), ReleasesView::removed);
        }
    }

    abstract static class OneRelease extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product.")
        String product = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "The release's version.")
        String version = "";

        OneRelease(Context context) {
            super(context);
        }
    }
}
