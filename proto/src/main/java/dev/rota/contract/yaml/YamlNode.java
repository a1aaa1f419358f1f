package dev.rota.contract.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value of a YAML file with its place. A reading method that finds the wrong kind of value records a {@linkplain #problems()
 * problem} and returns a harmless default, so that one pass finds every mistake; the reader ends with {@link Problems#throwIfAny()}.
 */
public final class YamlNode {
    private static final int MAX_QUOTED = 60;

    /** A key with its own place and its value. */
    record Entry(String at, YamlNode value) {}

    private sealed interface Content {}

    private record Scalar(String text, boolean plain) implements Content {}

    private record Items(List<YamlNode> items) implements Content {}

    private record Entries(Map<String, Entry> entries) implements Content {}

    /** A value whose absence is already recorded: reading it gives defaults and no second problem. */
    private record Absent() implements Content {}

    private final String at;
    private final Problems problems;
    private final Content content;

    private YamlNode(String at, Problems problems, Content content) {
        this.at = at;
        this.problems = problems;
        this.content = content;
    }

    static YamlNode scalar(String at, Problems problems, String text, boolean plain) {
        return new YamlNode(at, problems, new Scalar(text, plain));
    }

    static YamlNode list(String at, Problems problems, List<YamlNode> items) {
        return new YamlNode(at, problems, new Items(items));
    }

    static YamlNode map(String at, Problems problems, Map<String, Entry> entries) {
        return new YamlNode(at, problems, new Entries(entries));
    }

    static YamlNode absent(String at, Problems problems) {
        return new YamlNode(at, problems, new Absent());
    }

    /** Where the value starts: {@code file:line:column}, both counted from 1. */
    public String at() {
        return at;
    }

    /** The collector shared by all values of the file. */
    public Problems problems() {
        return problems;
    }

    /** Records a problem with this value; nothing if the value was found missing before. */
    public void problem(String message) {
        if (!(content instanceof Absent)) {
            problems.add(at, message);
        }
    }

    /** Whether the value is a map of keys and values. */
    public boolean isMap() {
        return content instanceof Entries;
    }

    /** Whether the value is a list. */
    public boolean isList() {
        return content instanceof Items;
    }

    /** Whether the value is text, a number or the like. */
    public boolean isScalar() {
        return content instanceof Scalar;
    }

    /** The text exactly as written for a plain value ({@code 23.10} stays {@code 23.10}), without quotes for a quoted one; default empty. */
    public String string() {
        return text().or(() -> expected("text")).orElse("");
    }

    /** Text that is not blank; default empty. */
    public String word() {
        return text().filter(t -> !t.isBlank())
                .or(() -> expected("text that is not blank"))
                .orElse("");
    }

    /** One of the given words; default the first. */
    public String oneOf(String... words) {
        List<String> allowed = List.of(words);
        Optional<String> found = text();
        if (found.filter(allowed::contains).isPresent()) {
            return found.get();
        }
        String hint = found.map(word -> Nearest.hint(word, allowed)).orElse("");
        problem("expected " + (allowed.size() == 1 ? "" : "one of ") + String.join(", ", allowed) + ", found "
                + describe() + hint);
        return words[0];
    }

    /** A whole number within bounds, both included; default {@code min}. */
    public int integer(int min, int max) {
        return plain().filter(t -> t.matches("-?\\d{1,18}"))
                .map(Long::valueOf)
                .filter(n -> min <= n && n <= max)
                .map(Long::intValue)
                .or(() -> expected(min == max ? "the number " + min : "a whole number from " + min + " to " + max))
                .orElse(min);
    }

    /** {@code true} or {@code false}; default {@code false}. */
    public boolean bool() {
        return plain().filter(t -> t.equals("true") || t.equals("false"))
                .map(Boolean::valueOf)
                .or(() -> expected("true or false"))
                .orElse(false);
    }

    /** A duration such as {@code 30s} within bounds, both included; default {@code min}. */
    public Duration duration(Duration min, Duration max) {
        return text().flatMap(Units::duration)
                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
                .or(() -> expected("a duration (a whole number with ms, s, m or h) from " + Units.format(min) + " to "
                        + Units.format(max)))
                .orElse(min);
    }

    /** A size such as {@code 500MB}, in bytes; default 0. */
    public long size() {
        return text().flatMap(Units::size)
                .or(() -> expected("a size (a whole number with B, KB, MB or GB)"))
                .orElse(0L);
    }

    /** A size such as {@code 500MB} within bounds, both included, in bytes; default {@code min}. */
    public long size(long min, long max) {
        return text().flatMap(Units::size)
                .filter(n -> min <= n && n <= max)
                .or(() -> expected("a size (a whole number with B, KB, MB or GB) from " + Units.formatSize(min) + " to "
                        + Units.formatSize(max)))
                .orElse(min);
    }

    /** The values of a list in file order; default none. */
    public List<YamlNode> list() {
        if (content instanceof Items list) {
            return list.items();
        }
        return this.<List<YamlNode>>expected("a list").orElse(List.of());
    }

    /** Each value of a list, read by a function. */
    public <T> List<T> list(Function<YamlNode, T> read) {
        return list().stream().map(read).toList();
    }

    /** The keys and values of a map; default none. */
    public YamlMap map() {
        if (content instanceof Entries map) {
            return new YamlMap(this, map.entries());
        }
        expected("keys and values");
        return new YamlMap(absent(at, problems), Map.of());
    }

    private Optional<String> text() {
        return content instanceof Scalar scalar
                        && !(scalar.plain() && scalar.text().isEmpty())
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private Optional<String> plain() {
        return content instanceof Scalar scalar && scalar.plain() ? text() : Optional.empty();
    }

    private <T> Optional<T> expected(String what) {
        problem("expected " + what + ", found " + describe());
        return Optional.empty();
    }

    private String describe() {
        if (content instanceof Scalar scalar) {
            String text = scalar.text();
            if (text.isEmpty()) {
                return scalar.plain() ? "nothing" : "empty text";
            }
            String shown = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text;
            return (scalar.plain() ? "'" : "the quoted text '") + shown.replace('\n', ' ') + "'";
        }
        return isList() ? "a list" : "keys and values";
    }
}
