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

    @ParameterizedTest
    @CsvSource({
        // a step that stops the server is one for all nodes where only updates go node by node
        "seafile,    10.0.1, 10.0.2, Stop the server.,            full-stop",
        "seafile,    10.0.1, 10.0.2, Icons are larger.,           soft",
        "ejabberd,   23.01,  23.04,  Stop the server.,            soft",
        "ejabberd,   23.01,  23.10,  Icons are larger.,           full-stop",
        "mattermost, 10.5.1, 10.6.0, Icons are larger.,           soft",
        "mattermost, 10.5.1, 10.6.0, Added a column to a table.,  full-stop",
        "nextcloud,  30.0.1, 30.0.2, Icons are larger.,           full-stop",
        "stranger,   1.0,    9.0,    Added a column to a table.,  soft"
    })
    void theRecipeSaysWhatNotesMean(String product, String from, String to, String text, String mode)
            throws IOException {
        String note = Files.writeString(directory.resolve(to + ".md"), text).toString();

        assertThat(run("notes", "read", "--product", product, "--from", from, "--to", to, "--notes", note))
                .isZero();
        assertThat(out.toString()).startsWith(product + " " + from + " to " + to + ": " + mode + " ");
    }

    @Test
    void theRootMayBeTheWorkingDirectory() throws IOException {
        Path rows = Files.writeString(
                directory.resolve("rows.tsv"),
                "product\tfrom\tto\tfile\ndemo\t2.0\t2.1\t" + NOTES + "upgrade_to_2.1.md\n"
                        + "demo\t2.0\t2.1\t../pom.xml\n");

        assertThat(run("notes", "evaluate", "--rows", rows.toString(), "--root", "."))
                .isZero();
        List<String> answers = out.toString().lines().toList();
        assertThat(answers.get(0))
                .contains("\t" + NOTES + "upgrade_to_2.1.md\t")
                .doesNotEndWith("\t");
        assertThat(answers.get(1)).contains("\tNOTES_UNCLEAR\t").endsWith("\t");
    }

    @Test
    void recipesOfTheOperatorAreRead() throws IOException {
        Path recipes = Files.createDirectory(directory.resolve("recipes"));
        String builtIn = Files.readString(Path.of("../proto/src/main/resources/dev/rota/recipes/nextcloud.yaml"));
        Files.writeString(recipes.resolve("mine.yaml"), builtIn.replaceFirst("(?m)^recipe: .*", "recipe: mine"));
        String note = Files.writeString(directory.resolve("note.md"), "Icons are larger.")
                .toString();
        String[] read = {"notes", "read", "--product", "mine", "--from", "1.0", "--to", "1.1", "--notes", note};
        List<String> own = new ArrayList<>(List.of(read));
        own.addAll(List.of("--recipes", recipes.toString()));

        assertThat(run(read)).isZero();
        assertThat(run(own.toArray(new String[0]))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("soft  PROCEDURE_DEFAULT").contains("full-stop  NOT_CLUSTERED");
        own.set(own.size() - 1, directory.resolve("none").toString());
        assertThat(run(own.toArray(new String[0]))).isEqualTo(2);
        assertThat(err.toString()).contains("is not a directory: give the recipes to use");
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
