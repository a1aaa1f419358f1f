package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes that have been taken apart.
 *
 * @param unreadable those that cannot be
 */
public record ParsedNotes(List<Document> documents, List<Note.Unreadable> unreadable) {
    /** Copies the lists. */
    public ParsedNotes {
        documents = List.copyOf(documents);
        unreadable = List.copyOf(unreadable);
    }

    /** Takes notes apart. */
    public static ParsedNotes of(List<Note> notes) {
        List<Document> documents = new ArrayList<>();
        List<Note.Unreadable> unreadable = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Source source) {
                documents.add(DocumentReader.read(source));
            } else if (note instanceof Note.Unreadable bad) {
                unreadable.add(bad);
            }
        }
        return new ParsedNotes(documents, unreadable);
    }

    /** What is wrong with them. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        unreadable.forEach(bad -> problems.add(bad.path() + " " + bad.problem()));
        for (Document document : documents) {
            document.damage().ifPresent(d -> problems.add(document.source().path() + ": " + d));
        }
        return problems;
    }
}
