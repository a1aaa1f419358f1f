package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.language.PhraseBook;
import dev.rota.coordinator.notes.language.Says;
import dev.rota.coordinator.notes.language.SentenceReader;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.Note;
import java.util.ArrayList;
import java.util.List;

/** Reads the notes of a product for a hop. The same notes give the same reading, on every machine and at any time. */
public final class NotesReader {
    private final Phrases phrases;
    private final SentenceReader sentences;

    /** A reader with the general rules and those of a recipe. */
    public NotesReader(Phrases phrases) {
        this.phrases = phrases;
        PhraseBook book = SentenceReader.general();
        for (String name : phrases.names()) {
            if (!name.isEmpty() && name.chars().allMatch(Character::isLetterOrDigit)) {
                book.add("stop-step", Says.STOPS, List.of("stop|shutdown|shut ..5 " + name));
            }
        }
        book.add("recipe-ban", Says.FORBIDS, phrases.bans());
        book.add("recipe-permission", Says.ALLOWS, phrases.permissions());
        this.sentences = new SentenceReader(book, phrases.names());
    }

    /** Reads notes; a file that cannot be read makes the verdict unclear. */
    public NotesReading read(List<Note> notes, Hop hop, Assumptions assumptions) {
        return read(ParsedNotes.of(notes), hop, assumptions);
    }

    /** Reads notes that have been taken apart before. */
    public NotesReading read(ParsedNotes notes, Hop hop, Assumptions assumptions) {
        List<String> problems = notes.problems();
        Verdicts verdicts = new Verdicts(hop, assumptions, phrases.schemaChangesNeedPermission());
        List<Finding> findings = new ArrayList<>();
        for (Document document : notes.documents()) {
            DocumentFindings found = new DocumentFindings(document, hop, sentences, verdicts);
            findings.addAll(found.read());
            if (found.tooMany()) {
                problems.add(document.source().path() + ": more than " + DocumentFindings.MAX_FINDINGS
                        + " findings, the rest was not read: is this a note?");
            }
        }
        return new NotesReading(verdicts.verdict(problems), findings, problems);
    }
}
