package dev.rota.coordinator.notes.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL into statements in one pass: quotes, comments, dollar quotes, {@code DELIMITER} and {@code GO} are known. What is cut
 * is what is written; nothing is changed.
 */
final class SqlSplitter {
    private static final List<String> STARTS = List.of(
            "create ",
            "alter table ",
            "alter database ",
            "drop index ",
            "drop table ",
            "drop view ",
            "exec ",
            "insert into ");

    private final String text;
    private final Database database;
    private final List<Cut> cuts = new ArrayList<>();
    private String delimiter = ";";
    private int start = -1;
    private int depth;
    private int at;

    /** A statement's place in the text, without its delimiter. {@code open} when a quote or comment in it never ends. */
    record Cut(int start, int end, boolean open) {}

    private SqlSplitter(String text, Database database) {
        this.text = text;
        this.database = database;
    }

    static List<Cut> split(String text, Database database) {
        SqlSplitter splitter = new SqlSplitter(text, database);
        splitter.run();
        return splitter.cuts;
    }

    private void run() {
        while (at < text.length()) {
            if (lineStart() && command()) {
                continue;
            }
            char c = text.charAt(at);
            if (text.startsWith("--", at) || (c == '#' && start < 0)) {
                at = lineEnd(at);
            } else if (text.startsWith("/*", at)) {
                skip("*/", at + 2, true);
            } else if (text.startsWith(delimiter, at)) {
                finish(at, false);
                at += delimiter.length();
            } else if (c == '\'' || c == '"' || c == '`') {
                begin();
                quote(c);
            } else if (c == '$' && dollar() > 0) {
                begin();
                String tag = text.substring(at, at + dollar());
                skip(tag, at + tag.length(), false);
            } else {
                if (c > ' ') {
                    begin();
                }
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
        }
        finish(text.length(), false);
    }

    private void begin() {
        if (start < 0) {
            start = at;
            depth = 0;
        }
    }

    private void finish(int end, boolean open) {
        if (start >= 0) {
            int to = end;
            while (to > start && text.charAt(to - 1) <= ' ') {
                to--;
            }
            cuts.add(new Cut(start, to, open));
        }
        start = -1;
    }

    private boolean lineStart() {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    /** A line that ends a statement by itself: {@code GO}, {@code DELIMITER}, and in T-SQL the start of the next statement. */
    private boolean command() {
        String line = text.substring(at, Math.min(lineEnd(at), at + 80)).strip().toLowerCase(Locale.ROOT);
        if (line.equals("go") && database != Database.SQLITE) {
            finish(at, false);
            at = lineEnd(at);
            return true;
        }
        if (line.startsWith("delimiter ") && line.length() > 10) {
            finish(at, false);
            delimiter = line.substring(10).strip();
            at = lineEnd(at);
            return true;
        }
        boolean flush = at < text.length() && text.charAt(at) > ' ';
        if (database == Database.MSSQL
                && flush
                && start >= 0
                && depth == 0
                && STARTS.stream().anyMatch(line::startsWith)) {
            finish(at, false);
        }
        return false;
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private void quote(char mark) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && mark != '`' && database == Database.MYSQL) {
                i++;
            } else if (c == mark) {
                if (i + 1 < text.length() && text.charAt(i + 1) == mark) {
                    i++;
                } else {
                    at = i + 1;
                    return;
                }
            }
        }
        finish(text.length(), true);
        at = text.length();
    }

    private void skip(String end, int from, boolean comment) {
        int found = text.indexOf(end, from);
        if (found < 0) {
            if (!comment || start >= 0) {
                finish(text.length(), true);
            }
            at = text.length();
        } else {
            at = found + end.length();
        }
    }

    /** The length of the dollar quote that starts here, or 0. */
    private int dollar() {
        for (int i = at + 1; i < Math.min(text.length(), at + 64); i++) {
            char c = text.charAt(i);
            if (c == '$') {
                return i + 1 - at;
            }
            if (!Character.isLetterOrDigit(c) && c != '_') {
                return 0;
            }
        }
        return 0;
    }
}
