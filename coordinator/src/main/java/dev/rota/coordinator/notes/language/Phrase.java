package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of words: {@code a|b} one of them, {@code upgrad*} what starts so, {@code word?} may be missing, {@code ..3} up to three
 * words of any kind that do not cross a colon or semicolon. Matching keeps a set of positions and never goes back, so its time is
 * bounded by the length of the pattern.
 */
final class Phrase {
    private static final int REACH = 62;

    private final String text;
    private final List<Element> elements = new ArrayList<>();

    /** One part of the pattern; {@code gap} is how many words it may skip, or -1 when it is words. */
    private record Element(List<String> words, boolean optional, int gap) {
        boolean fits(Token token) {
            for (String word : words) {
                boolean prefix = word.endsWith("*");
                if (prefix ? token.word().startsWith(word.substring(0, word.length() - 1)) : token.is(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    private Phrase(String text) {
        this.text = text;
        for (String part : text.strip().split(" +", -1)) {
            if (part.startsWith("..")) {
                elements.add(new Element(List.of(), false, Integer.parseInt(part.substring(2))));
            } else {
                boolean optional = part.endsWith("?");
                String words = optional ? part.substring(0, part.length() - 1) : part;
                elements.add(new Element(List.of(words.split("\\|")), optional, -1));
            }
        }
    }

    static Phrase of(String text) {
        return new Phrase(text);
    }

    /** The words one of which every match starts with. */
    List<String> firstWords() {
        List<String> words = new ArrayList<>();
        for (Element element : elements) {
            words.addAll(element.words());
            if (!element.optional()) {
                break;
            }
        }
        return words;
    }

    /** The position after the match that starts at a token, the shortest one, or -1. */
    int match(List<Token> tokens, int start) {
        long positions = 1;
        for (Element element : elements) {
            positions = element.gap() >= 0
                    ? spread(tokens, start, positions, element.gap())
                    : step(tokens, start, positions, element);
            if (positions == 0) {
                return -1;
            }
        }
        return start + Long.numberOfTrailingZeros(positions);
    }

    private static long step(List<Token> tokens, int start, long positions, Element element) {
        long next = element.optional() ? positions : 0;
        for (int i = 0; i < REACH && start + i < tokens.size(); i++) {
            if ((positions >> i & 1) == 1 && element.fits(tokens.get(start + i))) {
                next |= 1L << (i + 1);
            }
        }
        return next;
    }

    private static long spread(List<Token> tokens, int start, long positions, int gap) {
        long reached = positions;
        long edge = positions;
        for (int skipped = 0; skipped < gap && edge != 0; skipped++) {
            long next = 0;
            for (int i = 0; i < REACH && start + i < tokens.size(); i++) {
                if ((edge >> i & 1) == 1 && !(tokens.get(start + i).stop() && i > 0)) {
                    next |= 1L << (i + 1);
                }
            }
            edge = next & ~reached;
            reached |= next;
        }
        return reached;
    }

    @Override
    public String toString() {
        return text;
    }
}
