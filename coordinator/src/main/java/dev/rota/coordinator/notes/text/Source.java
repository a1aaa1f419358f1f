package dev.rota.coordinator.notes.text;

import java.util.Arrays;

/** The text of a note. Positions are offsets into it, lines count from 1 and end with LF, CR LF, CR, or the text. */
public final class Source implements Note {
    private final String path;
    private final String text;
    private final int[] starts;

    private Source(String path, String text, int[] starts) {
        this.path = path;
        this.text = text;
        this.starts = starts;
    }

    /** Finds the lines of a text. */
    public static Source of(String path, String text) {
        int lines = 1;
        for (int next = next(text, 0); next > 0; next = next(text, next)) {
            lines++;
        }
        int[] starts = new int[lines];
        for (int line = 1; line < lines; line++) {
            starts[line] = next(text, starts[line - 1]);
        }
        return new Source(path, text, starts);
    }

    /** Where the line after a position starts, or 0 when there is none. */
    private static int next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (c == '\n' || (c == '\r' && !pair)) {
                return at + 1;
            }
        }
        return 0;
    }

    @Override
    public String path() {
        return path;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** How many lines there are, at least one. */
    public int lines() {
        return starts.length;
    }

    /** Where a line starts. */
    public int start(int line) {
        return starts[line - 1];
    }

    /** Where a line ends, without its line terminator. */
    public int end(int line) {
        int end = line < starts.length ? starts[line] - 1 : text.length();
        return end > start(line) && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** A line without its terminator. */
    public String line(int line) {
        return text.substring(start(line), end(line));
    }

    /** The line a position is on. */
    public int lineAt(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Several lines, with their terminators. */
    public String lines(int first, int last) {
        return text.substring(start(first), end(last));
    }
}
