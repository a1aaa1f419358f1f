package dev.rota.coordinator.codec;

import com.google.protobuf.UnknownFieldSet;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.rollout.Availability;
import dev.rota.coordinator.rollout.GateTrace;
import dev.rota.coordinator.rollout.Overseen;
import dev.rota.coordinator.rollout.ProbeLog;
import dev.rota.wire.journal.v1.AvailabilityRecord;
import dev.rota.wire.journal.v1.BlockerAnswerRecord;
import dev.rota.wire.journal.v1.GateChangeRecord;
import dev.rota.wire.journal.v1.GateTraceRecord;
import dev.rota.wire.journal.v1.LookedRecord;
import dev.rota.wire.journal.v1.OverseenRecord;
import dev.rota.wire.journal.v1.ProbeLogRecord;
import dev.rota.wire.journal.v1.ProbeSightRecord;
import dev.rota.wire.journal.v1.ProbeSpanRecord;
import dev.rota.wire.journal.v1.ProbedRecord;
import dev.rota.wire.journal.v1.RolloutRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was seen from outside the nodes, and how gates went, to and from the journal. */
final class OverseenCodec {
    private OverseenCodec() {}

    /** Adds the fields of a {@link LookedRecord}. */
    static void encode(Sight s, UnknownFieldSet.Builder b) {
        s.probe().ifPresent(p -> {
            ProbeSightRecord.Builder probe = ProbeSightRecord.newBuilder()
                    .setAtUs(Times.micros(p.at()))
                    .setOk(p.ok())
                    .setSaid(p.said());
            p.failedAt().ifPresent(t -> probe.setFailedAtUs(Times.micros(t)));
            b.addField(
                    LookedRecord.PROBE_FIELD_NUMBER,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(probe.build().toByteString())
                            .build());
        });
        if (!s.blockers().isEmpty()) {
            UnknownFieldSet.Field.Builder answers = UnknownFieldSet.Field.newBuilder();
            s.blockers()
                    .forEach(a -> answers.addLengthDelimited(BlockerAnswerRecord.newBuilder()
                            .setName(a.name())
                            .setBlocks(a.blocks())
                            .setSaid(a.said())
                            .build()
                            .toByteString()));
            b.addField(LookedRecord.BLOCKERS_FIELD_NUMBER, answers.build());
        }
    }

    static Sight sight(LookedRecord r) {
        ProbeSightRecord p = r.getProbe();
        return new Sight(
                r.hasProbe()
                        ? Optional.of(new ProbeSight(
                                Times.instant(p.getAtUs()),
                                p.getOk(),
                                p.getSaid(),
                                p.hasFailedAtUs() ? Optional.of(Times.instant(p.getFailedAtUs())) : Optional.empty()))
                        : Optional.empty(),
                r.getBlockersList().stream()
                        .map(a -> new BlockerAnswer(a.getName(), a.getBlocks(), a.getSaid()))
                        .toList());
    }

    static ProbedRecord encode(List<ProbeSpan> spans) {
        ProbedRecord.Builder b = ProbedRecord.newBuilder();
        spans.forEach(s -> b.addSpans(ProbeSpanRecord.newBuilder()
                .setOk(s.ok())
                .setFirstUs(Times.micros(s.first()))
                .setLastUs(Times.micros(s.last()))
                .setCount(s.count())
                .setSaid(s.said())));
        return b.build();
    }

    static List<ProbeSpan> decode(ProbedRecord r) {
        return r.getSpansList().stream()
                .map(s -> new ProbeSpan(
                        s.getOk(),
                        Times.instant(s.getFirstUs()),
                        Times.instant(s.getLastUs()),
                        s.getCount(),
                        s.getSaid()))
                .toList();
    }

    /** Nothing where nothing was seen. */
    static Optional<OverseenRecord> encode(Overseen o) {
        if (o.known().isEmpty() && o.probe().total().equals(Availability.none())) {
            return Optional.empty();
        }
        ProbeLog p = o.probe();
        ProbeLogRecord.Builder log = ProbeLogRecord.newBuilder()
                .setWatchedUntilUs(Times.micros(p.watchedUntil()))
                .setDown(p.down())
                .setSaid(p.said())
                .setExcused(p.excused())
                .setTotal(encode(p.total()))
                .setSpentDownUs(micros(p.spent().down()))
                .setSpentFailed(p.spent().failed());
        p.batches().forEach((batch, a) -> log.putBatches(batch, encode(a)));
        return Optional.of(OverseenRecord.newBuilder()
                .addAllKnown(OversightCodec.encodeKnown(o.known()))
                .setProbe(log)
                .build());
    }

    static Overseen decode(RolloutRecord rollout) {
        if (!rollout.hasOverseen()) {
            return Overseen.nothing(Times.instant(rollout.getStartedAtUs()));
        }
        ProbeLogRecord r = rollout.getOverseen().getProbe();
        SortedMap<Integer, Availability> batches = new TreeMap<>();
        r.getBatchesMap().forEach((batch, a) -> batches.put(batch, decode(a)));
        return new Overseen(
                new ProbeLog(
                        Times.instant(r.getWatchedUntilUs()),
                        r.getDown(),
                        r.getSaid(),
                        r.getExcused(),
                        decode(r.getTotal()),
                        batches,
                        new ProbeLog.Spent(duration(r.getSpentDownUs()), r.getSpentFailed())),
                OversightCodec.decodeKnown(rollout.getOverseen().getKnownList()));
    }

    private static AvailabilityRecord encode(Availability a) {
        return AvailabilityRecord.newBuilder()
                .setProbes(a.probes())
                .setFailed(a.failed())
                .setDownUs(micros(a.down()))
                .setLongestUs(micros(a.longest()))
                .setCurrentUs(micros(a.current()))
                .setOutages(a.outages())
                .setUnwatchedUs(micros(a.unwatched()))
                .setHoles(a.holes())
                .build();
    }

    private static Availability decode(AvailabilityRecord r) {
        return new Availability(
                r.getProbes(),
                r.getFailed(),
                duration(r.getDownUs()),
                duration(r.getLongestUs()),
                duration(r.getCurrentUs()),
                r.getOutages(),
                duration(r.getUnwatchedUs()),
                r.getHoles());
    }

    /** Nothing for a gate that was not looked at. */
    static Optional<GateTraceRecord> encode(GateTrace t) {
        if (t.equals(GateTrace.none())) {
            return Optional.empty();
        }
        GateTraceRecord.Builder b = GateTraceRecord.newBuilder().setFlips(t.flips());
        t.changes()
                .forEach(c -> b.addChanges(GateChangeRecord.newBuilder()
                        .setAtUs(Times.micros(c.at()))
                        .addAllProblems(c.problems())));
        t.sickSince().ifPresent(at -> b.setSickSinceUs(Times.micros(at)));
        return Optional.of(b.build());
    }

    static GateTrace decode(GateTraceRecord r) {
        return new GateTrace(
                r.getFlips(),
                r.getChangesList().stream()
                        .map(c -> new GateTrace.Change(Times.instant(c.getAtUs()), c.getProblemsList()))
                        .toList(),
                r.hasSickSinceUs() ? Optional.of(Times.instant(r.getSickSinceUs())) : Optional.empty());
    }

    private static long micros(Duration d) {
        return d.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    private static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
