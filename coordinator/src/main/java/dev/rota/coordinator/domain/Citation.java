package dev.rota.coordinator.domain;

/**
 * Lines of a note.
 *
 * @param kind what they are, such as {@code ban} or {@code database-change}
 * @param file the note's path in the catalogue
 * @param firstLine counted from 1
 * @param quote words of those lines, white space folded
 */
public record Citation(String kind, String file, int firstLine, int lastLine, String quote) {
    /** Where it is, for a person. */
    public String place() {
        return file + ":" + firstLine + (lastLine > firstLine ? "-" + lastLine : "");
    }
}
