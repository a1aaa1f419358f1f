package dev.rota.coordinator.grpc;

import dev.rota.contract.Version;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.FoundHop;
import dev.rota.coordinator.runtime.Catalogue;
import dev.rota.coordinator.runtime.NoteIndex;
import dev.rota.wire.operator.v1.NoteFile;
import dev.rota.wire.operator.v1.NoteHop;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.ProductNotes;
import dev.rota.wire.operator.v1.Withdrawal;
import java.time.LocalDate;
import java.util.List;

/** Releases and notes as operators see them. */
final class ReleaseViews {
    private static final int MAX_OF_A_RELEASE = 500;
    private static final int MAX_HOPS = 5000;
    private static final int MAX_PROBLEMS = 100;
    // A range in a note may be any word; an answer stays small whatever the notes hold.
    private static final int MAX_TEXT = 200;

    private ReleaseViews() {}

    /** One line of a list. */
    static dev.rota.wire.operator.v1.Release row(Release r, NoteIndex notes) {
        return builder(r, notes).build();
    }

    /** All there is to say about a release. */
    static dev.rota.wire.operator.v1.Release whole(Release r, NoteIndex notes) {
        var b = builder(r, notes);
        notes.notesTo(r.version()).stream().limit(MAX_OF_A_RELEASE).forEach(n -> b.addNotes(note(n)));
        notes.to(r.version()).stream().limit(MAX_OF_A_RELEASE).forEach(h -> b.addHops(hop(h)));
        return b.build();
    }

    private static dev.rota.wire.operator.v1.Release.Builder builder(Release r, NoteIndex notes) {
        var b = dev.rota.wire.operator.v1.Release.newBuilder()
                .setProduct(r.product())
                .setVersion(r.version().text())
                .setFileName(r.artifact().fileName())
                .setSizeBytes(r.artifact().sizeBytes())
                .setSha256(r.artifact().sha256())
                .setReason(r.reason())
                .setFollows(r.follows().map(Version::text).orElse(""))
                .setAddedAt(Times.timestamp(r.addedAt()))
                .setAddedBy(r.addedBy())
                .setReleased(r.released().map(LocalDate::toString).orElse(""))
                .setNoteCount(notes.notesTo(r.version()).size())
                .setHopCount(notes.to(r.version()).size());
        r.soft().ifPresent(b::setSoft);
        r.withdrawn()
                .ifPresent(w -> b.setWithdrawn(Withdrawal.newBuilder()
                        .setReason(w.reason())
                        .setBy(w.by())
                        .setAt(Times.timestamp(w.at()))));
        return b;
    }

    /** The notes of a product. */
    static ProductNotes notes(String product, NoteIndex notes) {
        return ProductNotes.newBuilder()
                .setProduct(product)
                .setNoteCount(notes.refs().size())
                .setSizeBytes(notes.sizeBytes())
                .setHopCount(notes.hopCount())
                .build();
    }

    /** What an import has changed, and what the notes say now. */
    static NotesImport imported(String product, Catalogue.Imported done, NoteIndex notes) {
        return NotesImport.newBuilder()
                .setProduct(product)
                .addAllAdded(done.added())
                .addAllReplaced(done.replaced())
                .addAllRemoved(done.removed())
                .setUnchanged(done.unchanged())
                .setNoteCount(notes.refs().size())
                .setSizeBytes(notes.sizeBytes())
                .setHopCount(notes.hopCount())
                .addAllHops(hops(notes.hops()))
                .addAllProblems(notes.problems().stream().limit(MAX_PROBLEMS).toList())
                .build();
    }

    private static List<NoteHop> hops(List<FoundHop> hops) {
        return hops.stream().limit(MAX_HOPS).map(ReleaseViews::hop).toList();
    }

    private static NoteHop hop(FoundHop h) {
        return NoteHop.newBuilder()
                .setFrom(h.from().map(from -> cut(from.text())).orElse(""))
                .setTo(cut(h.to().text()))
                .setFile(h.file())
                .setFirstLine(h.firstLine())
                .setLastLine(h.lastLine())
                .build();
    }

    private static NoteFile note(NoteRef n) {
        return NoteFile.newBuilder()
                .setPath(n.path())
                .setSha256(n.sha256())
                .setSizeBytes(n.sizeBytes())
                .build();
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
