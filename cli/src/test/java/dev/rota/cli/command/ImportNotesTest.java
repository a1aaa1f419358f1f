package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.Harness.Result;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportNotesTest {
    private final Harness rota = new Harness();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        rota.close();
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<String> sent() {
        return rota.operator.requests().stream()
                .filter(NoteFile.class::isInstance)
                .map(request -> ((NoteFile) request).getPath())
                .toList();
    }

    @Test
    void sendsTheNotesOfAllFoldersAndSaysWhatItLeftOut() throws IOException {
        file("index.rst", "Notes");
        file("24.02/upgrade.md", "# Upgrade to 24.02\n");
        file("old/NEWS.TXT", "news");
        file("labels.tsv", "x");
        file("24.02/picture.png", "x");
        file("empty.md", "");
        file(".git/notes.md", "x");
        Files.createSymbolicLink(directory.resolve("link.md"), directory.resolve("index.rst"));

        Result result = rota.line("releases import ejabberd " + directory);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("notes of ejabberd: 2 added, 1 replaced, 1 removed, 1 unchanged\n");
        assertThat(result.err())
                .isEqualTo("skipped 4 files that are no notes: 24.02/picture.png, empty.md, labels.tsv, link.md\n");
        assertThat(sent()).containsExactly("24.02/upgrade.md", "index.rst", "old/NEWS.TXT");
        assertThat(rota.operator.received()).isEqualTo(28);
        assertThat(rota.operator.request(NotesHeader.class))
                .isEqualTo(NotesHeader.newBuilder()
                        .setRequestId("request-1")
                        .setProduct("ejabberd")
                        .build());
    }

    @Test
    void pruningIsAskedFor() throws IOException {
        file("a.md", "x");

        rota.line("releases import ejabberd --prune " + directory);

        assertThat(rota.operator.request(NotesHeader.class).getPrune()).isTrue();
    }

    @Test
    void aFolderThatIsNoneIsNamed() throws IOException {
        file("a.md", "x");

        failed(2, "missing does not exist", directory.resolve("missing"));
        failed(2, "a.md is not a folder", directory.resolve("a.md"));
    }

    @Test
    void aFolderWithoutNotesIsNotSent() throws IOException {
        failed(4, "there are no notes in " + directory, directory);
        file("picture.png", "x");
        failed(4, "skipped 1 file that is no notes: picture.png", directory);
    }

    @Test
    void aNoteThatIsTooLargeIsNamed() throws IOException {
        Files.write(directory.resolve("large.md"), new byte[(10 << 20) + 1]);

        failed(2, "large.md has 10485761 bytes, a note may have 10485760", directory);
    }

    @Test
    void notesThatNameNoReleaseAreAnEndOfTheirOwn() throws IOException {
        file("procedure.md", "# How to upgrade\n");
        rota.operator.imports(NotesImport.newBuilder()
                .setProduct("ejabberd")
                .addAdded("procedure.md")
                .setNoteCount(1)
                .build());

        Result result = rota.line("releases import ejabberd " + directory);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("No hops\n  No note names a release it leads to");
    }

    @Test
    void aRefusalIsToldAsItCame() throws IOException {
        file("a.md", "x");
        rota.operator.failingImports(Status.INVALID_ARGUMENT.withDescription("note a.md is not a text file"));

        Result result = rota.line("releases import ejabberd " + directory);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("rota: note a.md is not a text file\n");
    }

    @Test
    void asJsonTheAnswerIsOneDocument() throws IOException {
        file("a.md", "x");

        Result result = rota.line("releases import ejabberd -o json " + directory);

        assertThat(result.out()).startsWith("{\n").endsWith("}\n").contains("\"hopCount\": 4");
    }

    private void failed(int exitCode, String why, Path folder) {
        Result result = rota.line("releases import ejabberd " + folder);

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err()).contains(why);
        assertThat(rota.operator.requests()).isEmpty();
    }
}
