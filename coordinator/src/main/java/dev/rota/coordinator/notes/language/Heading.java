package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A heading that says which releases the text under it is about.
 *
 * @param from the releases it starts from, when it names them
 * @param to the release it leads to
 */
public record Heading(Optional<VersionRange> from, VersionRange to) {
    private static final Set<String> WORDS = Set.of(
            "upgrade",
            "upgrading",
            "update",
            "updating",
            "migrate",
            "migrating",
            "migration",
            "from",
            "to",
            "notes",
            "version",
            "versions",
            "release",
            "releases",
            "changes",
            "changelog",
            "new",
            "what");
    private static final Set<String> STARTS = Set.of("from", "since");
    private static final Set<String> ABOUT_OTHERS = Set.of(
            "postgresql",
            "mysql",
            "erlang",
            "otp",
            "php",
            "python",
            "java",
            "elasticsearch",
            "redis",
            "ubuntu",
            "debian",
            "centos",
            "nginx",
            "seadoc",
            "pillow",
            "ldap",
            "api",
            "docker",
            "helm",
            "stop",
            "start",
            "run",
            "runner",
            "plugin");

    /** Reads a heading or the label of a table row; nothing when it names no release. */
    public static Optional<Heading> of(String heading) {
        List<Token> tokens = Words.of(heading);
        List<VersionRange> ranges = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < Math.min(tokens.size(), 24); i++) {
            String word = tokens.get(i).word();
            boolean other = ABOUT_OTHERS.contains(word);
            if (other && ranges.isEmpty()) {
                return Optional.empty();
            }
            Optional<VersionRange> range = version(word, i, tokens);
            if (range.isPresent()) {
                ranges.add(range.get());
                places.add(i);
            }
        }
        boolean leads = !places.isEmpty() && places.get(0) == 0;
        boolean about = leads || tokens.stream().anyMatch(t -> WORDS.contains(t.word())) || tokens.size() <= 3;
        return ranges.isEmpty() || !about ? Optional.empty() : Optional.of(of(tokens, ranges, places));
    }

    /** A number without a dot is a release only after "from" or "to", with at most one word between. */
    private static Optional<VersionRange> version(String word, int at, List<Token> tokens) {
        boolean v = word.length() > 1 && word.charAt(0) == 'v' && Character.isDigit(word.charAt(1));
        boolean dotted = Character.isDigit(word.charAt(0)) && word.indexOf('.') > 0;
        boolean number = word.length() <= 3 && word.chars().allMatch(Character::isDigit);
        boolean led =
                number && tokens.subList(Math.max(0, at - 2), at).stream().anyMatch(t -> t.is("from") || t.is("to"));
        return v || dotted || led ? VersionRange.of(word) : Optional.empty();
    }

    /** "2025-08-15" and what follows a pair is no release; of several before "to", the first and last are a range. */
    private static Heading of(List<Token> tokens, List<VersionRange> ranges, List<Integer> places) {
        for (int i = 1; i < ranges.size(); i++) {
            int place = places.get(i);
            boolean to = within(tokens, places.get(i - 1) + 1, place, "to") || place == places.get(i - 1) + 1;
            if (to && !ranges.get(i).equals(ranges.get(0))) {
                VersionRange from = i == 1 ? ranges.get(0) : ranges.get(0).to(ranges.get(i - 1));
                return new Heading(Optional.of(from), ranges.get(i));
            }
        }
        return startsThere(tokens, places.get(0))
                ? new Heading(Optional.of(ranges.get(0)), ranges.get(0).andLater())
                : new Heading(Optional.empty(), ranges.get(0));
    }

    /** "Upgrading from 2.0", "Changes since 2.0": where it leads is not said. */
    private static boolean startsThere(List<Token> tokens, int place) {
        return place > 0 && STARTS.contains(tokens.get(place - 1).word());
    }

    /** Whether only where it starts is named. */
    public boolean open() {
        return from.isPresent() && to.text().endsWith("+");
    }

    private static boolean within(List<Token> tokens, int from, int to, String word) {
        return tokens.subList(from, to).stream().anyMatch(t -> t.is(word));
    }

    /** Whether the text under it is read for a hop. */
    public boolean isFor(Hop hop) {
        if (open()) {
            return from.filter(hop::leaves).isPresent();
        }
        boolean series = to.text().endsWith("x") || to.text().endsWith("*");
        if (series) {
            return to.high().compareTo(hop.from()) > 0 && to.low().compareTo(hop.end()) <= 0;
        }
        return hop.reaches(to);
    }

    /** Whether some of it may be: the hop stays inside the release it is about. */
    public boolean isPartlyFor(Hop hop) {
        return !open() && to.contains(hop.from()) && to.contains(hop.to());
    }
}
