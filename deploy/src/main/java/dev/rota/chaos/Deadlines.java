package dev.rota.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a recipe's deadlines so short that a run in which many pass comes to its end; nothing else of the recipe is changed. */
final class Deadlines {
    private static final Duration PHASE_AT_MOST = Duration.ofSeconds(35);
    private static final Duration ACTION_AT_MOST = Duration.ofSeconds(20);
    private static final Pattern WITHIN = Pattern.compile("^( +)within: (\\d+)(s|m)$");
    /** Deadlines of phases stand less deep than those of actions. */
    private static final int PHASE_DEPTH = 4;

    private Deadlines() {}

    /** The recipe with every deadline that is longer made as long as it may be here. */
    static String shorten(String recipe) {
        List<String> lines = new ArrayList<>();
        for (String line : recipe.lines().toList()) {
            Matcher found = WITHIN.matcher(line);
            lines.add(found.matches() ? shorten(found) : line);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String shorten(Matcher found) {
        long number = Long.parseLong(found.group(2));
        Duration within = found.group(3).equals("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        Duration most = found.group(1).length() == PHASE_DEPTH ? PHASE_AT_MOST : ACTION_AT_MOST;
        Duration kept = within.compareTo(most) < 0 ? within : most;
        return found.group(1) + "within: " + kept.toSeconds() + "s";
    }
}
