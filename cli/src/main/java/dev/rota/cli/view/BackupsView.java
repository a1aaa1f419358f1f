package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.BackupList;
import dev.rota.wire.operator.v1.NodeBackup;

/** One row for each backup, and below what could not be found out. */
public final class BackupsView {
    private BackupsView() {}

    public static String text(BackupList backups, Page page) {
        Text text = new Text(page);
        if (backups.getBackupsList().isEmpty()) {
            text.line("No backups.");
        } else {
            Table table = Table.of(
                    Column.left("NODE"),
                    Column.left("BACKUP"),
                    Column.left("TAKEN"),
                    Column.left("VERSION"),
                    Column.right("SIZE"),
                    Column.right("FILES"),
                    Column.left("SHA-256"),
                    Column.folded("VERIFIED", 8),
                    Column.folded("PATH", 16));
            backups.getBackupsList()
                    .forEach(b -> table.row(
                            Cell.of(b.getNode()),
                            Cell.of(b.getHop()),
                            Cell.of(b.hasAt() ? Times.withAge(b.getAt(), page) : ""),
                            Cell.of(b.getVersion()),
                            Cell.of(Units.size(b.getSizeBytes())),
                            Cell.of(b.getFiles()),
                            Cell.of(Ids.shown(b.getSha256())),
                            verified(b),
                            Cell.of(b.getPath())));
            text.table(0, table);
        }
        if (backups.getProblemsCount() > 0) {
            text.heading("Problems");
            backups.getProblemsList().forEach(problem -> text.paragraph(2, Words.printable(problem)));
        }
        return text.toString();
    }

    private static Cell verified(NodeBackup b) {
        if (!b.getProblem().isEmpty()) {
            return Cell.of(b.getProblem(), Tone.BAD);
        }
        return b.getVerified() ? Cell.of("read back") : Cell.of("no", Tone.WARN);
    }
}
