package dev.rota.coordinator.notes.text;

/**
 * A part of one line.
 *
 * @param line counted from 1
 * @param start offset of its first character in the source
 * @param end offset after its last character
 */
public record Piece(int line, int start, int end) {
    /** How many characters. */
    public int length() {
        return end - start;
    }

    /** Without white space at its ends; may become empty. */
    public Piece strip(String source) {
        Piece right = stripEnd(source);
        int from = right.start;
        while (from < right.end && Folding.isSpace(source.charAt(from))) {
            from++;
        }
        return new Piece(line, from, right.end);
    }

    /** Without white space at its end; may become empty. */
    public Piece stripEnd(String source) {
        int to = end;
        while (to > start && Folding.isSpace(source.charAt(to - 1))) {
            to--;
        }
        return new Piece(line, start, to);
    }

    /** From some character on, at most to the end. */
    public Piece from(int characters) {
        return new Piece(line, Math.min(end, start + characters), end);
    }

    /** Its text. */
    public String in(String source) {
        return source.substring(start, end);
    }

    /** How many columns of white space it starts with; a tab goes to the next multiple of eight. */
    public int indent(String source) {
        int columns = 0;
        for (int i = start; i < end; i++) {
            char c = source.charAt(i);
            if (c == '\t') {
                columns += 8 - columns % 8;
            } else if (Folding.isSpace(c)) {
                columns++;
            } else {
                return columns;
            }
        }
        return columns;
    }

    /** Whether there is nothing but white space. */
    public boolean blank(String source) {
        return strip(source).length() == 0;
    }
}
