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

/** Releases, as a list and one by one. */
public final class ReleasesView {
    private ReleasesView() {}

    public static String list(ReleaseList releases, Page page) {
        if (releases.getReleasesList().isEmpty()) {
            return "No releases.\n";
        }
        Table table = Table.of(
                Column.left("PRODUCT"),
                Column.left("VERSION"),
                Column.left("FOLLOWS"),
                Column.left("MODE"),
                Column.right("SIZE"),
                Column.left("SHA-256"),
                Column.folded("ADDED", 10),
                Column.folded("REASON", 12));
        releases.getReleasesList()
                .forEach(release -> table.row(
                        Cell.of(release.getProduct()),
                        Cell.of(release.getVersion()),
                        Cell.of(release.getFollows()),
                        Cell.of(release.hasSoft() ? mode(release) : ""),
                        Cell.of(Units.size(release.getSizeBytes())),
                        Cell.of(Ids.shown(release.getSha256())),
                        Cell.of(release.hasAddedAt() ? Times.full(release.getAddedAt()) : ""),
                        Cell.of(release.getReason())));
        return new Text(page).table(0, table).toString();
    }

    public static String text(Release release, Page page) {
        return new Text(page)
                .line(page.paint(
                        Tone.STRONG,
                        "release " + Words.orDash(release.getProduct()) + " " + Words.orDash(release.getVersion())))
                .field(
                        "file",
                        release.getFileName() + ", " + Units.size(release.getSizeBytes()) + " ("
                                + release.getSizeBytes() + " bytes)")
                .field("sha256", release.getSha256())
                .field("follows", release.getFollows())
                .field("mode", release.hasSoft() ? mode(release) : "as the product's procedure says")
                .field("reason", release.getReason())
                .field("added", release.hasAddedAt() ? Times.full(release.getAddedAt()) : "")
                .field("by", release.getAddedBy())
                .toString();
    }

    private static String mode(Release release) {
        return release.getSoft() ? "soft" : "full-stop";
    }
}
