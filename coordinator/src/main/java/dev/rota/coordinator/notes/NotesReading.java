package dev.rota.coordinator.notes;

import java.util.List;

/**
 * Notes read for one hop.
 *
 * @param findings in the order of the notes and their lines
 * @param problems why parts of the notes may be missing, for an operator
 */
public record NotesReading(NotesVerdict verdict, List<Finding> findings, List<String> problems) {
    /** Copies the lists. */
    public NotesReading {
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
    }
}
