package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.ReleasesView;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.ListReleasesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "releases",
        header = "Adds, lists, shows, withdraws and removes releases, and imports their notes.",
        description =
                "Releases that clusters can be upgraded to, each with its artifact, and the release notes that decide how.")
final class ReleasesCommand extends Group {

    @Command(
            name = "list",
            header = "Lists releases.",
            description =
                    "Lists the releases the coordinators hold, of one product or of all: when each came out, whether it was withdrawn, and "
                            + "how many notes speak of hops to it.",
            footerHeading = "%nExamples:%n",
            footer = {"  rota releases list", "  rota releases list ejabberd --output json"})
    static final class List extends RemoteCommand {
        @Parameters(
                arity = "0..1",
                paramLabel = "PRODUCT",
                defaultValue = "",
                description = "Only this product; default: all.")
        String product = "";

        List(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            return context()
                    .show(
                            client.releases(ListReleasesRequest.newBuilder()
                                    .setProduct(product)
                                    .build()),
                            ReleasesView::list);
        }
    }

    @Command(
            name = "show",
            header = "Shows one release.",
            description =
                    "Shows one release: its artifact with size and SHA-256, whether it may be installed node by node, whether it was withdrawn, "
                            + "and the lines of the notes about every hop to it.",
            footerHeading = "%nExamples:%n",
            footer = "  rota releases show ejabberd 24.02")
    static final class Show extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product.")
        String product = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "The release's version.")
        String version = "";

        Show(Context context) {
            super(context);
        }

        @Override
        ExitCode run(OperatorClient client) {
            GetReleaseRequest request = GetReleaseRequest.newBuilder()
                    .setProduct(product)
                    .setVersion(version)
                    .build();
            return context().show(client.release(request), ReleasesView::text);
        }
    }
}
