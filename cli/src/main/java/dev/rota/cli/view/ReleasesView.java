package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Tone;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseList;
import dev.rota.wire.operator.v1.RemovedRelease;
import dev.rota.wire.operator.v1.Withdrawal;

/** Releases, as a list and one by one. */
public final class ReleasesView {
    private ReleasesView() {}

    public static String list(ReleaseList releases, Page page) {
        Text text = new Text(page);
        if (releases.getReleasesList().isEmpty()) {
            text.line("No releases.");
        } else {
            text.table(0, table(releases));
        }
        if (releases.getNotesCount() > 0) {
            text.line("");
            releases.getNotesList().forEach(notes -> text.line(NotesView.line(notes)));
        }
        return text.toString();
    }

    private static Table table(ReleaseList releases) {
        Table table = Table.of(
                Column.left("PRODUCT"),
                Column.left("VERSION"),
                Column.left("DATE"),
                Column.left("FOLLOWS"),
                Column.left("MODE"),
                Column.right("SIZE"),
                Column.left("SHA-256"),
                Column.right("NOTES"),
                Column.right("HOPS"),
                Column.folded("ADDED", 10),
                Column.folded("REASON", 12));
        releases.getReleasesList()
                .forEach(release -> table.row(
                        Cell.of(release.getProduct()),
                        Cell.of(release.getVersion()),
                        Cell.of(release.getReleased()),
                        Cell.of(release.getFollows()),
                        release.hasWithdrawn()
                                ? Cell.of("withdrawn", Tone.BAD)
                                : Cell.of(release.hasSoft() ? mode(release) : ""),
                        Cell.of(Units.size(release.getSizeBytes())),
                        Cell.of(Ids.shown(release.getSha256())),
                        Cell.of(release.getNoteCount()),
                        Cell.of(release.getHopCount()),
                        Cell.of(release.hasAddedAt() ? Times.full(release.getAddedAt()) : ""),
                        Cell.of(release.hasWithdrawn() ? release.getWithdrawn().getReason() : release.getReason())));
        return table;
    }

    public static String text(Release release, Page page) {
        Text text = new Text(page)
                .line(page.paint(
                        Tone.STRONG,
                        "release " + Words.orDash(release.getProduct()) + " " + Words.orDash(release.getVersion())))
                .field(
                        "file",
                        release.getFileName() + ", " + Units.size(release.getSizeBytes()) + " ("
                                + release.getSizeBytes() + " bytes)")
                .field("sha256", release.getSha256())
                .field("date", release.getReleased())
                .field("follows", release.getFollows())
                .field("mode", release.hasSoft() ? mode(release) : "as the product's procedure says")
                .field("reason", release.getReason())
                .field("added", release.hasAddedAt() ? Times.full(release.getAddedAt()) : "")
                .field("by", release.getAddedBy());
        if (release.hasWithdrawn()) {
            text.field("withdrawn", withdrawal(release.getWithdrawn()), Tone.BAD);
        }
        NotesView.files(text, release.getNotesList());
        NotesView.hops(text, release.getHopsList());
        return text.toString();
    }

    private static String withdrawal(Withdrawal withdrawal) {
        String by = withdrawal.getBy().isEmpty() ? "" : " by " + withdrawal.getBy();
        return (withdrawal.hasAt() ? Times.full(withdrawal.getAt()) : "") + by + ": " + withdrawal.getReason();
    }

    /** What became of a release that was removed. */
    public static String removed(RemovedRelease removed, Page page) {
        return new Text(page)
                .line("removed release " + Words.orDash(removed.getProduct()) + " "
                        + Words.orDash(removed.getVersion()))
                .field(
                        "artifact",
                        Ids.shown(removed.getSha256())
                                + (removed.getBytesRemoved() ? ", removed" : ", kept: something else refers to it"))
                .toString();
    }

    private static String mode(Release release) {
        return release.getSoft() ? "soft" : "full-stop";
    }
}
