package dev.rota.coordinator.notes.language;

import dev.rota.contract.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Some releases, both ends included.
 *
 * @param text as written
 */
public record VersionRange(String text, Version low, Version high) {
    private static final int OPEN = 999_999_999;
    private static final int PARTS = 6;

    /** The releases a word names: {@code 16.02} with its patch releases, {@code 6.x}, {@code 2.1.1x}, {@code v7}. */
    public static Optional<VersionRange> of(String word) {
        String t = word.startsWith("v") || word.startsWith("V") ? word.substring(1) : word;
        if (t.endsWith("+")) {
            return of(t.substring(0, t.length() - 1)).map(VersionRange::andLater);
        }
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (String part : t.split("\\.", -1)) {
            String digits = part.endsWith("x") || part.endsWith("*") ? part.substring(0, part.length() - 1) : part;
            boolean any = digits.length() < part.length();
            if (digits.length() > 6
                    || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    || (digits.isEmpty() && !any)) {
                return Optional.empty();
            }
            int from = digits.isEmpty() ? 0 : Integer.parseInt(digits) * (any ? 10 : 1);
            if (!digits.isEmpty()) {
                low.add(from);
            }
            high.add(digits.isEmpty() ? OPEN : any ? from + 9 : from);
        }
        if (low.isEmpty() || high.size() > PARTS) {
            return Optional.empty();
        }
        boolean exact = low.equals(high);
        return Optional.of(
                new VersionRange(word, version(exact ? t : "", low, 0), version(exact ? t : "", high, OPEN)));
    }

    private static Version version(String written, List<Integer> parts, int rest) {
        List<Integer> all = new ArrayList<>(parts);
        all.addAll(Collections.nCopies(PARTS - parts.size(), rest));
        String joined = String.join(".", parts.stream().map(String::valueOf).toList());
        String text = written.isEmpty() ? joined : written;
        return released(text, rest == 0 ? parts : all);
    }

    private static Version released(String text, List<Integer> parts) {
        return new Version(text, parts, Optional.empty());
    }

    /** This release with its patch releases. */
    public static VersionRange of(Version version) {
        List<Integer> high = new ArrayList<>(version.parts());
        high.addAll(Collections.nCopies(PARTS - high.size(), OPEN));
        return new VersionRange(version.text(), version, released(version.text(), high));
    }

    /** From here to the end of another range. */
    public VersionRange to(VersionRange other) {
        return new VersionRange(text + " - " + other.text, low, other.high);
    }

    /** From here on. */
    public VersionRange andLater() {
        return new VersionRange(text + "+", low, released(low.text(), Collections.nCopies(PARTS, OPEN)));
    }

    /** Everything up to here. */
    public VersionRange andEarlier() {
        return new VersionRange("<=" + text, released("0", List.of(0)), high);
    }

    /** Whether it was written as one release. */
    public boolean single() {
        return low.text().equals(text.startsWith("v") ? text.substring(1) : text);
    }

    /** Whether a release is one of these. */
    public boolean contains(Version version) {
        return low.compareTo(version) <= 0 && version.compareTo(high) <= 0;
    }

    /** Whether the ranges have a release in common. */
    public boolean meets(VersionRange other) {
        return low.compareTo(other.high) <= 0 && other.low.compareTo(high) <= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
