package dev.rota.coordinator.notes.text;

/** What the first characters of a line say about it. */
final class Marks {
    private static final String PUNCTUATION = "=-~^\"'`#*+:._<>";
    private static final int MAX_HEADING = 200;

    private Marks() {}

    /** The character of a line of at least three equal punctuation characters, or 0. */
    static char rule(String source, Piece line) {
        if (line.length() < 3 || Folding.isSpace(source.charAt(line.start()))) {
            return 0;
        }
        Piece stripped = line.stripEnd(source);
        char c = source.charAt(stripped.start());
        if (stripped.length() < 3 || PUNCTUATION.indexOf(c) < 0) {
            return 0;
        }
        for (int i = stripped.start(); i < stripped.end(); i++) {
            if (source.charAt(i) != c) {
                return 0;
            }
        }
        return c;
    }

    /** How many characters the bullet or number of a list item takes, with the space after it; 0 if it is none. */
    static int item(String source, Piece line) {
        Piece s = line.strip(source);
        if (s.length() < 2) {
            return 0;
        }
        char c = source.charAt(s.start());
        if ("-*+\u2022\u2013".indexOf(c) >= 0) {
            return spaceAt(source, s, 1) ? 2 : 0;
        }
        int digits = 0;
        while (digits < Math.min(4, s.length()) && isDigit(source.charAt(s.start() + digits))) {
            digits++;
        }
        if (digits == 0 && c == '#') {
            digits = 1;
        }
        boolean closed = digits > 0 && digits < s.length() && ".)".indexOf(source.charAt(s.start() + digits)) >= 0;
        return closed && spaceAt(source, s, digits + 1) ? digits + 2 : 0;
    }

    private static boolean spaceAt(String source, Piece s, int index) {
        return index < s.length() && Folding.isSpace(source.charAt(s.start() + index));
    }

    /** How many number signs start a heading, 1 to 6, or 0. */
    static int numberSigns(String source, Piece line) {
        int signs = 0;
        while (signs < line.length() && source.charAt(line.start() + signs) == '#') {
            signs++;
        }
        return signs >= 1 && signs <= 6 && line.length() <= MAX_HEADING && spaceAt(source, line, signs) ? signs : 0;
    }

    /** {@code +----+} or {@code +====+}. */
    static boolean gridSeparator(String source, Piece line) {
        return line.length() > 3
                && source.charAt(line.start()) == '+'
                && "-=".indexOf(source.charAt(line.start() + 1)) >= 0
                && "-=".indexOf(source.charAt(line.start() + 2)) >= 0
                && source.charAt(line.end() - 1) == '+';
    }

    /** A line of a grid table. */
    static boolean gridLine(String source, Piece line) {
        return line.length() > 0 && "+|".indexOf(source.charAt(line.start())) >= 0;
    }

    /** {@code ==== ====}: groups of equal signs. */
    static boolean simpleTable(String source, Piece line) {
        boolean gap = false;
        if (line.length() < 5 || source.charAt(line.start()) != '=') {
            return false;
        }
        for (int i = line.start(); i < line.end(); i++) {
            char c = source.charAt(i);
            gap |= c == ' ';
            if (c != '=' && c != ' ') {
                return false;
            }
        }
        return gap;
    }

    /** {@code :name: value} under a directive. */
    static boolean option(String source, Piece line) {
        if (line.length() < 3 || source.charAt(line.start()) != ':') {
            return false;
        }
        int close = source.indexOf(':', line.start() + 1);
        int end = Math.min(line.end(), line.start() + 40);
        return close > 0 && close < end && source.charAt(line.start() + 1) != ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
