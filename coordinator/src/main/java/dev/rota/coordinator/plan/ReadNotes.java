package dev.rota.coordinator.plan;

import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.NotesReader;
import dev.rota.coordinator.notes.NotesReading;
import dev.rota.coordinator.notes.NotesVerdict;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.language.Assumptions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The notes of one hop, read for a plan.
 *
 * @param assumed what was taken as known about the cluster
 */
record ReadNotes(NotesVerdict verdict, List<Finding> findings, SortedMap<String, String> assumed) {

    /** Reads the notes of the catalogue; nothing is read for the way back. */
    static ReadNotes of(PlanInputs in, PlanRequest request, Hop hop) {
        SortedMap<String, String> assumed = new TreeMap<>(in.cluster().assume());
        assumed.putAll(request.assume());
        if (hop.to().compareTo(hop.from()) <= 0) {
            return new ReadNotes(new NotesVerdict(NotesVerdict.Outcome.SILENT, List.of()), List.of(), assumed);
        }
        NotesReading reading = new NotesReader(Phrases.of(in.recipe()))
                .read(
                        in.notes(),
                        new dev.rota.coordinator.notes.language.Hop(hop.from(), hop.to()),
                        new Assumptions(assumed));
        return new ReadNotes(reading.verdict(), reading.findings(), assumed);
    }

    /** What the verdict rests on, if it rests on lines. */
    Optional<Citation> cited() {
        return verdict.evidence().map(ReadNotes::citation);
    }

    /** The first words of why. */
    String sentence() {
        return verdict.reasons().isEmpty() ? "" : verdict.reasons().get(0).sentence();
    }

    /** For the plan, as many as a person reads. */
    List<Citation> citations() {
        return findings.stream()
                .map(ReadNotes::citation)
                .distinct()
                .limit(Evidence.MAX_FINDINGS)
                .toList();
    }

    static Citation citation(Finding f) {
        return new Citation(f.kind().label(), f.file(), f.firstLine(), f.lastLine(), f.quote());
    }
}
