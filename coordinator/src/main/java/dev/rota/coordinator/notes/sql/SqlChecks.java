package dev.rota.coordinator.notes.sql;

import dev.rota.coordinator.notes.sql.SqlStatement.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a statement does, and why it cannot run as it is written. Looks at words, not at a grammar. */
final class SqlChecks {
    private static final Set<String> VERBS = Set.of(
            "alter",
            "create",
            "drop",
            "update",
            "insert",
            "delete",
            "select",
            "grant",
            "revoke",
            "truncate",
            "rename",
            "exec",
            "execute",
            "set",
            "use",
            "begin",
            "commit",
            "start",
            "do",
            "with",
            "prepare",
            "deallocate",
            "pragma",
            "vacuum",
            "analyze",
            "analyse",
            "reindex",
            "optimize",
            "repair",
            "replace",
            "merge",
            "call",
            "comment",
            "declare",
            "if",
            "lock",
            "unlock",
            "show",
            "describe",
            "explain",
            "refresh",
            "cluster",
            "copy",
            "load",
            "print",
            "rollback");
    private static final Set<String> OBJECTS = Set.of(
            "table",
            "index",
            "unique",
            "database",
            "type",
            "view",
            "materialized",
            "schema",
            "user",
            "role",
            "extension",
            "function",
            "procedure",
            "trigger",
            "sequence",
            "clustered",
            "nonclustered",
            "or",
            "temporary",
            "column",
            "constraint");
    private static final Set<String> CLAUSES = Set.of(
            "convert", "modify", "add", "drop", "rename", "alter", "change", "set", "values", "on", "(", ";", "");
    private static final String TYPOGRAPHIC = "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014";

    private SqlChecks() {}

    static boolean startsLikeSql(String text) {
        return VERBS.contains(word(words(text), 0));
    }

    /** Whether a text that nobody calls SQL is some. */
    static boolean isSurelySql(String text) {
        List<String> words = words(text);
        String second = word(words, 1);
        return switch (word(words, 0)) {
            case "alter", "create", "drop" -> OBJECTS.contains(second);
            case "insert", "replace" -> second.equals("into");
            case "delete" -> second.equals("from");
            case "select" -> words.contains("from") || text.indexOf('(') > 0;
            case "update" -> words.contains("set");
            case "grant", "revoke" -> words.contains("on") || words.contains("to");
            case "exec", "execute" -> second.startsWith("sp_");
            case "truncate" -> second.equals("table");
            case "pragma" -> true;
            default -> false;
        };
    }

    static Effect effect(String text) {
        List<String> words = words(text);
        return switch (word(words, 0)) {
            case "select", "show", "describe", "explain", "print" -> Effect.READ;
            case "update", "insert", "delete", "truncate", "replace", "merge", "copy", "load" -> Effect.DATA;
            case "drop", "rename" -> Effect.CONTRACT;
            case "exec", "execute", "call" ->
                text.toLowerCase(Locale.ROOT).contains("rename") ? Effect.CONTRACT : Effect.OTHER;
            case "create" -> Effect.EXPAND;
            case "alter" -> alter(words);
            default -> Effect.OTHER;
        };
    }

    private static Effect alter(List<String> words) {
        boolean contract = false;
        boolean adds = false;
        for (int i = 2; i < words.size(); i++) {
            String next = word(words, i + 1);
            switch (words.get(i)) {
                case "drop", "rename", "change", "modify", "convert" -> contract = true;
                case "alter" -> contract = true;
                case "add" -> {
                    adds = true;
                    contract |= next.equals("primary") || next.equals("unique") || next.equals("constraint");
                }
                case "null" -> contract |= word(words, i - 1).equals("not") && !words.contains("default");
                default -> {}
            }
        }
        return contract ? Effect.CONTRACT : adds ? Effect.EXPAND : Effect.OTHER;
    }

    static Optional<String> problem(String text, Database database, boolean open) {
        List<String> words = words(text);
        String first = word(words, 0);
        if (open) {
            return Optional.of("a quote or comment is never closed");
        }
        if (!VERBS.contains(first)) {
            return Optional.of("'" + shorten(text) + "' is not SQL");
        }
        String placeholder = placeholder(text);
        if (!placeholder.isEmpty()) {
            return Optional.of("it has a placeholder: " + placeholder);
        }
        for (int i = 0; i < text.length(); i++) {
            if (TYPOGRAPHIC.indexOf(text.charAt(i)) >= 0 && !comment(text, i)) {
                return Optional.of("it has a typographic character: " + text.charAt(i));
            }
        }
        if (nameless(words, text)) {
            return Optional.of("the name of a table is missing");
        }
        if (!balanced(text)) {
            return Optional.of("its parentheses do not match");
        }
        return foreign(words, text.toLowerCase(Locale.ROOT), database)
                .map(what -> what + " is not valid for " + database.label());
    }

    private static boolean comment(String text, int at) {
        int line = text.lastIndexOf('\n', at) + 1;
        int dashes = text.indexOf("--", line);
        return dashes >= 0 && dashes < at;
    }

    /** {@code <HOST>}, {@code {{name}}}, {@code ${name}}: something to be filled in. */
    private static String placeholder(String text) {
        for (int i = text.indexOf('<'); i >= 0; i = text.indexOf('<', i + 1)) {
            int end = i + 1;
            while (end < text.length()
                    && end - i < 60
                    && (Character.isLetterOrDigit(text.charAt(end)) || " _-.".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            if (end > i + 1
                    && end < text.length()
                    && text.charAt(end) == '>'
                    && Character.isLetter(text.charAt(i + 1))) {
                return text.substring(i, end + 1);
            }
        }
        for (String mark : List.of("{{", "${", "...", "\u2026")) {
            if (text.contains(mark)) {
                return mark;
            }
        }
        return "";
    }

    private static boolean nameless(List<String> words, String text) {
        boolean table = word(words, 0).equals("alter") && word(words, 1).equals("table");
        int name = word(words, 2).equals("if") ? 4 : 2;
        boolean missing = table && CLAUSES.contains(word(words, name)) && !quotedName(text);
        return missing || text.contains("``") || (text.contains("[]") && text.contains("[" + "]."));
    }

    private static boolean quotedName(String text) {
        return text.indexOf('`') >= 0 || text.indexOf('[') >= 0 || text.indexOf('"') >= 0;
    }

    private static boolean balanced(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'') {
                quote = c;
            } else if (text.startsWith("--", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return depth == 0;
    }

    private static Optional<String> foreign(List<String> words, String text, Database database) {
        boolean dropIndexOn = word(words, 0).equals("drop") && word(words, 1).equals("index") && words.contains("on");
        boolean alter = word(words, 0).equals("alter") && word(words, 1).equals("table");
        return switch (database) {
            case SQLITE ->
                first(
                        dropIndexOn,
                        "DROP INDEX ... ON",
                        alter && words.contains("modify"),
                        "MODIFY",
                        alter && alterColumn(words),
                        "ALTER COLUMN",
                        alter && words.contains("constraint"),
                        "a change of constraints",
                        text.contains("engine="),
                        "ENGINE");
            case POSTGRESQL ->
                first(
                        dropIndexOn,
                        "DROP INDEX ... ON",
                        alter && words.contains("modify"),
                        "MODIFY",
                        text.indexOf('`') >= 0,
                        "a backtick",
                        text.contains("engine="),
                        "ENGINE",
                        text.contains("auto_increment"),
                        "AUTO_INCREMENT");
            case MYSQL ->
                first(
                        words.contains("concurrently"),
                        "CONCURRENTLY",
                        words.contains("jsonb"),
                        "jsonb",
                        words.contains("bytea"),
                        "bytea",
                        text.contains("pad_index"),
                        "PAD_INDEX",
                        words.contains("materialized"),
                        "MATERIALIZED VIEW");
            case MSSQL ->
                first(
                        text.indexOf('`') >= 0,
                        "a backtick",
                        text.contains("engine="),
                        "ENGINE",
                        alter && count(words, "alter") > 2,
                        "more than one ALTER COLUMN",
                        words.contains("concurrently"),
                        "CONCURRENTLY",
                        words.contains("modify"),
                        "MODIFY");
            case ANY -> Optional.empty();
        };
    }

    private static boolean alterColumn(List<String> words) {
        return words.lastIndexOf("alter") > 1;
    }

    private static long count(List<String> words, String word) {
        return words.stream().filter(word::equals).count();
    }

    private static Optional<String> first(
            boolean a,
            String an,
            boolean b,
            String bn,
            boolean c,
            String cn,
            boolean d,
            String dn,
            boolean e,
            String en) {
        return Optional.ofNullable(a ? an : b ? bn : c ? cn : d ? dn : e ? en : null);
    }

    private static String word(List<String> words, int i) {
        return i >= 0 && i < words.size() ? words.get(i) : "";
    }

    private static final int MAX_WORDS = 4_000;

    /** The words outside of quotes and comments. */
    private static List<String> words(String text) {
        List<String> words = new java.util.ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i <= text.length() && words.size() < MAX_WORDS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                continue;
            }
            if (Character.isLetterOrDigit(c) || c == '_') {
                word.append(Character.toLowerCase(c));
                continue;
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (c == '\'') {
                quote = c;
            } else if (text.startsWith("--", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            }
        }
        return words;
    }

    private static String shorten(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }
}
