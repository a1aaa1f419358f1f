package dev.rota.contract;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A product's version: one to six numbers, perhaps with what makes it come before its release ({@code 24.12-rc1}). {@code 23.01} and
 * {@code 23.1} are equal in order but each keeps the text it was written with; a leading {@code v} and a package suffix
 * ({@code 23.01-1}, {@code 24.12-3~bpo12+1}) are not part of it.
 *
 * @param text as written, without prefix and package suffix
 * @param parts its numbers, 1 to 6, each from 0 to 999,999,999
 * @param prerelease what it is before its release; empty for the release itself
 */
public record Version(String text, List<Integer> parts, Optional<Prerelease> prerelease)
        implements Comparable<Version> {
    private static final int MAX_PARTS = 6;
    private static final int MAX_LENGTH = 64;
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9}){0," + (MAX_PARTS - 1) + "}");
    /** After {@code -} anything may follow; after {@code ~}, {@code .} or nothing only a package suffix. */
    private static final Pattern STAGE = Pattern.compile(
            "(?:-(?<after>" + Prerelease.FORM + ")(?![A-Za-z0-9])|[~.]?(?<stage>" + Prerelease.FORM + ")(?=[-~]|$))");

    private static final Comparator<Version> ORDER = Comparator.comparing(Version::parts, Numbers::compare)
            .thenComparing(
                    Version::prerelease,
                    Comparator.comparing(Optional<Prerelease>::isEmpty)
                            .thenComparing((a, b) -> a.isEmpty() ? 0 : a.get().compareTo(b.orElseThrow())));

    /** Copies the parts. */
    public Version {
        parts = List.copyOf(parts);
    }

    /** Reads a version, or nothing if the text is none. */
    public static Optional<Version> tryParse(String text) {
        String t = text.strip();
        if (t.startsWith("v") || t.startsWith("V")) {
            t = t.substring(1);
        }
        Matcher numbers = NUMBERS.matcher(t);
        if (!numbers.lookingAt() || numbers.end() > MAX_LENGTH) {
            return Optional.empty();
        }
        String rest = t.substring(numbers.end());
        Matcher stage = STAGE.matcher(rest);
        if (stage.lookingAt() && numbers.end() + stage.end() <= MAX_LENGTH) {
            String word = Optional.ofNullable(stage.group("after")).orElse(stage.group("stage"));
            Optional<Prerelease> prerelease = Prerelease.tryParse(word);
            if (prerelease.isPresent()) {
                return Optional.of(
                        new Version(t.substring(0, numbers.end() + stage.end()), numbers(numbers.group()), prerelease));
            }
        }
        return rest.isEmpty() || rest.startsWith("-")
                ? Optional.of(new Version(numbers.group(), numbers(numbers.group()), Optional.empty()))
                : Optional.empty();
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split("\\.", -1)).map(Integer::valueOf).toList();
    }

    /**
     * Reads a version.
     *
     * @throws IllegalArgumentException naming the text when it is no version
     */
    public static Version parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not a version: expected numbers separated by dots, such as 23.01 or 18.12.1"));
    }

    /** Whether both belong to one series, that is, agree in their first {@code seriesParts} numbers. */
    public boolean sameSeries(Version other, int seriesParts) {
        return IntStream.range(0, seriesParts).allMatch(i -> Numbers.at(parts, i) == Numbers.at(other.parts, i));
    }

    /** The series: the first {@code seriesParts} numbers as they were written, {@code 0} for those that were not. */
    public Version series(int seriesParts) {
        Matcher written = NUMBERS.matcher(text);
        String[] words = (written.lookingAt() ? written.group() : "0").split("\\.", -1);
        List<String> leading = IntStream.range(0, seriesParts)
                .mapToObj(i -> i < words.length ? words[i] : "0")
                .toList();
        return new Version(
                String.join(".", leading),
                leading.stream().map(Integer::valueOf).toList(),
                Optional.empty());
    }

    /** Whether its first numbers are all those of {@code lead}: 7.0.4 begins with 7.0, and so does 7. */
    public boolean beginsWith(Version lead) {
        return sameSeries(lead, lead.parts.size());
    }

    /** Below zero, zero or above, by the numbers alone: a pre-release counts as the release it leads to. */
    public int compareNumbers(Version other) {
        return Numbers.compare(parts, other.parts);
    }

    /** Whether it is a release and not something before one. */
    public boolean released() {
        return prerelease.isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    /** Equal in order: {@code 23.1} and {@code 23.01} are, and {@code 1.0} and {@code 1}. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Version v && compareTo(v) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Numbers.hash(parts) + prerelease.map(Prerelease::hashCode).orElse(0);
    }

    @Override
    public String toString() {
        return text;
    }
}
