package dev.rota.contract.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a file, in the order it was found; the same problem at the same place counts once. */
public final class Problems {
    /** More than this many are only counted: nobody reads on, and a hostile file must not fill the memory. */
    private static final int MAX_LISTED = 50;

    private final Set<String> lines = new LinkedHashSet<>();
    private int unlisted;

    /** Adds a problem at a place, {@code file:line:column}. */
    public void add(String at, String message) {
        String line = at + ": " + message;
        if (lines.size() < MAX_LISTED) {
            lines.add(line);
        } else if (!lines.contains(line)) {
            unlisted++;
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The problems so far, {@code at: message}, at most 50. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException listing all problems, if there are any
     */
    public void throwIfAny() {
        if (lines.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(lines);
        if (unlisted > 0) {
            all.add("... and " + unlisted + " more");
        }
        throw new ConfigException(all);
    }
}
