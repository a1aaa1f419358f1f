package dev.rota.cli.view.layout;

import java.util.ArrayList;
import java.util.List;

/** Text measured and cut in terminal columns rather than in characters. */
public final class Words {
    private static final String CUT = "…";

    /** First and last code point of the blocks that terminals draw two columns wide. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD},
    };

    private Words() {}

    /** Columns the text takes on a terminal. */
    public static int width(String text) {
        return text.codePoints().map(Words::columns).sum();
    }

    /** The text without anything that could move the cursor or change the terminal: control characters are written as {@code \xNN}. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                clean.append(' ');
            } else if (Character.getType(c) == Character.CONTROL) {
                clean.append(String.format("\\x%02x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** The printable text, a dash if there is none. */
    public static String orDash(String text) {
        return text.isBlank() ? "-" : printable(text);
    }

    /** The text if it fits, else its beginning with an ellipsis. */
    public static String clip(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        return text.substring(0, fitting(text, width - 1)) + CUT;
    }

    /** The text with spaces behind it, up to the width. */
    public static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text in lines of at most that width, broken at spaces, inside a word only where the word alone is too wide. Never empty. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            wrapParagraph(paragraph, Math.max(2, width), lines);
        }
        return lines;
    }

    private static void wrapParagraph(String paragraph, int width, List<String> lines) {
        String rest = paragraph;
        while (width(rest) > width) {
            int end = fitting(rest, width);
            int space = rest.lastIndexOf(' ', end);
            int cut = space > 0 ? space : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest.stripTrailing());
    }

    /** How many characters of the text fit into the width. */
    private static int fitting(String text, int width) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += columns(c);
            if (used > width) {
                return end;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static int columns(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (codePoint >= block[0] && codePoint <= block[1]) {
                return 2;
            }
        }
        return 1;
    }
}
