package dev.rota.coordinator.plan;

import dev.rota.contract.Recipe;
import dev.rota.contract.Version;
import dev.rota.coordinator.notes.FoundHop;
import dev.rota.coordinator.notes.HopFinder;
import dev.rota.coordinator.notes.NotesReader;
import dev.rota.coordinator.notes.NotesReading;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The notes of a product, taken apart once for all hops of a plan. */
final class NotesAtHand {
    private final Recipe recipe;
    private final List<Document> documents = new ArrayList<>();
    private final List<Note> unreadable = new ArrayList<>();
    private final List<FoundHop> index;

    NotesAtHand(PlanInputs in) {
        this.recipe = in.recipe();
        for (Note note : in.notes()) {
            if (note instanceof Source source) {
                documents.add(DocumentReader.read(source));
            } else {
                unreadable.add(note);
            }
        }
        this.index = HopFinder.find(documents);
    }

    /** What they say about a hop. */
    NotesReading read(Hop hop, Map<String, String> assumed) {
        var way = new dev.rota.coordinator.notes.language.Hop(hop.from(), hop.to());
        List<Document> concerned =
                documents.stream().filter(d -> HopFinder.concerns(d, way)).toList();
        return new NotesReader(phrases()).readDocuments(concerned, unreadable, way, new Assumptions(assumed));
    }

    private Phrases phrases() {
        Recipe.Notes notes = recipe.notes();
        TreeSet<String> names = new TreeSet<>(notes.names());
        names.add(recipe.name());
        return new Phrases(names, notes.bans(), notes.permissions(), notes.schemaChangesNeedPermission());
    }

    /** Whether a note is about the release: it leads there, or from a range of releases that contains it. */
    boolean about(Version release) {
        return index.stream()
                .anyMatch(hop -> hop.to().contains(release)
                        || hop.from()
                                .filter(from ->
                                        from.contains(release) && !from.low().equals(from.high()))
                                .isPresent());
    }
}
