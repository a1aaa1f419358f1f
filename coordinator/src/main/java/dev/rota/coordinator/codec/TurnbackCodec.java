package dev.rota.coordinator.codec;

import dev.rota.coordinator.rollout.Skip;
import dev.rota.coordinator.rollout.Turnback;
import dev.rota.wire.journal.v1.SkipRecord;
import dev.rota.wire.journal.v1.TurnbackRecord;

/** What a rollout took back or left out, to and from a snapshot. */
final class TurnbackCodec {
    private TurnbackCodec() {}

    static TurnbackRecord encode(String node, Turnback t) {
        TurnbackRecord.Builder b = TurnbackRecord.newBuilder()
                .setNode(node)
                .setBy(t.by())
                .setAtUs(Times.micros(t.at()))
                .setWhy(t.why())
                .setAll(t.all());
        t.steps().forEach(step -> b.addSteps(PlanCodec.encode(step)));
        return b.build();
    }

    static Turnback decode(TurnbackRecord r) {
        return new Turnback(
                r.getBy(),
                Times.instant(r.getAtUs()),
                r.getWhy(),
                r.getAll(),
                r.getStepsList().stream().map(PlanCodec::decode).toList());
    }

    static SkipRecord encode(Skip s) {
        return SkipRecord.newBuilder()
                .setNode(s.node())
                .setPhase(s.phase().label())
                .setTurn(s.turn())
                .setBy(s.by())
                .setAtUs(Times.micros(s.at()))
                .build();
    }

    static Skip decode(SkipRecord r) {
        return new Skip(r.getNode(), PlanCodec.phase(r.getPhase()), r.getTurn(), r.getBy(), Times.instant(r.getAtUs()));
    }
}
