package dev.rota.coordinator.app;

import dev.rota.coordinator.notes.sql.SqlBlock;
import dev.rota.coordinator.notes.sql.SqlBlocks;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rota-coordinator notes sql}: every block of SQL in notes, and whether it could run. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "List the SQL blocks of notes: lines, database, schema, statements, and why one cannot be run.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the notes were read",
            " 1:a fault of the program or its host",
            " 2:wrong arguments, or a file that does not exist or cannot be read as text"
        },
        footerHeading = "%nExamples:%n",
        footer = "  rota-coordinator notes sql --product ejabberd --notes 22.05/upgrade.md --output json")
final class NotesSqlCommand implements Callable<Integer> {
    @Mixin
    private NotesInput input;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    NotesSqlCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Object> blocks = new ArrayList<>();
        for (Note note : input.notes()) {
            if (note instanceof Note.Unreadable bad) {
                throw new IllegalArgumentException(bad.path() + " " + bad.problem());
            }
            for (SqlBlock block : SqlBlocks.of(DocumentReader.read((Source) note))) {
                Map<String, Object> view = JsonText.object();
                view.put("file", note.path());
                view.putAll(NotesViews.sql(block));
                blocks.add(view);
                if (!input.json()) {
                    out.println(line(note.path(), block));
                }
            }
        }
        if (input.json()) {
            Map<String, Object> document = JsonText.object();
            document.put("product", input.product());
            document.put("blocks", blocks);
            out.print(JsonText.of(document));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static String line(String file, SqlBlock block) {
        return file + ":" + block.firstLine() + "-" + block.lastLine() + "  "
                + block.database().label() + "  schema "
                + block.schema().label() + "  statements: " + block.statements().size()
                + block.problem().map(p -> "  cannot be run: " + p).orElse("");
    }
}
