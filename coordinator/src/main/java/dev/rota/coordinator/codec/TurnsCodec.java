package dev.rota.coordinator.codec;

import dev.rota.coordinator.domain.Turns;
import dev.rota.wire.journal.v1.PlaceRecord;
import dev.rota.wire.journal.v1.TurnsRecord;

/** How nodes take their turns, to and from the journal. */
final class TurnsCodec {
    private TurnsCodec() {}

    static TurnsRecord encode(Turns t) {
        TurnsRecord.Builder b = TurnsRecord.newBuilder()
                .addAllPausesBefore(t.pausesBefore())
                .setMaxUnavailableAsked(t.maxUnavailableAsked())
                .setMinServingAsked(t.minServingAsked());
        t.order()
                .forEach(p -> b.addOrder(PlaceRecord.newBuilder()
                        .setBatch(p.batch())
                        .setNode(p.node())
                        .setWhy(p.why().label())
                        .setSentence(p.sentence())));
        return b.build();
    }

    static Turns decode(TurnsRecord r) {
        return new Turns(
                r.getOrderList().stream()
                        .map(p -> new Turns.Place(
                                p.getBatch(),
                                p.getNode(),
                                Turns.Why.of(p.getWhy())
                                        .orElseThrow(() -> PlanCodec.unknown("reason of a place", p.getWhy())),
                                p.getSentence()))
                        .toList(),
                r.getPausesBeforeList(),
                r.getMaxUnavailableAsked(),
                r.getMinServingAsked());
    }
}
