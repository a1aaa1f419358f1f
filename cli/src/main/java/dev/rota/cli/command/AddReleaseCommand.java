package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.client.Pacer;
import dev.rota.cli.client.TransferListener;
import dev.rota.cli.command.console.ProgressLine;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.Bar;
import dev.rota.cli.view.ReleasesView;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        customSynopsis = {
            "rota releases add PRODUCT VERSION --file FILE",
            "           [--soft | --full-stop] [--reason TEXT] [--follows VERSION] [OPTIONS]",
        },
        header = "Sends a release to the coordinators.",
        description =
                "Sends a release and its artifact to the coordinators. Size and SHA-256 are computed here before the first byte is sent; "
                        + "the coordinator computes its own and refuses a difference. --soft and --full-stop say whether clusters may be upgraded to "
                        + "this release node by node; without them the product's own procedure decides.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota releases add ejabberd 24.02 --file ejabberd-24.02.tar.gz",
            "  rota releases add ejabberd 24.02 --file ejabberd-24.02.tar.gz \\",
            "      --full-stop --reason 'table roster changes its format' --follows 23.10"
        })
final class AddReleaseCommand extends RemoteCommand {
    private static final Duration REDRAW = Duration.ofMillis(100);

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product.")
    String product = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The release's version.")
    String version = "";

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The artifact.")
    Path file = Path.of("");

    @ArgGroup
    @Nullable Judgement judgement;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why --soft or --full-stop; shown in every plan.")
    String reason = "";

    @Option(
            names = "--follows",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "The release this one directly follows, where the recipe does not know it.")
    String follows = "";

    /** At most one of the two. */
    static final class Judgement {
        @Option(names = "--soft", description = "Clusters may be upgraded to this release node by node.")
        boolean soft;

        @Option(names = "--full-stop", description = "Clusters must be stopped for this release.")
        boolean fullStop;
    }

    AddReleaseCommand(Context context) {
        super(context);
    }

    @Override
    void validate() throws IOException {
        if (judgement != null && reason.isBlank()) {
            throw CommandFailure.of(ExitCode.USAGE, (judgement.soft ? "--soft" : "--full-stop") + " needs a --reason");
        }
        if (judgement == null && !reason.isBlank()) {
            throw CommandFailure.of(ExitCode.USAGE, "--reason needs --soft or --full-stop");
        }
        String wrong = "";
        if (!Files.exists(file)) {
            wrong = "does not exist";
        } else if (!Files.isRegularFile(file)) {
            wrong = "is not a regular file";
        } else if (!Files.isReadable(file)) {
            wrong = "is not readable";
        } else if (Files.size(file) == 0) {
            wrong = "is empty";
        }
        if (!wrong.isEmpty()) {
            throw CommandFailure.of(ExitCode.USAGE, "--file " + file + " " + wrong);
        }
    }

    @Override
    ExitCode run(OperatorClient client) throws IOException, InterruptedException {
        Release release;
        try (ProgressLine line = context().console().progressLine()) {
            long expected = Files.size(file);
            Artifact artifact = Artifact.read(file, progress(line, "hashing", expected));
            release = client.addRelease(header(artifact), file, progress(line, "sending", artifact.size()));
        }
        return context().show(release, ReleasesView::text);
    }

    private ReleaseHeader header(Artifact artifact) {
        ReleaseHeader.Builder header = ReleaseHeader.newBuilder()
                .setRequestId(context().requestId())
                .setProduct(product)
                .setVersion(version)
                .setFileName(file.toAbsolutePath().normalize().getFileName().toString())
                .setSizeBytes(artifact.size())
                .setSha256(artifact.sha256())
                .setReason(reason)
                .setFollows(follows);
        if (judgement != null) {
            header.setSoft(judgement.soft);
        }
        return header.build();
    }

    private TransferListener progress(ProgressLine line, String verb, long total) {
        Pacer pacer = context().session().pacer();
        Duration start = pacer.uptime();
        Duration[] next = {start};
        return bytes -> {
            Duration now = pacer.uptime();
            if (now.compareTo(next[0]) >= 0) {
                next[0] = now.plus(REDRAW);
                line.show(Bar.transfer(verb, bytes, total, now.minus(start)));
            }
        };
    }
}
