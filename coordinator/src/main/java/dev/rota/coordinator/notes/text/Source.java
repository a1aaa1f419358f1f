package dev.rota.coordinator.notes.text;

import java.util.Arrays;

/** The text of a note. Positions are offsets into it, lines count from 1 and end with LF, CR LF, or the text. */
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
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        int[] starts = new int[lines];
        int line = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            line++;
            starts[line] = at + 1;
        }
        return new Source(path, text, starts);
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
