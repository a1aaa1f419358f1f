package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads reStructuredText and plain text line by line. It knows headings, lists, grid tables, simple tables, directives, literal
 * blocks and fences; what it does not know is a paragraph. Every line is looked at a bounded number of times.
 */
final class LineReader {
    private static final Set<String> CODE = Set.of("code-block", "code", "sourcecode", "parsed-literal", "highlight");
    private static final Set<String> ADMONITIONS = Set.of(
            "note",
            "warning",
            "important",
            "tip",
            "caution",
            "danger",
            "attention",
            "hint",
            "error",
            "admonition",
            "versionadded",
            "versionchanged",
            "deprecated");
    private static final int MAX_DEPTH = 4;

    private final Outline out;
    private final String source;
    private final List<Piece> lines;
    private final Kind prose;
    private final int depth;
    private final Levels levels;
    private final List<Piece> paragraph = new ArrayList<>();
    private Kind paragraphKind;
    private int paragraphIndent;
    private int at;

    private LineReader(Outline out, List<Piece> lines, Kind prose, int depth, Levels levels) {
        this.out = out;
        this.source = out.source();
        this.lines = lines;
        this.prose = prose;
        this.depth = depth;
        this.levels = levels;
        this.paragraphKind = prose;
    }

    /** Reads a whole text. */
    static void read(Outline out, List<Piece> lines) {
        new LineReader(out, lines, Kind.PARAGRAPH, 0, new Levels()).run();
    }

    /** Reads the inside of something: a table cell, an admonition. Headings in it are paragraphs. */
    static void readInside(Outline out, List<Piece> lines, Kind prose, int depth) {
        new LineReader(out, lines, prose, depth + 1, new Levels()).run();
    }

    private void run() {
        while (at < lines.size()) {
            Piece line = lines.get(at);
            if (line.blank(source)) {
                flush();
                at++;
            } else if (!(heading() || table() || pipes(line) || fence(line) || directive(line))) {
                prose(line);
            }
        }
        flush();
    }

    private void flush() {
        out.add(paragraphKind, "", paragraph);
        paragraph.clear();
        paragraphKind = prose;
    }

    private void prose(Piece line) {
        int indent = line.indent(source);
        int marker = Marks.item(source, line);
        if (marker > 0) {
            flush();
            paragraphKind = Kind.LIST_ITEM;
            paragraphIndent = indent;
            paragraph.add(line.strip(source).from(marker));
        } else {
            if (paragraphKind == Kind.LIST_ITEM && indent <= paragraphIndent && !paragraph.isEmpty()) {
                flush();
            }
            paragraph.add(line);
        }
        at++;
        if (endsWith(line, "::")) {
            flush();
            literal(indent, "");
        }
    }

    private boolean endsWith(Piece line, String end) {
        Piece stripped = line.strip(source);
        return source.startsWith(end, Math.max(stripped.start(), stripped.end() - end.length()));
    }

    /** Title with a line of punctuation under it, and maybe over it; in plain text also number signs before it. */
    private boolean heading() {
        if (depth > 0 || !paragraph.isEmpty()) {
            return false;
        }
        Piece line = lines.get(at);
        char over = Marks.rule(source, line);
        if (over != 0
                && at + 2 < lines.size()
                && Marks.rule(source, lines.get(at + 2)) == over
                && !lines.get(at + 1).blank(source)) {
            return heading(levels.of(over, true), at + 1, 3);
        }
        char under = at + 1 < lines.size() ? Marks.rule(source, lines.get(at + 1)) : 0;
        if (over == 0 && under != 0 && line.indent(source) == 0 && Marks.item(source, line) == 0) {
            return heading(levels.of(under, false), at, 2);
        }
        int signs = Marks.numberSigns(source, line);
        if (signs > 0) {
            out.heading(
                    signs,
                    List.of(line.strip(source).from(signs)),
                    line.strip(source).from(signs).in(source));
            at++;
            return true;
        }
        return false;
    }

    private boolean heading(int level, int title, int taken) {
        Piece line = lines.get(title).strip(source);
        out.heading(level, List.of(line), line.in(source));
        at += taken;
        return true;
    }

    private boolean table() {
        Piece line = lines.get(at).strip(source);
        boolean grid = Marks.gridSeparator(source, line);
        if (!grid && !Marks.simpleTable(source, line)) {
            return false;
        }
        flush();
        int first = at;
        if (grid) {
            while (at < lines.size() && Marks.gridLine(source, lines.get(at).strip(source))) {
                at++;
            }
            if (depth < MAX_DEPTH) {
                new GridTable(out, depth).read(lines.subList(first, at));
            } else {
                out.add(Kind.TABLE_ROW, "", lines.subList(first, at));
            }
        } else {
            simpleRows();
        }
        return true;
    }

    /** A row of a Markdown table. */
    private boolean pipes(Piece line) {
        Piece row = line.strip(source);
        boolean bars = row.length() > 1 && source.charAt(row.start()) == '|' && source.charAt(row.end() - 1) == '|';
        if (bars) {
            flush();
            out.add(Kind.TABLE_ROW, "", List.of(row));
            at++;
        }
        return bars;
    }

    private void simpleRows() {
        SimpleTable rows = new SimpleTable(out, lines.get(at));
        at++;
        while (at < lines.size() && !lines.get(at).blank(source)) {
            if (Marks.simpleTable(source, lines.get(at).strip(source))) {
                rows.end();
            } else {
                rows.line(lines.get(at));
            }
            at++;
        }
        rows.end();
    }

    /** Three backticks, as in Markdown; a fence that never ends takes the rest. */
    private boolean fence(Piece line) {
        Piece stripped = line.strip(source);
        if (!source.startsWith("```", stripped.start()) || stripped.length() < 3) {
            return false;
        }
        String info = stripped.from(3).strip(source).in(source);
        if (info.indexOf('`') >= 0) {
            return false;
        }
        flush();
        int first = ++at;
        while (at < lines.size()
                && !source.startsWith("```", lines.get(at).strip(source).start())) {
            at++;
        }
        out.add(Kind.CODE, info, lines.subList(first, at));
        at++;
        return true;
    }

    /** {@code .. name:: argument} with what is indented under it; comments and labels are left out. */
    private boolean directive(Piece line) {
        Piece stripped = line.strip(source);
        if (!source.startsWith("..", stripped.start())
                || (stripped.length() > 2 && source.charAt(stripped.start() + 2) != ' ')) {
            return false;
        }
        flush();
        int indent = line.indent(source);
        String words = stripped.from(2).strip(source).in(source);
        int colons = words.indexOf("::");
        at++;
        if (colons <= 0 || words.startsWith("_")) {
            skipIndented(indent);
            return true;
        }
        String name = words.substring(0, colons).strip().toLowerCase(Locale.ROOT);
        String argument = words.substring(colons + 2).strip();
        skipOptions();
        if (CODE.contains(name)) {
            literal(indent, argument);
        } else if (name.equals("list-table") && depth < MAX_DEPTH) {
            new ListTable(out, depth).read(indented(indent));
        } else if (ADMONITIONS.contains(name)) {
            admonition(line, argument, indent);
        }
        return true;
    }

    private void skipOptions() {
        while (at < lines.size() && Marks.option(source, lines.get(at).strip(source))) {
            at++;
        }
    }

    private void admonition(Piece line, String argument, int indent) {
        List<Piece> inside = new ArrayList<>();
        if (!argument.isEmpty()) {
            Piece stripped = line.strip(source);
            inside.add(new Piece(line.line(), stripped.end() - argument.length(), stripped.end()));
        }
        inside.addAll(indented(indent));
        if (depth < MAX_DEPTH) {
            readInside(out, inside, prose == Kind.TABLE_ROW ? prose : Kind.ADMONITION, depth);
        } else {
            out.add(Kind.ADMONITION, "", inside);
        }
    }

    private void literal(int indent, String info) {
        List<Piece> code = indented(indent);
        int first = 0;
        int last = code.size();
        while (first < last && code.get(first).blank(source)) {
            first++;
        }
        while (last > first && code.get(last - 1).blank(source)) {
            last--;
        }
        out.add(Kind.CODE, info, code.subList(first, last));
    }

    private void skipIndented(int indent) {
        indented(indent);
    }

    /** The lines from here on that are blank or indented deeper. */
    private List<Piece> indented(int indent) {
        int first = at;
        while (at < lines.size()
                && (lines.get(at).blank(source) || lines.get(at).indent(source) > indent)) {
            at++;
        }
        return lines.subList(first, at);
    }

    /** The order in which punctuation is first used for headings gives its level. */
    private static final class Levels {
        private final List<String> seen = new ArrayList<>();

        int of(char mark, boolean over) {
            String style = (over ? "^" : "_") + mark;
            if (!seen.contains(style)) {
                seen.add(style);
            }
            return seen.indexOf(style) + 1;
        }
    }
}
