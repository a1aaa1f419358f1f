package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;

/** A table of reStructuredText written as a list of lists. The text of the first cell is the label of a row. */
final class ListTable {
    private static final int MAX_LABEL = 120;

    private final Outline out;
    private final String source;
    private final int depth;
    private final List<List<Piece>> cells = new ArrayList<>();

    ListTable(Outline out, int depth) {
        this.out = out;
        this.source = out.source();
        this.depth = depth;
    }

    void read(List<Piece> lines) {
        int cellIndent = -1;
        for (Piece line : lines) {
            Piece text = line.strip(source);
            boolean row = source.startsWith("* -", text.start()) && text.length() > 2;
            boolean cell = source.startsWith("-", text.start())
                    && text.length() > 0
                    && line.indent(source) == cellIndent
                    && (text.length() == 1 || Folding.isSpace(source.charAt(text.start() + 1)));
            if (row) {
                endRow();
                cellIndent = line.indent(source) + 2;
            }
            if (row || cell) {
                cells.add(new ArrayList<>());
                cells.get(cells.size() - 1).add(text.from(row ? 3 : 1));
            } else if (!cells.isEmpty()) {
                cells.get(cells.size() - 1).add(line);
            }
        }
        endRow();
    }

    private void endRow() {
        if (cells.isEmpty()) {
            return;
        }
        String label = Folding.fold(cells.get(0).get(0).in(source));
        out.open(label.length() > MAX_LABEL ? label.substring(0, MAX_LABEL) : label);
        for (List<Piece> cell : cells) {
            LineReader.readInside(out, List.copyOf(cell), Kind.TABLE_ROW, depth);
            out.nextUnit();
        }
        out.close();
        cells.clear();
    }
}
