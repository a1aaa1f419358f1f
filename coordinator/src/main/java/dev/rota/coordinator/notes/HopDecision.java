package dev.rota.coordinator.notes;

import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.notes.Finding.Kind;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Note;
import dev.rota.coordinator.notes.text.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Soft or full stop for a hop, from its notes and the rules of its product, without looking at a cluster.
 *
 * @param code the rule that decided, as in the decision table
 * @param sentence why, for an operator
 * @param evidence the lines that decided, or the best there are
 */
public record HopDecision(Mode mode, String code, String sentence, Optional<Finding> evidence, NotesReading reading) {
    private static final Set<Kind> PATH = Set.of(Kind.PATH_BAN, Kind.STEPPING_STONE);
    private static final Set<Kind> STOPS = Set.of(Kind.BAN, Kind.STOP_STEP, Kind.CONDITIONAL_BAN);

    /** Decides. */
    public static HopDecision of(ProductRules rules, Hop hop, List<Note> notes, Assumptions assumptions) {
        List<Document> documents = new ArrayList<>();
        List<Note> unreadable = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Source source) {
                documents.add(DocumentReader.read(source));
            } else {
                unreadable.add(note);
            }
        }
        return ofDocuments(rules, hop, documents, unreadable, assumptions);
    }

    /** Decides from notes that have been taken apart before. */
    public static HopDecision ofDocuments(
            ProductRules rules, Hop hop, List<Document> documents, List<Note> unreadable, Assumptions assumptions) {
        NotesReading reading = new NotesReader(rules.phrases()).readDocuments(documents, unreadable, hop, assumptions);
        if (hop.to().compareTo(hop.from()) < 0) {
            return fullStop(
                    "PATH_FORBIDDEN",
                    hop.to() + " is older than " + hop.from(),
                    find(reading, Set.of(Kind.ONE_WAY)),
                    reading);
        }
        if (!rules.clustered()) {
            return fullStop("NOT_CLUSTERED", "the product does not run as a cluster", find(reading, STOPS), reading);
        }
        Optional<String> skips = rules.skips(hop.from(), hop.to(), HopFinder.releases(HopFinder.find(documents)));
        if (skips.isPresent()) {
            return fullStop("PATH_SKIPS", skips.get(), find(reading, PATH), reading);
        }
        return fromNotes(rules, reading);
    }

    private static HopDecision fromNotes(ProductRules rules, NotesReading reading) {
        NotesVerdict verdict = reading.verdict();
        Optional<String> code = verdict.code();
        if (code.isPresent()) {
            String why = verdict.reasons().get(0).sentence();
            return fullStop(code.get(), why, verdict.evidence(), reading);
        }
        boolean soft = rules.whenSilent() == Mode.SOFT;
        String why = soft
                ? "nothing in the notes forbids it, and the product's procedure upgrades node by node"
                : "the product's procedure stops all nodes";
        Optional<Finding> evidence =
                soft ? verdict.evidence() : find(reading, STOPS).or(verdict::evidence);
        return new HopDecision(rules.whenSilent(), "PROCEDURE_DEFAULT", why, evidence, reading);
    }

    private static HopDecision fullStop(String code, String why, Optional<Finding> evidence, NotesReading reading) {
        return new HopDecision(Mode.FULL_STOP, code, why, evidence, reading);
    }

    private static Optional<Finding> find(NotesReading reading, Set<Kind> kinds) {
        return reading.findings().stream().filter(f -> kinds.contains(f.kind())).findFirst();
    }
}
