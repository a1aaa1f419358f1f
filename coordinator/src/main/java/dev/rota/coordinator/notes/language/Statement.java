package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.text.Sentence;
import java.util.List;

/**
 * What one sentence says.
 *
 * @param rule the name of the rule that found it
 * @param start where the words that say it start in the text of the block
 * @param end position after them
 * @param conditions all must hold for it to apply
 * @param tentative said with may, might or could
 * @param releases the releases of the product the sentence names
 */
public record Statement(
        Says says,
        String rule,
        Sentence sentence,
        int start,
        int end,
        List<Condition> conditions,
        boolean tentative,
        List<NamedRelease> releases) {
    /** Copies the lists. */
    public Statement {
        conditions = List.copyOf(conditions);
        releases = List.copyOf(releases);
    }

    /**
     * A release a sentence names.
     *
     * @param from after the word "from"
     * @param to after the word "to"
     * @param topic the sentence starts with it, as in "In 5.17, ..."
     */
    public record NamedRelease(VersionRange range, boolean from, boolean to, boolean topic) {}

    /** Whether the sentence is about a hop, by the releases it names; one that names none is. */
    public boolean isAbout(Hop hop) {
        if (releases.isEmpty()) {
            return true;
        }
        if (releases.get(0).topic()) {
            return names(hop, releases.get(0));
        }
        for (NamedRelease a : releases) {
            for (NamedRelease b : releases) {
                if (a.from() && b.to() && !a.range().equals(b.range())) {
                    return between(hop, a.range(), b.range());
                }
            }
        }
        return releases.stream().anyMatch(r -> names(hop, r));
    }

    /** Whether all releases it names are single ones behind the hop, and only by the way: it neither starts with one nor leads from one. */
    public boolean looksBack(Hop hop) {
        return releases.stream()
                .noneMatch(r -> r.topic()
                        || r.from()
                        || !r.range().single()
                        || r.range().high().compareTo(hop.from()) > 0);
    }

    /** The same, said with less certainty. */
    public Statement inDoubt() {
        return new Statement(says, rule, sentence, start, end, conditions, true, releases);
    }

    private static boolean names(Hop hop, NamedRelease release) {
        VersionRange range = release.range();
        return hop.reaches(range) || hop.leaves(range) || range.contains(hop.to());
    }

    private static boolean between(Hop hop, VersionRange from, VersionRange to) {
        boolean open = from.contains(hop.from()) && (to.contains(hop.to()) || to.contains(hop.end()));
        boolean crosses = hop.from().compareTo(from.high()) <= 0
                && hop.from().compareTo(to.low()) < 0
                && hop.end().compareTo(to.low()) >= 0
                && hop.to().compareTo(from.high()) > 0;
        return open || crosses;
    }
}
