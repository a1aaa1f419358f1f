package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.Finding.Timing;
import dev.rota.coordinator.notes.text.Sentence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When the steps of a section are to be done: what its own sentences say, otherwise what the note said before. */
final class Timings {
    private static final List<String> RUNNING = List.of(
            "while a previous",
            "while the previous",
            "while the old",
            "is actually running",
            "while running",
            "not affect older",
            "not affect old",
            "at any time while",
            "while the server is running",
            "without stopping");
    private static final List<String> BEFORE = List.of(
            "before starting",
            "before upgrad",
            "before the upgrade",
            "before you upgrade",
            "prior to upgrad",
            "prior to the upgrade",
            "prior to doing",
            "before performing",
            "in advance of the upgrade",
            "before updating");
    private static final List<String> AFTER = List.of(
            "after you upgrade",
            "after upgrad",
            "after the upgrade",
            "once upgraded",
            "once all nodes",
            "after updating",
            "once you upgrade");
    private static final List<String> OPTIONAL = List.of(
            "optional",
            "if you feel like",
            "you may want",
            "not mandatory",
            "don't need to apply",
            "don\u2019t need to apply",
            "recommended",
            "encouraged",
            "don't need to convert",
            "don\u2019t need to convert",
            "can simply dismiss",
            "if you want to");
    private static final List<String> SCHEMA =
            List.of("schema", "database", "table", "index", "sql", "column", "this can be", "queries");

    private final Map<Integer, Timing> units = new TreeMap<>();
    private final Map<Integer, Boolean> optional = new TreeMap<>();
    private Optional<Timing> last = Optional.empty();

    /** Takes note of what a sentence says about the steps around it. */
    void read(Sentence sentence) {
        String text = sentence.text().toLowerCase(Locale.ROOT);
        if (any(text, OPTIONAL)) {
            optional.put(sentence.block().unit(), true);
        }
        Optional<Timing> timing = timing(text);
        if (timing.isPresent() && any(text, SCHEMA)) {
            units.put(sentence.block().unit(), timing.get());
            last = timing;
        }
    }

    Optional<Timing> of(int unit) {
        return Optional.ofNullable(units.get(unit)).or(() -> last);
    }

    boolean optional(int unit) {
        return optional.getOrDefault(unit, false);
    }

    static Optional<Timing> timing(String sentence) {
        String text = sentence.toLowerCase(Locale.ROOT);
        int during = text.indexOf("while ");
        if (any(text, RUNNING) || (during >= 0 && text.indexOf(" running", during) > 0)) {
            return Optional.of(Timing.WHILE_RUNNING);
        }
        if (any(text, AFTER)) {
            return Optional.of(Timing.AFTER);
        }
        return any(text, BEFORE) ? Optional.of(Timing.BEFORE) : Optional.empty();
    }

    static boolean isOptional(String sentence) {
        return any(sentence.toLowerCase(Locale.ROOT), OPTIONAL);
    }

    private static boolean any(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }
}
