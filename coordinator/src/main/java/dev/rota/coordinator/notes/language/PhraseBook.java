package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The phrases to look for, found by their first word. */
public final class PhraseBook {
    private static final int START = 3;

    private final Map<String, List<Entry>> byWord = new TreeMap<>();
    private final Map<String, List<Entry>> byStart = new TreeMap<>();

    /** A phrase and what it says. */
    record Entry(String rule, Says says, Phrase phrase) {}

    /** A phrase found in a sentence, from one token to before another. */
    record Hit(Entry entry, int from, int to) {}

    /** An empty book. */
    public PhraseBook() {}

    /**
     * Adds phrases.
     *
     * @param rule the name under which findings of this rule are reported
     * @param phrases patterns of words, see {@link Phrase}
     */
    public PhraseBook add(String rule, Says says, List<String> phrases) {
        for (String text : phrases) {
            Phrase phrase = Phrase.of(text);
            Entry entry = new Entry(rule, says, phrase);
            for (String word : phrase.firstWords()) {
                if (word.endsWith("*")) {
                    byStart.computeIfAbsent(start(word), w -> new ArrayList<>()).add(entry);
                } else {
                    byWord.computeIfAbsent(word, w -> new ArrayList<>()).add(entry);
                }
            }
        }
        return this;
    }

    /** All phrases in a sentence, from left to right. */
    List<Hit> in(List<Token> tokens) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            List<Entry> exact = byWord.getOrDefault(tokens.get(i).word(), List.of());
            List<Entry> longer = byStart.getOrDefault(start(tokens.get(i).word()), List.of());
            long stops = exact.isEmpty() && longer.isEmpty() ? 0 : Phrase.stops(tokens, i);
            for (Entry entry : exact) {
                look(entry, tokens, i, stops, hits);
            }
            for (Entry entry : longer) {
                look(entry, tokens, i, stops, hits);
            }
        }
        return hits;
    }

    /** Words that may be continued are found by their first three letters. */
    private static String start(String word) {
        return word.length() <= START ? word : word.substring(0, START);
    }

    private static void look(Entry entry, List<Token> tokens, int i, long stops, List<Hit> hits) {
        int end = entry.phrase().match(tokens, i, stops);
        if (end > i) {
            hits.add(new Hit(entry, i, end));
        }
    }
}
