package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.fixture.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesCommandTest {
    private static final String NOTES = "src/test/resources/notes/";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "read-conditional.txt,  upgrade_to_2.1.md, text, ",
        "read-conditional.json, upgrade_to_2.1.md, json, ",
        "read-assumed.txt,      upgrade_to_2.1.md, text, storage=sql",
        "read-table.txt,        notes.rst,         text, "
    })
    void readsNotes(String golden, String file, String output, String assumption) {
        List<String> arguments = new ArrayList<>(List.of(
                "notes",
                "read",
                "--product",
                "demo",
                "--from",
                "2.0",
                "--to",
                "2.1",
                "--notes",
                NOTES + file,
                "--output",
                output));
        if (assumption != null) {
            arguments.addAll(List.of("--assume", assumption));
        }

        assertThat(run(arguments.toArray(new String[0]))).as(err.toString()).isZero();
        Golden.check("notes/" + golden, out.toString());
    }

    @Test
    void listsSql() {
        assertThat(run("notes", "sql", "--product", "demo", "--notes", NOTES + "upgrade_to_2.1.md", "--output", "json"))
                .isZero();
        Golden.check("notes/sql.json", out.toString());
    }

    @Test
    void evaluatesRows() {
        assertThat(run("notes", "evaluate", "--rows", NOTES + "rows.tsv", "--root", NOTES))
                .as(err.toString())
                .isZero();
        Golden.check("notes/evaluate.tsv", out.toString());
    }

    /** Whatever the truth says, the answer is the same. */
    @Test
    void theTruthIsNotRead() throws IOException {
        run("notes", "evaluate", "--rows", NOTES + "rows.tsv", "--root", NOTES);
        String answers = out.toString();
        out.getBuffer().setLength(0);
        Path other = directory.resolve("rows.tsv");
        Files.writeString(other, Files.readString(Path.of(NOTES + "rows.tsv")).replace("never read", "full-stop"));
        run("notes", "evaluate", "--rows", other.toString(), "--root", NOTES);

        assertThat(out.toString()).isEqualTo(answers);
    }

    @Test
    void aFileThatIsNoTextIsUnclearWithItsReason() throws IOException {
        Path binary = directory.resolve("notes.md");
        Files.write(binary, new byte[] {'a', 0, (byte) 0xff});

        assertThat(run("notes", "read", "--product", "demo", "--from", "1", "--to", "2", "--notes", binary.toString()))
                .isZero();
        assertThat(out.toString()).contains("full-stop  NOTES_UNCLEAR").contains("notes.md is not UTF-8 text");
        assertThat(run("notes", "sql", "--product", "demo", "--notes", binary.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("notes.md is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            notes                                                                  | say what to do
            notes read --product demo --from x --to 2.1 --notes rows.tsv           | 'x' is not a version
            notes read --product demo --from 2.0 --to 2.1 --notes nowhere.md       | nowhere.md is not a file
            notes read --product demo --from 2.0 --to 2.1                          | --notes
            notes read --product demo --from 2.0 --to 2.1 --notes a --output xml   | --output
            notes evaluate --rows src/test/resources/notes/notes.rst --root .      | must name the columns
            """)
    void usageFaultsExitWithTwo(String line, String message) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
