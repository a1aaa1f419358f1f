package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A simple table of reStructuredText: columns are where the groups of equal signs start, and a line with nothing in the first column
 * goes on with the row above. The text of the first column is the label of a row.
 */
final class SimpleTable {
    private final Outline out;
    private final String source;
    private final int second;
    private final List<Piece> labels = new ArrayList<>();
    private final List<Piece> rest = new ArrayList<>();

    /** A table under its first line. */
    SimpleTable(Outline out, Piece rule) {
        this.out = out;
        this.source = out.source();
        int at = rule.indent(source);
        while (at < rule.length() && source.charAt(rule.start() + at) == '=') {
            at++;
        }
        while (at < rule.length() && source.charAt(rule.start() + at) == ' ') {
            at++;
        }
        this.second = at;
    }

    /** Takes a line that is no rule. */
    void line(Piece line) {
        int cut = Math.min(line.end(), line.start() + second);
        Piece label = new Piece(line.line(), line.start(), cut);
        boolean crosses = cut < line.end() && cut > line.start() && !Folding.isSpace(source.charAt(cut - 1));
        if (crosses || !label.blank(source)) {
            end();
        }
        labels.add(crosses ? line : label);
        if (!crosses && cut < line.end()) {
            rest.add(new Piece(line.line(), cut, line.end()));
        }
    }

    /** Ends the row that is open. */
    void end() {
        if (!labels.isEmpty()) {
            out.open(Folding.fold(labels.get(0).in(source)));
            out.add(Kind.TABLE_ROW, "", List.copyOf(labels));
            out.add(Kind.TABLE_ROW, "", List.copyOf(rest));
            out.close();
        }
        labels.clear();
        rest.clear();
    }
}
