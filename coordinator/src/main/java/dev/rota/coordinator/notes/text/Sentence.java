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
            Set.of("e.g", "v", "i.e", "etc", "vs", "incl", "resp", "approx", "cf", "no", "ver", "min", "max");

    /** What follows a question and belongs to it. */
    private static final List<String> ANSWERS = List.of("No", "Yes", "Unfortunately", "Never");

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
            int end = cut ? i + 1 : end(text, i);
            if (end > 0) {
                add(found, block, start, end);
                start = end;
                i = end - 1;
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

    /** Where the sentence ends that has its last mark here, closing brackets included, or 0. */
    private static int end(String text, int i) {
        char c = text.charAt(i);
        if (c != '.' && c != '!' && c != '?') {
            return 0;
        }
        int close = i + 1;
        while (close < text.length() && close < i + 4 && "\"')]*_`\u201d".indexOf(text.charAt(close)) >= 0) {
            close++;
        }
        int after = close;
        while (after < text.length() && Folding.isSpace(text.charAt(after))) {
            after++;
        }
        int next = after;
        if (next >= text.length()) {
            return close;
        }
        boolean starts = next > close && !Character.isLowerCase(text.charAt(next));
        boolean answered = c == '?' && ANSWERS.stream().anyMatch(a -> text.startsWith(a, next));
        return starts && !answered && !abbreviated(text, i) ? close : 0;
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
