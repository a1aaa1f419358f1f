package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NoteHop;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.ProductNotes;
import java.util.ArrayList;
import java.util.List;

/** Release notes and the hops they are about. */
public final class NotesView {
    private NotesView() {}

    /** What an import did and found. */
    public static String text(NotesImport done, Page page) {
        Text text = new Text(page)
                .line(page.paint(Tone.STRONG, "notes of " + done.getProduct() + ": " + changes(done)))
                .line("  " + total(done.getNoteCount(), done.getSizeBytes(), done.getHopCount()));
        paths(text, "Replaced", done.getReplacedList());
        paths(text, "Removed", done.getRemovedList());
        paths(text, "Cannot be read", done.getProblemsList());
        if (done.getHopCount() == 0) {
            text.heading("No hops")
                    .paragraph(
                            2,
                            "No note names a release it leads to: not by its path, such as 24.02/upgrade.md or "
                                    + "from_23.10_to_24.02.md, nor in a heading, table or list.");
        } else {
            hops(text, done.getHopsList());
            int more = done.getHopCount() - done.getHopsCount();
            if (more > 0) {
                text.line("  and " + more + " more");
            }
        }
        return text.toString();
    }

    private static String changes(NotesImport done) {
        List<String> parts = new ArrayList<>();
        add(parts, done.getAddedCount(), "added");
        add(parts, done.getReplacedCount(), "replaced");
        add(parts, done.getRemovedCount(), "removed");
        if (parts.isEmpty()) {
            return "nothing changed";
        }
        add(parts, done.getUnchanged(), "unchanged");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    private static void paths(Text text, String heading, List<String> paths) {
        if (!paths.isEmpty()) {
            text.heading(heading);
            paths.forEach(path -> text.paragraph(2, path));
        }
    }

    /** One line about the notes of a product. */
    static String line(ProductNotes notes) {
        return "notes of " + notes.getProduct() + ": "
                + total(notes.getNoteCount(), notes.getSizeBytes(), notes.getHopCount());
    }

    private static String total(int notes, long bytes, int hops) {
        return notes + (notes == 1 ? " note, " : " notes, ") + Units.size(bytes) + ", " + hops
                + (hops == 1 ? " hop" : " hops");
    }

    /** Hops as a table; nothing for none. */
    static void hops(Text text, List<NoteHop> hops) {
        if (hops.isEmpty()) {
            return;
        }
        Table table = Table.of(Column.folded("FROM", 7), Column.folded("TO", 7), Column.folded("WHERE", 12));
        hops.forEach(hop -> table.row(
                Cell.of(hop.getFrom()),
                Cell.of(hop.getTo()),
                Cell.of(hop.getFile() + ":" + hop.getFirstLine() + "-" + hop.getLastLine())));
        text.heading("Hops").table(2, table);
    }

    /** Files as a table; nothing for none. */
    static void files(Text text, List<NoteFile> notes) {
        if (notes.isEmpty()) {
            return;
        }
        Table table = Table.of(Column.folded("NOTE", 12), Column.right("SIZE"), Column.left("SHA-256"));
        notes.forEach(note -> table.row(
                Cell.of(note.getPath()),
                Cell.of(Units.size(note.getSizeBytes())),
                Cell.of(Ids.shown(note.getSha256()))));
        text.heading("Notes").table(2, table);
    }
}
