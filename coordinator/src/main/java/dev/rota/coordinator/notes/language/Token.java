package dev.rota.coordinator.notes.language;

/**
 * A word of a sentence.
 *
 * @param word in lower case; {@code n't} is the word {@code not}; a code span is the word {@code `}
 * @param start position in the text of the block
 * @param end position after its last character
 * @param stop whether a colon or semicolon stands before it: what is on one side says little about the other
 * @param sign the sign of comparison before a number, {@code <} or {@code >}, otherwise a space
 * @param comma whether a comma, bracket or dash stands before it
 */
record Token(String word, int start, int end, boolean stop, boolean comma, char sign) {
    boolean is(String other) {
        return word.equals(other);
    }
}
