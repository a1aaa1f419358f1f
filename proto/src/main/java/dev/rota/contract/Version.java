package dev.rota.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A product's version: one to six numbers. {@code 23.01} and {@code 23.1} are equal in order but each keeps the text it was
 * written with; a leading {@code v} and a package suffix ({@code 23.01-1}, {@code 24.12-3~bpo12+1}) are not part of it.
 *
 * @param text as written, without prefix and suffix
 * @param parts its numbers, 1 to 6, each from 0 to 999,999,999
 */
public record Version(String text, List<Integer> parts) implements Comparable<Version> {
    private static final int MAX_PARTS = 6;
    private static final int MAX_LENGTH = 64;

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
        int cut = t.indexOf('-');
        String numbers = cut < 0 ? t : t.substring(0, cut);
        if (numbers.length() > MAX_LENGTH || !numbers.matches("\\d{1,9}(\\.\\d{1,9}){0," + (MAX_PARTS - 1) + "}")) {
            return Optional.empty();
        }
        List<Integer> parts = java.util.Arrays.stream(numbers.split("\\.", -1))
                .map(Integer::valueOf)
                .collect(Collectors.toList());
        return Optional.of(new Version(numbers, parts));
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
        for (int i = 0; i < seriesParts; i++) {
            if (part(i) != other.part(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int c = Integer.compare(part(i), other.part(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    private int part(int i) {
        return i < parts.size() ? parts.get(i) : 0;
    }

    /** Equal in order: {@code 23.1} and {@code 23.01} are, and {@code 1.0} and {@code 1}. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Version v && compareTo(v) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        int last = parts.size();
        while (last > 1 && parts.get(last - 1) == 0) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            hash = 31 * hash + parts.get(i);
        }
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
