package dev.rota.coordinator.runtime;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.notes.FoundHop;
import dev.rota.coordinator.notes.HopFinder;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * What the notes of a product are about.
 *
 * @param refs the notes
 * @param hops they name, ordered by the release they lead to; at most {@link #MAX_HOPS}
 * @param hopCount how many they name
 * @param problems notes that cannot be read, and why
 */
public record NoteIndex(List<NoteRef> refs, List<FoundHop> hops, int hopCount, List<String> problems) {
    /** Hops that are kept; a real product has a few hundred. */
    public static final int MAX_HOPS = 20_000;

    static NoteIndex of(List<NoteRef> refs, List<Note> notes) {
        List<Document> documents = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Source source) {
                documents.add(DocumentReader.read(source));
            } else if (note instanceof Note.Unreadable bad) {
                problems.add(bad.path() + " " + bad.problem());
            }
        }
        List<FoundHop> hops = HopFinder.find(documents);
        return new NoteIndex(
                List.copyOf(refs),
                List.copyOf(hops.subList(0, Math.min(hops.size(), MAX_HOPS))),
                hops.size(),
                List.copyOf(problems));
    }

    /** The hops that lead to a release. */
    public List<FoundHop> to(Version release) {
        return hops.stream().filter(hop -> hop.to().contains(release)).toList();
    }

    /** The notes that speak of a hop to a release. */
    public List<NoteRef> notesTo(Version release) {
        List<String> files = to(release).stream().map(FoundHop::file).distinct().toList();
        return refs.stream().filter(ref -> files.contains(ref.path())).toList();
    }

    /** The size of all notes together. */
    public long sizeBytes() {
        return refs.stream().mapToLong(NoteRef::sizeBytes).sum();
    }
}
