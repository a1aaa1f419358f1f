package dev.rota.coordinator.notes.text;

/** One file of release notes: readable text, or the reason why it is none. */
public sealed interface Note permits Source, Note.Unreadable {
    /** The name of the file, as it was given. */
    String path();

    /**
     * A file nothing can be read from; what it would have said is unknown.
     *
     * @param problem what is wrong with it, for an operator
     */
    record Unreadable(String path, String problem) implements Note {}
}
