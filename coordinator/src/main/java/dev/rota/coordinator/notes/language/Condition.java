package dev.rota.coordinator.notes.language;

import java.util.List;

/**
 * What a statement depends on, such as {@code if you use SQL storage}.
 *
 * @param text as written
 * @param words its words in lower case
 * @param unless whether the statement holds when the condition does not
 */
public record Condition(String text, List<String> words, boolean unless) {
    /** Copies the words. */
    public Condition {
        words = List.copyOf(words);
    }
}
