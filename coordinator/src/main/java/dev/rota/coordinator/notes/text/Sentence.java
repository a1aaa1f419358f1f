package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A sentence of a block.
 *
 * @param start position of its first character in the text of the block
 * @param end position after its last character
 */
public record Sentence(Block block, int start, int end) {
    /** A longer one is cut: no rule looks that far, and the time to read stays proportional to the text. */
    static final int MAX_LENGTH = 4_000;

    private static final Set<String> ABBREVIATIONS =
            Set.of("e.g", "i.e", "etc", "vs", "incl", "resp", "approx", "cf", "no", "ver", "min", "max");

    /** Its text, lines joined with spaces. */
    public String text() {
        return block.text().substring(start, end);
    }

    /** The sentences of a block; code has none. */
    public static List<Sentence> of(Block block) {
        List<Sentence> found = new ArrayList<>();
        if (block.kind() == Kind.CODE) {
            return found;
        }
        String text = block.text();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            int length = i - start;
            boolean cut = (length >= MAX_LENGTH && Folding.isSpace(text.charAt(i))) || length >= 2 * MAX_LENGTH;
            if (cut || ends(text, i)) {
                add(found, block, start, i + 1);
                start = i + 1;
            }
        }
        add(found, block, start, text.length());
        return found;
    }

    private static void add(List<Sentence> found, Block block, int from, int to) {
        int start = from;
        while (start < to && Folding.isSpace(block.text().charAt(start))) {
            start++;
        }
        int end = to;
        while (end > start && Folding.isSpace(block.text().charAt(end - 1))) {
            end--;
        }
        if (end > start) {
            found.add(new Sentence(block, start, end));
        }
    }

    private static boolean ends(String text, int i) {
        char c = text.charAt(i);
        if (c != '.' && c != '!' && c != '?') {
            return false;
        }
        int next = i + 1;
        while (next < text.length() && next < i + 4 && "\"')]*_`\u201d".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next >= text.length() || !Folding.isSpace(text.charAt(next))) {
            return next >= text.length();
        }
        while (next < text.length() && Folding.isSpace(text.charAt(next))) {
            next++;
        }
        return next >= text.length() || (!Character.isLowerCase(text.charAt(next)) && !abbreviated(text, i));
    }

    private static boolean abbreviated(String text, int dot) {
        int start = dot;
        while (start > 0
                && dot - start < 8
                && (Character.isLetter(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        return ABBREVIATIONS.contains(text.substring(start, dot).toLowerCase(Locale.ROOT));
    }
}
