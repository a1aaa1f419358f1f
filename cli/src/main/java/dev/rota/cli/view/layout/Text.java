package dev.rota.cli.view.layout;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines of one view. */
public final class Text {
    private static final int LABEL_WIDTH = 12;

    private final Page page;
    private final List<String> lines = new ArrayList<>();

    public Text(Page page) {
        this.page = page;
    }

    public Page page() {
        return page;
    }

    /** Adds a line as it is, which must not end with spaces. */
    public Text line(String line) {
        lines.add(line);
        return this;
    }

    /** Adds lines behind an indentation. */
    public Text indented(int columns, List<String> more) {
        String indentation = " ".repeat(columns);
        more.forEach(line -> lines.add(line.isEmpty() ? "" : indentation + line));
        return this;
    }

    /** Adds a paragraph, folded to the page, behind an indentation. */
    public Text paragraph(int columns, String text) {
        return indented(columns, folded(columns, text));
    }

    /** Adds {@code label   value}, the value folded under itself; nothing at all for an empty value. */
    public Text field(String label, String value) {
        return value.isBlank() ? this : field(label, value, Tone.PLAIN);
    }

    /** Adds {@code label   value} in a tone; a dash for an empty value. */
    public Text field(String label, String value, Tone tone) {
        String start = "  " + page.paint(Tone.FAINT, Words.pad(label, LABEL_WIDTH)) + " ";
        for (String part : folded(LABEL_WIDTH + 3, Words.orDash(value))) {
            lines.add(start + page.paint(tone, part));
            start = " ".repeat(LABEL_WIDTH + 3);
        }
        return this;
    }

    /** Adds an empty line and a heading. */
    public Text heading(String heading) {
        lines.add("");
        lines.add(page.paint(Tone.STRONG, heading));
        return this;
    }

    /** Adds a table behind an indentation. */
    public Text table(int columns, Table table) {
        return indented(columns, table.lines(page.indented(columns)));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** All lines, each ended by a line feed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private List<String> folded(int columns, String text) {
        String clean = Words.printable(text);
        return page.width() == Page.UNLIMITED
                ? List.of(clean.stripTrailing())
                : Words.wrap(clean, page.width() - columns);
    }
}
