package dev.rota.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A set of versions as a recipe writes it: {@code 7.0} is every version that begins with 7.0, {@code >=6.0 <7.0} is what keeps all its
 * bounds. A pre-release is compared as the release it leads to, since it brings that release's changes.
 *
 * @param terms all must hold; at least one
 */
public record VersionRange(List<Term> terms) {
    private static final int MAX_TERMS = 4;
    /** What a range looks like, for messages. */
    static final String FORM = "a version or its leading numbers (7.0), or bounds (>=6.0 <7.0), at most " + MAX_TERMS;

    /** Copies the terms. */
    public VersionRange {
        terms = List.copyOf(terms);
    }

    /** How a version is held against the one of a term. */
    public enum Bound {
        BEGINS_WITH(""),
        AT_LEAST(">="),
        AT_MOST("<="),
        ABOVE(">"),
        BELOW("<");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        /** The bound a text starts with; those of two characters are tried before those of one. */
        private static Bound of(String text) {
            return Arrays.stream(values())
                    .filter(bound -> bound != BEGINS_WITH && text.startsWith(bound.sign))
                    .findFirst()
                    .orElse(BEGINS_WITH);
        }
    }

    /** One bound. */
    public record Term(Bound bound, Version version) {
        private boolean holds(Version v) {
            int c = v.compareNumbers(version);
            return switch (bound) {
                case BEGINS_WITH -> v.beginsWith(version);
                case AT_LEAST -> c >= 0;
                case AT_MOST -> c <= 0;
                case ABOVE -> c > 0;
                case BELOW -> c < 0;
            };
        }
    }

    /** Reads a range; nothing if the text is none. A bound is a release: one before a release has no place of its own here. */
    public static Optional<VersionRange> tryParse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        List<Term> terms = new ArrayList<>();
        for (String word : words) {
            Bound bound = Bound.of(word);
            Version.tryParse(word.substring(bound.sign.length()))
                    .filter(v -> v.text().equals(word.substring(bound.sign.length())) && v.released())
                    .ifPresent(v -> terms.add(new Term(bound, v)));
        }
        return terms.size() == words.length && words.length <= MAX_TERMS
                ? Optional.of(new VersionRange(terms))
                : Optional.empty();
    }

    /** Whether the version keeps all bounds. */
    public boolean contains(Version version) {
        return terms.stream().allMatch(term -> term.holds(version));
    }

    @Override
    public String toString() {
        return terms.stream().map(term -> term.bound().sign + term.version()).collect(Collectors.joining(" "));
    }
}
