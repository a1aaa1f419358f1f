package dev.rota.cli.command;

import dev.rota.cli.client.OperatorClient;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.cli.view.NotesView;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        header = "Imports a folder of release notes.",
        description =
                "Sends the notes of a product to the coordinators and shows the hops they are about. Files that end with .md, .rst or .txt are "
                        + "notes, at most 10 MiB each and 2000 for a product; others are skipped. A note replaces the one of the same path; run "
                        + "again, the import changes nothing. Ends with 4 when there are no notes or none of them names a release.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rota releases import ejabberd docs/archive",
            "  rota releases import ejabberd docs/archive --prune --output json"
        })
final class ImportNotesCommand extends RemoteCommand {
    private static final int MAX_NAMED = 20;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The product.")
    String product = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder, with all folders in it.")
    Path folder = Path.of("");

    @Option(names = "--prune", description = "Remove the product's notes that are not in the folder.")
    boolean prune;

    private NotesFolder found = new NotesFolder(List.of(), List.of());

    ImportNotesCommand(Context context) {
        super(context);
    }

    @Override
    void validate() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.of(
                    ExitCode.USAGE, folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        found = NotesFolder.read(folder);
        sayWhatWasSkipped();
        if (found.notes().isEmpty()) {
            throw CommandFailure.of(
                    ExitCode.NOT_FOUND,
                    "there are no notes in " + folder,
                    "notes are files that end with .md, .rst or .txt");
        }
    }

    private void sayWhatWasSkipped() {
        List<String> skipped = found.skipped();
        if (!skipped.isEmpty()) {
            context()
                    .console()
                    .note("skipped " + skipped.size() + (skipped.size() == 1 ? " file that is" : " files that are")
                            + " no notes: "
                            + String.join(", ", skipped.subList(0, Math.min(skipped.size(), MAX_NAMED)))
                            + (skipped.size() > MAX_NAMED ? ", ..." : ""));
        }
    }

    @Override
    ExitCode run(OperatorClient client) throws IOException, InterruptedException {
        NotesImport done = client.importNotes(
                NotesHeader.newBuilder()
                        .setRequestId(context().requestId())
                        .setProduct(product)
                        .setPrune(prune)
                        .build(),
                found.notes());
        context().show(done, NotesView::text);
        return done.getHopCount() == 0 ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }
}
