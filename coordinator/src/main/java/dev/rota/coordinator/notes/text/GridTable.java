package dev.rota.coordinator.notes.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A grid table of reStructuredText. Columns are taken from the separator lines; a line whose bars have slipped is read with the
 * bar that is nearest. Each cell is a unit of its own under the label of its row, the text of the first column.
 */
final class GridTable {
    private static final int SLIP = 40;
    private static final int MAX_LABEL = 120;

    private final Outline out;
    private final String source;
    private final int depth;
    private final List<List<Piece>> cells = new ArrayList<>();
    private List<Integer> bars = List.of();
    private boolean opened;

    GridTable(Outline out, int depth) {
        this.out = out;
        this.source = out.source();
        this.depth = depth;
    }

    void read(List<Piece> lines) {
        for (Piece raw : lines) {
            Piece line = raw.strip(source);
            if (source.charAt(line.start()) == '+') {
                endRow();
                bars = bars(line);
            } else {
                content(line);
            }
        }
        endRow();
    }

    private List<Integer> bars(Piece separator) {
        List<Integer> found = new ArrayList<>();
        for (int i = separator.start() + 1; i < separator.end() - 1; i++) {
            if (source.charAt(i) == '+') {
                found.add(i - separator.start());
            }
        }
        return found;
    }

    private void content(Piece line) {
        int from = line.start() + 1;
        int column = 0;
        for (int bar : bars) {
            int cut = bar(line, Math.max(from, line.start() + bar));
            if (cut < 0) {
                continue;
            }
            boolean separates = source.charAt(cut) == '+';
            cell(column++).add(new Piece(line.line(), Math.min(from, cut), cut));
            from = cut + 1;
            if (separates) {
                endCells();
                return;
            }
        }
        int end = line.end();
        if (end > from && source.charAt(end - 1) == '|') {
            end--;
        }
        cell(column).add(new Piece(line.line(), Math.min(from, end), end));
    }

    /** The bar at a column, or the nearest one to it that is a bar or the start of an inner separator. */
    private int bar(Piece line, int expected) {
        for (int slip = 0; slip <= SLIP; slip++) {
            for (int at : new int[] {expected + slip, expected - slip}) {
                if (at > line.start() && at < line.end() - 1 && isBar(at, slip == 0)) {
                    return at;
                }
            }
        }
        return -1;
    }

    private boolean isBar(int at, boolean exact) {
        char c = source.charAt(at);
        if (c == '+') {
            return source.startsWith("+--", at);
        }
        return c == '|' && (exact || Folding.isSpace(source.charAt(at + 1)));
    }

    private List<Piece> cell(int column) {
        while (cells.size() <= column) {
            cells.add(new ArrayList<>());
        }
        return cells.get(column);
    }

    /** An inner separator ends all cells but the label. */
    private void endCells() {
        open();
        for (int i = 1; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                LineReader.readInside(out, List.copyOf(cells.get(i)), Kind.TABLE_ROW, depth);
                cells.get(i).clear();
                out.nextUnit();
            }
        }
    }

    private void open() {
        if (!opened && !cells.isEmpty()) {
            out.open(label());
            opened = true;
        }
    }

    private String label() {
        StringBuilder label = new StringBuilder();
        for (Piece piece : cells.get(0)) {
            label.append(piece.in(source)).append(' ');
            if (label.length() > MAX_LABEL * 4) {
                break;
            }
        }
        String folded = Folding.fold(label);
        return folded.length() > MAX_LABEL ? folded.substring(0, MAX_LABEL) : folded;
    }

    private void endRow() {
        if (cells.isEmpty()) {
            return;
        }
        endCells();
        LineReader.readInside(out, List.copyOf(cells.get(0)), Kind.TABLE_ROW, depth);
        out.close();
        opened = false;
        cells.clear();
    }
}
