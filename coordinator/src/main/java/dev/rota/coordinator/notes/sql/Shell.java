package dev.rota.coordinator.notes.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The SQL in a code block that may wrap it in a shell: the lines of a here document, or all lines.
 *
 * @param sql as long as the code; what is not SQL is blank, so that positions stay the same
 * @param client whether a database client is called
 * @param database the database of that client
 */
record Shell(String sql, boolean client, Set<Database> database) {
    static Shell of(String code) {
        StringBuilder sql = new StringBuilder(code.length());
        Set<Database> database = EnumSet.noneOf(Database.class);
        boolean client = false;
        boolean here = code.contains("<<") && hasClient(code);
        String end = "";
        int at = 0;
        while (at < code.length()) {
            int stop = code.indexOf('\n', at);
            int next = stop < 0 ? code.length() : stop + 1;
            String line = code.substring(at, stop < 0 ? code.length() : stop);
            String trimmed = line.strip();
            boolean keep = !here || !end.isEmpty();
            if (here && end.isEmpty() && line.contains("<<")) {
                client = true;
                database.addAll(Database.named(trimmed.split(" ", 2)[0]));
                end = mark(line);
            } else if (!end.isEmpty() && trimmed.equals(end)) {
                end = "";
                keep = false;
            }
            boolean answer = trimmed.startsWith("Query OK") || trimmed.startsWith("Rows matched");
            sql.append(keep && !answer ? line : " ".repeat(line.length()));
            sql.append(next > at + line.length() ? "\n" : "");
            at = next;
        }
        return new Shell(sql.toString(), client, database);
    }

    private static boolean hasClient(String code) {
        String t = code.toLowerCase(Locale.ROOT);
        return t.contains("mysql")
                || t.contains("psql")
                || t.contains("sqlite")
                || t.contains("sqlcmd")
                || t.contains("mariadb");
    }

    private static String mark(String line) {
        String after = line.substring(line.indexOf("<<") + 2).strip();
        StringBuilder mark = new StringBuilder();
        for (int i = 0; i < after.length(); i++) {
            char c = after.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '_') {
                mark.append(c);
            } else if (!mark.isEmpty()) {
                break;
            }
        }
        return mark.isEmpty() ? "EOF" : mark.toString();
    }
}
