package dev.rota.cli.command;

import dev.rota.cli.client.LocalNote;
import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.command.console.ProgressLine;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.ReleasesView;
import dev.rota.wire.operator.v1.GetReleaseRequest;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        customSynopsis = {
            "rota releases add PRODUCT VERSION (--file FILE | --url URL --sha256 HEX)",
            "           [--soft | --full-stop] [--reason TEXT] [--follows VERSION]",
            "           [--date YYYY-MM-DD] [--notes FILE]... [OPTIONS]",
        },
        header = "Sends a release to the coordinators.",
        description =
                "Sends a release and its artifact to the coordinators. Size and SHA-256 are computed here before the first byte is sent; "
                        + "the coordinator computes its own and refuses a difference. --soft and --full-stop say whether clusters may be upgraded to "
                        + "this release node by node; without them the product's own procedure decides. Notes given with --notes are kept as "
                        + "VERSION/NAME and read for every plan that passes this release.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota releases add ejabberd 24.02 --file ejabberd-24.02.tar.gz",
            "  rota releases add ejabberd 24.02 --file ejabberd-24.02.tar.gz \\",
            "      --full-stop --reason 'table roster changes its format' --follows 23.10",
            "  rota releases add ejabberd 24.02 \\",
            "      --url https://example.org/ejabberd-24.02.tar.gz --sha256 \"$SHA256\" \\",
            "      --date 2024-02-27 --notes upgrade.md"
        })
final class AddReleaseCommand extends RemoteCommand {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product.")
    String product = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The release's version.")
    String version = "";

    @ArgGroup(multiplicity = "1")
    ArtifactSource source = new ArtifactSource();

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            defaultValue = "",
            description = "The SHA-256 the artifact must have.")
    String sha256 = "";

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

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day the release came out.")
    @Nullable LocalDate date;

    @Option(
            names = "--notes",
            paramLabel = "FILE",
            description = "A file of release notes (.md, .rst, .txt); may be repeated.")
    List<Path> notes = new ArrayList<>();

    private List<LocalNote> toSend = List.of();

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
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!sha256.isEmpty() && !SHA_256.matcher(sha256).matches()) {
            throw CommandFailure.of(ExitCode.USAGE, "--sha256 takes 64 hexadecimal digits");
        }
        if (source.url != null && sha256.isEmpty()) {
            throw CommandFailure.of(ExitCode.USAGE, "--url needs --sha256, from where the release is announced");
        }
        source.check();
        toSend = NotesFolder.of(version, notes);
    }

    @Override
    ExitCode run(OperatorClient client) throws IOException, InterruptedException {
        Release release;
        try (ProgressLine line = context().console().progressLine()) {
            Progress progress = new Progress(line, context().session().pacer());
            release = source.with(progress, (file, name) -> send(client, progress, file, name));
        }
        return context().show(toSend.isEmpty() ? release : withNotes(client, release), ReleasesView::text);
    }

    private Release send(OperatorClient client, Progress progress, Path file, String name)
            throws IOException, InterruptedException {
        Artifact artifact = Artifact.read(file, progress.of("hashing", Files.size(file)));
        if (!sha256.isEmpty() && !sha256.equals(artifact.sha256())) {
            throw CommandFailure.of(
                    ExitCode.REFUSED,
                    name + " has the SHA-256 " + artifact.sha256() + " and not " + sha256 + ", nothing was sent");
        }
        return client.addRelease(header(artifact, name), file, progress.of("sending", artifact.size()));
    }

    private Release withNotes(OperatorClient client, Release release) throws IOException, InterruptedException {
        try {
            client.importNotes(
                    NotesHeader.newBuilder()
                            .setRequestId(context().requestId())
                            .setProduct(product)
                            .build(),
                    toSend);
        } catch (CommandFailure e) {
            throw e.hint("the release was added without its notes; the same command once more adds them");
        }
        return client.release(GetReleaseRequest.newBuilder()
                .setProduct(release.getProduct())
                .setVersion(release.getVersion())
                .build());
    }

    private ReleaseHeader header(Artifact artifact, String name) {
        ReleaseHeader.Builder header = ReleaseHeader.newBuilder()
                .setRequestId(context().requestId())
                .setProduct(product)
                .setVersion(version)
                .setFileName(name)
                .setSizeBytes(artifact.size())
                .setSha256(artifact.sha256())
                .setReason(reason)
                .setFollows(follows)
                .setReleased(date == null ? "" : date.toString());
        if (judgement != null) {
            header.setSoft(judgement.soft);
        }
        return header.build();
    }
}
