package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    private record Element(Set<String> words, List<String> starts, boolean optional, int gap) {
        static Element of(String text, boolean optional) {
            List<String> all = List.of(text.split("\\|", -1));
            return new Element(
                    Set.copyOf(all.stream().filter(w -> !w.endsWith("*")).toList()),
                    all.stream()
                            .filter(w -> w.endsWith("*"))
                            .map(w -> w.substring(0, w.length() - 1))
                            .toList(),
                    optional,
                    -1);
        }

        boolean fits(Token token) {
            for (String start : starts) {
                if (token.word().startsWith(start)) {
                    return true;
                }
            }
            return words.contains(token.word());
        }
    }

    private Phrase(String text) {
        this.text = text;
        for (String part : text.strip().split(" +", -1)) {
            if (part.startsWith("..")) {
                elements.add(new Element(Set.of(), List.of(), false, Integer.parseInt(part.substring(2))));
            } else {
                boolean optional = part.endsWith("?");
                String words = optional ? part.substring(0, part.length() - 1) : part;
                elements.add(Element.of(words, optional));
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
            element.starts().forEach(start -> words.add(start + "*"));
            if (!element.optional()) {
                break;
            }
        }
        return words;
    }

    /** Which of the words from a token on stand behind a colon or semicolon, as bits. */
    static long stops(List<Token> tokens, int start) {
        long stops = 0;
        for (int i = 1; i < REACH && start + i < tokens.size(); i++) {
            stops |= tokens.get(start + i).stop() ? 1L << i : 0;
        }
        return stops;
    }

    /**
     * The position after the match that starts at a token, the shortest one, or -1.
     *
     * @param stops what {@link #stops} says about that token
     */
    int match(List<Token> tokens, int start, long stops) {
        long positions = 1;
        int length = Math.min(REACH, tokens.size() - start);
        long inside = (1L << length) - 1;
        for (Element element : elements) {
            positions = element.gap() >= 0
                    ? spread(positions, element.gap(), inside & ~stops)
                    : step(tokens, start, positions, inside, element);
            if (positions == 0) {
                return -1;
            }
        }
        return start + Long.numberOfTrailingZeros(positions);
    }

    private static long step(List<Token> tokens, int start, long positions, long inside, Element element) {
        long next = element.optional() ? positions : 0;
        for (long left = positions & inside; left != 0; left &= left - 1) {
            int i = Long.numberOfTrailingZeros(left);
            if (element.fits(tokens.get(start + i))) {
                next |= 1L << (i + 1);
            }
        }
        return next;
    }

    private static long spread(long positions, int gap, long passable) {
        long reached = positions;
        for (int skipped = 0; skipped < gap; skipped++) {
            reached |= (reached & passable) << 1;
        }
        return reached;
    }

    /** Whether a word is one of its own. */
    boolean names(String word) {
        return elements.stream().anyMatch(e -> e.words().contains(word));
    }

    @Override
    public String toString() {
        return text;
    }
}
