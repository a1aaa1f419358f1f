package dev.rota.cli.view.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligned columns under a heading, two spaces apart, without trailing spaces. On a page that is too narrow the columns that may become narrower are folded or cut,
 * the widest first; the others are never touched. Wide and combining characters keep the columns straight, which the table classes of
 * picocli and of ascii-table, counting characters, do not manage.
 */
public final class Table {
    private static final int GAP = 2;

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    public static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    public static Table of(List<Column> columns) {
        return new Table(List.copyOf(columns));
    }

    public Table row(Cell... cells) {
        return row(Arrays.asList(cells));
    }

    /** Adds a row; as many cells as there are columns. */
    public Table row(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table as lines, the heading first. */
    public List<String> lines(Page page) {
        int[] widths = widths(page.width());
        List<String> lines = new ArrayList<>();
        addRow(columns.stream().map(c -> Cell.of(c.heading(), Tone.STRONG)).toList(), widths, page, lines);
        rows.forEach(row -> addRow(row, widths, page, lines));
        return lines;
    }

    private int[] widths(int available) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Words.width(columns.get(i).heading());
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], Words.width(row.get(i).text()));
            }
        }
        int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - available;
        while (excess > 0) {
            int widest = widestOfTheYielding(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private int widestOfTheYielding(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean shrinks = widths[i] > columns.get(i).narrowest();
            if (shrinks && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void addRow(List<Cell> row, int[] widths, Page page, List<String> lines) {
        List<List<String>> folded = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            String value = row.get(i).text();
            List<String> parts =
                    columns.get(i).cut() ? List.of(Words.clip(value, widths[i])) : Words.wrap(value, widths[i]);
            folded.add(parts);
            height = Math.max(height, parts.size());
        }
        for (int part = 0; part < height; part++) {
            StringBuilder line = new StringBuilder();
            int start = 0;
            int written = 0;
            for (int i = 0; i < widths.length; i++) {
                String text = part < folded.get(i).size() ? folded.get(i).get(part) : "";
                if (!text.isEmpty()) {
                    int width = Words.width(text);
                    int from = columns.get(i).right() ? start + widths[i] - width : start;
                    line.append(" ".repeat(from - written))
                            .append(page.paint(row.get(i).tone(), text));
                    written = from + width;
                }
                start += widths[i] + GAP;
            }
            lines.add(line.toString());
        }
    }
}
