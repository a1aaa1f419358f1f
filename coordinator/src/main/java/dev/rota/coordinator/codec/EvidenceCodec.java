package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.ManualStep;
import dev.rota.coordinator.domain.Reason;
import dev.rota.coordinator.domain.Undo;
import dev.rota.wire.journal.v1.CitationRecord;
import dev.rota.wire.journal.v1.EvidenceRecord;
import dev.rota.wire.journal.v1.ManualStepRecord;
import dev.rota.wire.journal.v1.ReasonRecord;
import dev.rota.wire.journal.v1.UndoRecord;
import java.util.Optional;

/** What a plan took from the notes, to and from the journal. */
final class EvidenceCodec {
    private EvidenceCodec() {}

    static EvidenceRecord encode(Evidence e) {
        EvidenceRecord.Builder b = EvidenceRecord.newBuilder()
                .putAllAssumed(e.assumed())
                .setOverride(e.override())
                .setAgain(e.again());
        e.findings().forEach(f -> b.addFindings(encode(f)));
        e.manual().forEach(step -> b.addManual(encode(step)));
        return b.build();
    }

    static Evidence decode(EvidenceRecord r) {
        return new Evidence(
                r.getFindingsList().stream().map(EvidenceCodec::decode).toList(),
                r.getManualList().stream().map(EvidenceCodec::decode).toList(),
                ObservationCodec.sorted(r.getAssumedMap()),
                r.getOverride(),
                r.getAgain());
    }

    static ManualStepRecord encode(ManualStep step) {
        ManualStepRecord.Builder b = ManualStepRecord.newBuilder()
                .setId(step.id())
                .setBeforeBatch(step.beforeBatch())
                .setTitle(step.title())
                .addAllLines(step.lines());
        step.cited().ifPresent(c -> b.setCited(encode(c)));
        return b.build();
    }

    static ManualStep decode(ManualStepRecord m) {
        return new ManualStep(
                m.getId(),
                m.getBeforeBatch(),
                m.getTitle(),
                m.getLinesList(),
                m.hasCited() ? Optional.of(decode(m.getCited())) : Optional.empty());
    }

    static ReasonRecord encode(Reason reason) {
        ReasonRecord.Builder b = ReasonRecord.newBuilder()
                .setCode(reason.code().name())
                .setSentence(reason.sentence())
                .setDecided(reason.decided());
        reason.cited().ifPresent(c -> b.setCited(encode(c)));
        return b.build();
    }

    static Reason decode(ReasonRecord r) {
        return new Reason(
                Reason.Code.valueOf(r.getCode()),
                r.getSentence(),
                r.getDecided(),
                r.hasCited() ? Optional.of(decode(r.getCited())) : Optional.empty());
    }

    static UndoRecord encode(Undo u) {
        UndoRecord.Builder b = UndoRecord.newBuilder().setPossible(u.possible()).setSentence(u.sentence());
        u.cited().ifPresent(c -> b.setCited(encode(c)));
        return b.build();
    }

    static Undo decode(UndoRecord r) {
        return new Undo(
                r.getPossible(), r.getSentence(), r.hasCited() ? Optional.of(decode(r.getCited())) : Optional.empty());
    }

    private static CitationRecord encode(Citation c) {
        return CitationRecord.newBuilder()
                .setKind(c.kind())
                .setFile(c.file())
                .setFirstLine(c.firstLine())
                .setLastLine(c.lastLine())
                .setQuote(c.quote())
                .build();
    }

    private static Citation decode(CitationRecord c) {
        return new Citation(c.getKind(), c.getFile(), c.getFirstLine(), c.getLastLine(), c.getQuote());
    }
}
