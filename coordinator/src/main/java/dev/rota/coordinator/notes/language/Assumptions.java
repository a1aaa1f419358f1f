package dev.rota.coordinator.notes.language;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is known about a cluster, such as {@code storage=sql}: decides whether conditions hold. */
public record Assumptions(Map<String, String> values) {
    private static final Set<String> YES = Set.of("yes", "true", "on", "enabled", "1");
    private static final Set<String> NO = Set.of("no", "false", "off", "disabled", "0");
    private static final Set<String> SQL =
            Set.of("mysql", "postgresql", "postgres", "pgsql", "sqlite", "mssql", "mariadb");
    private static final Set<String> STORES = Set.of(
            "sql",
            "rdbms",
            "odbc",
            "mysql",
            "postgresql",
            "postgres",
            "pgsql",
            "sqlite",
            "mssql",
            "mariadb",
            "mnesia",
            "cets",
            "riak",
            "redis",
            "cassandra",
            "ldap");
    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "without", "never", "disabled", "false", "off", "disable", "unless", "neither", "non");
    private static final Set<String> CLUSTER = Set.of(
            "cluster",
            "clusters",
            "clustered",
            "clustering",
            "high",
            "availability",
            "ha",
            "multiple",
            "several",
            "nodes",
            "node",
            "more",
            "than",
            "one",
            "two",
            "servers",
            "deployment",
            "deployments",
            "mode",
            "environment",
            "setup");
    private static final Set<String> FILLERS = Set.of(
            "if",
            "when",
            "whenever",
            "in",
            "case",
            "you",
            "your",
            "are",
            "is",
            "re",
            "have",
            "has",
            "a",
            "an",
            "the",
            "run",
            "running",
            "runs",
            "use",
            "using",
            "uses",
            "with",
            "of",
            "on",
            "for",
            "only",
            "based",
            "our",
            "customers",
            "we",
            "as",
            "upgrading",
            "upgrade",
            "environments",
            "installation",
            "installations",
            "multi",
            "server",
            "at",
            "least",
            "and");

    /** Keys and values in lower case. */
    public Assumptions {
        Map<String, String> lower = new TreeMap<>();
        values.forEach((k, v) -> lower.put(
                k.toLowerCase(Locale.ROOT).strip(), v.toLowerCase(Locale.ROOT).strip()));
        values = java.util.Collections.unmodifiableMap(lower);
    }

    /** Nothing is known. */
    public static Assumptions none() {
        return new Assumptions(Map.of());
    }

    /** Whether a condition holds. */
    public enum Truth {
        HOLDS,
        FAILS,
        UNKNOWN;

        Truth not() {
            return switch (this) {
                case HOLDS -> FAILS;
                case FAILS -> HOLDS;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    /** Whether a condition holds, as far as is known. Whether there is a cluster is always known: nobody else asks. */
    public Truth of(Condition condition) {
        Truth truth = plain(condition.words());
        return condition.unless() ? truth.not() : truth;
    }

    private Truth plain(List<String> words) {
        boolean negated = words.stream().anyMatch(NEGATIONS::contains);
        for (Map.Entry<String, String> value : values.entrySet()) {
            Truth truth = by(value.getKey(), value.getValue(), words);
            if (truth != Truth.UNKNOWN) {
                return negated ? truth.not() : truth;
            }
        }
        return cluster(words, negated);
    }

    private static Truth by(String key, String value, List<String> words) {
        boolean about = List.of(key.split("[._-]")).stream().allMatch(k -> mentions(words, k));
        if (YES.contains(value) || NO.contains(value)) {
            return !about ? Truth.UNKNOWN : YES.contains(value) ? Truth.HOLDS : Truth.FAILS;
        }
        if (mentions(words, value) || (SQL.contains(value) && (mentions(words, "sql") || mentions(words, "rdbms")))) {
            return Truth.HOLDS;
        }
        boolean store = STORES.contains(value);
        boolean otherStore = words.stream().anyMatch(STORES::contains);
        boolean special = value.equals("sql") && words.stream().anyMatch(w -> SQL.contains(w) || w.equals("rdbms"));
        return store && otherStore && !special ? Truth.FAILS : Truth.UNKNOWN;
    }

    private static boolean mentions(List<String> words, String word) {
        return word.length() > 2
                ? words.stream().anyMatch(w -> w.equals(word) || (word.length() > 3 && w.contains(word)))
                : words.contains(word);
    }

    private static Truth cluster(List<String> words, boolean negated) {
        boolean single = words.contains("single") || words.contains("standalone");
        boolean clustered = words.stream()
                .anyMatch(w ->
                        w.startsWith("cluster") || w.equals("availability") || w.equals("ha") || w.equals("nodes"));
        boolean nothingElse = words.stream()
                .allMatch(w -> CLUSTER.contains(w)
                        || FILLERS.contains(w)
                        || NEGATIONS.contains(w)
                        || w.equals("single")
                        || w.equals("standalone"));
        if (!nothingElse || single == clustered) {
            return Truth.UNKNOWN;
        }
        return single == negated ? Truth.HOLDS : Truth.FAILS;
    }
}
