package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.FoundHop;
import dev.rota.coordinator.notes.HopFinder;
import dev.rota.coordinator.notes.NotesReader;
import dev.rota.coordinator.notes.NotesReading;
import dev.rota.coordinator.notes.ParsedNotes;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.language.Assumptions;
import java.util.List;
import java.util.Map;

/** The notes of a product, taken apart once for all hops of a plan. */
final class NotesAtHand {
    private final NotesReader reader;
    private final ParsedNotes notes;
    private final List<FoundHop> index;

    NotesAtHand(PlanInputs in) {
        this.reader = new NotesReader(Phrases.of(in.recipe()));
        this.notes = ParsedNotes.of(in.notes());
        this.index = HopFinder.told(notes.documents());
    }

    /** What they say about a hop. */
    NotesReading read(Hop hop, Map<String, String> assumed) {
        var way = new dev.rota.coordinator.notes.language.Hop(hop.from(), hop.to());
        ParsedNotes concerned = new ParsedNotes(
                notes.documents().stream()
                        .filter(d -> HopFinder.concerns(d, way))
                        .toList(),
                notes.unreadable());
        return reader.read(concerned, way, new Assumptions(assumed));
    }

    /** Whether a note is about the release: it leads there, or from a range of releases that contains it. */
    boolean about(Version release) {
        return index.stream()
                .filter(hop -> !hop.to().text().endsWith("+"))
                .anyMatch(hop -> hop.to().contains(release)
                        || hop.from()
                                .filter(from ->
                                        from.contains(release) && !from.low().equals(from.high()))
                                .isPresent());
    }
}
