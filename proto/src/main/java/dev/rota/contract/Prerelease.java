package dev.rota.contract;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes a version come before the release it leads to: {@code rc1} of {@code 24.12-rc1}, {@code beta.2} of {@code 5.0.0-beta.2}.
 *
 * @param stage how near to the release it is
 * @param numbers counts within the stage, none to 3, each from 0 to 999,999,999; a number that is not there counts as 0
 */
public record Prerelease(Stage stage, List<Integer> numbers) implements Comparable<Prerelease> {
    private static final int MAX_NUMBERS = 3;
    /** A word and its numbers: {@code rc1}, {@code beta.2}, {@code rc-1}. */
    static final String FORM = "[A-Za-z]{1,16}(?:[.-]?\\d{1,9}(?:\\.\\d{1,9}){0," + (MAX_NUMBERS - 1) + "})?";

    private static final Pattern PARTS = Pattern.compile("(?<word>[A-Za-z]+)(?<numbers>[-.0-9]*)");

    /** Copies the numbers. */
    public Prerelease {
        numbers = List.copyOf(numbers);
    }

    /** Kinds of versions before a release, the earliest first. */
    public enum Stage {
        DEV,
        ALPHA,
        BETA,
        PREVIEW,
        CANDIDATE;

        private static Optional<Stage> of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "dev", "snapshot", "nightly" -> Optional.of(DEV);
                case "alpha" -> Optional.of(ALPHA);
                case "beta", "milestone" -> Optional.of(BETA);
                case "pre", "preview" -> Optional.of(PREVIEW);
                case "rc", "cr" -> Optional.of(CANDIDATE);
                default -> Optional.empty();
            };
        }
    }

    /** Reads text of the {@link #FORM}; nothing if its word is no known stage. */
    static Optional<Prerelease> tryParse(String text) {
        Matcher parts = PARTS.matcher(text);
        return parts.matches()
                ? Stage.of(parts.group("word")).map(stage -> new Prerelease(stage, numbers(parts.group("numbers"))))
                : Optional.empty();
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split("[.-]", -1))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public int compareTo(Prerelease other) {
        return Comparator.comparing(Prerelease::stage)
                .thenComparing(Prerelease::numbers, Numbers::compare)
                .compare(this, other);
    }

    /** Equal in order: {@code rc} and {@code rc0} are. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Prerelease p && compareTo(p) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * stage.name().hashCode() + Numbers.hash(numbers);
    }
}
