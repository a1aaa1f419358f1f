package dev.rota.contract.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what is wrong with files; the same problem at the same place counts once. */
public final class Problems {
    /** More than this many are only counted: nobody reads on, and a hostile file must not fill the memory. */
    private static final int MAX_LISTED = 50;

    private static final Pattern PLACE = Pattern.compile("(.*):(\\d{1,9}):(\\d{1,9})", Pattern.DOTALL);
    private static final Comparator<Problem> FILE_ORDER =
            Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::column);

    private record Problem(String file, int line, int column, String text) {
        private static Problem of(String at, String message) {
            Matcher place = PLACE.matcher(at);
            return place.matches()
                    ? new Problem(
                            place.group(1),
                            Integer.parseInt(place.group(2)),
                            Integer.parseInt(place.group(3)),
                            at + ": " + message)
                    : new Problem(at, 0, 0, at + ": " + message);
        }
    }

    private final Set<Problem> listed = new LinkedHashSet<>();
    private int unlisted;

    /** Adds a problem at a place, {@code file:line:column}. */
    public void add(String at, String message) {
        Problem problem = Problem.of(at, message);
        if (listed.size() < MAX_LISTED) {
            listed.add(problem);
        } else if (!listed.contains(problem)) {
            unlisted++;
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** The problems so far, {@code at: message}, in the order of the file; the first 50 that were found. */
    public List<String> lines() {
        return listed.stream().sorted(FILE_ORDER).map(Problem::text).toList();
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException listing all problems, if there are any
     */
    public void throwIfAny() {
        if (listed.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(lines());
        if (unlisted > 0) {
            all.add("... and " + unlisted + " more");
        }
        throw new ConfigException(all);
    }
}
