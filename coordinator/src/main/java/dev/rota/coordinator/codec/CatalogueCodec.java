package dev.rota.coordinator.codec;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.wire.journal.v1.EntryRecord;
import dev.rota.wire.journal.v1.NoteRecord;
import dev.rota.wire.journal.v1.NotesImportedRecord;
import dev.rota.wire.journal.v1.NotesRemovedRecord;
import dev.rota.wire.journal.v1.ReleaseRecord;
import dev.rota.wire.journal.v1.ReleaseRemovedRecord;
import dev.rota.wire.journal.v1.ReleaseWithdrawnRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Entries about releases and notes, to and from their records. */
final class CatalogueCodec {
    private CatalogueCodec() {}

    static void encode(Entry entry, EntryRecord.Builder b) {
        b.setRequestId(entry.requestId());
        if (entry instanceof Entry.ReleaseWithdrawn e) {
            b.setReleaseWithdrawn(ReleaseWithdrawnRecord.newBuilder()
                    .setProduct(e.product())
                    .setVersion(e.version().text())
                    .setReason(e.reason())
                    .setBy(e.by())
                    .setAtUs(Times.micros(e.at())));
        } else if (entry instanceof Entry.ReleaseRemoved e) {
            b.setReleaseRemoved(ReleaseRemovedRecord.newBuilder()
                    .setProduct(e.product())
                    .setVersion(e.version().text())
                    .setBy(e.by())
                    .setAtUs(Times.micros(e.at())));
        } else if (entry instanceof Entry.NotesImported e) {
            NotesImportedRecord.Builder notes = NotesImportedRecord.newBuilder().setProduct(e.product());
            e.notes().forEach(n -> notes.addNotes(encode(n)));
            b.setNotesImported(notes);
        } else if (entry instanceof Entry.NotesRemoved e) {
            b.setNotesRemoved(
                    NotesRemovedRecord.newBuilder().setProduct(e.product()).addAllPaths(e.paths()));
        } else {
            throw new IllegalArgumentException("no entry about releases or notes: " + entry.getClass());
        }
    }

    static Entry decode(String request, ReleaseWithdrawnRecord r) {
        return new Entry.ReleaseWithdrawn(
                request,
                r.getProduct(),
                Version.parse(r.getVersion()),
                r.getReason(),
                r.getBy(),
                Times.instant(r.getAtUs()));
    }

    static Entry decode(String request, ReleaseRemovedRecord r) {
        return new Entry.ReleaseRemoved(
                request, r.getProduct(), Version.parse(r.getVersion()), r.getBy(), Times.instant(r.getAtUs()));
    }

    static Entry decode(String request, NotesImportedRecord r) {
        return new Entry.NotesImported(
                request,
                r.getProduct(),
                r.getNotesList().stream().map(CatalogueCodec::decode).toList());
    }

    static NoteRecord encode(NoteRef n) {
        return NoteRecord.newBuilder()
                .setPath(n.path())
                .setSha256(n.sha256())
                .setSizeBytes(n.sizeBytes())
                .build();
    }

    static NoteRef decode(NoteRecord n) {
        return new NoteRef(n.getPath(), n.getSha256(), n.getSizeBytes());
    }

    static ReleaseRecord encode(Release r) {
        ReleaseRecord.Builder b = ReleaseRecord.newBuilder()
                .setProduct(r.product())
                .setVersion(r.version().text())
                .setArtifact(PlanCodec.encode(r.artifact()))
                .setReason(r.reason())
                .setFollows(r.follows().map(Version::text).orElse(""))
                .setAddedAtUs(Times.micros(r.addedAt()))
                .setAddedBy(r.addedBy())
                .setReleased(r.released().map(LocalDate::toString).orElse(""));
        r.soft().ifPresent(b::setSoft);
        return b.build();
    }

    static Release decode(ReleaseRecord r) {
        Release release = new Release(
                r.getProduct(),
                Version.parse(r.getVersion()),
                PlanCodec.decode(r.getArtifact()),
                r.hasSoft() ? Optional.of(r.getSoft()) : Optional.empty(),
                r.getReason(),
                Version.tryParse(r.getFollows()),
                Times.instant(r.getAddedAtUs()),
                r.getAddedBy());
        return release.released(day(r.getReleased()));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date", e);
        }
    }
}
