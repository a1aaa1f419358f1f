package dev.rota.coordinator.app;

import dev.rota.coordinator.notes.text.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command that reads notes is told: whose they are, where they are, and how to answer. */
final class NotesInput {
    @Option(names = "--product", required = true, paramLabel = "PRODUCT", description = "The product the notes are of.")
    private String product;

    @Option(
            names = "--notes",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "The notes: Markdown, reStructuredText or plain text.")
    private List<Path> notes;

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "text|json",
            description = "How to write the answer.")
    private NotesCommand.Output output;

    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    NotesInput() {}

    String product() {
        return product;
    }

    List<Note> notes() throws IOException {
        return NotesFiles.read(notes);
    }

    boolean json() {
        return output == NotesCommand.Output.json;
    }
}
