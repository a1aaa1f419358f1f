package dev.rota.coordinator.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.wire.journal.v1.ConfirmedRecord;
import dev.rota.wire.journal.v1.ControlledRecord;
import dev.rota.wire.journal.v1.CoordinatorRecord;
import dev.rota.wire.journal.v1.EntryRecord;
import dev.rota.wire.journal.v1.LookedRecord;
import dev.rota.wire.journal.v1.RolloutChangedRecord;
import dev.rota.wire.journal.v1.RolloutStartedRecord;
import dev.rota.wire.journal.v1.TimePassedRecord;
import dev.rota.wire.journal.v1.UndoneByHandRecord;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Journal entries to and from bytes. */
public final class EntryCodec {
    private EntryCodec() {}

    /** The entry's bytes. */
    public static byte[] encode(Entry entry) {
        EntryRecord.Builder b = EntryRecord.newBuilder().setFormat(Formats.of(entry));
        if (entry instanceof Entry.InventoryDeclared e) {
            b.setInventoryDeclared(InventoryCodec.encode(e.inventory()));
        } else if (entry instanceof Entry.NodesRecorded e) {
            b.setInventoryDeclared(InventoryCodec.encode(e.inventory()))
                    .setNodesRecorded(RecordedCodec.encode(e.nodes()));
        } else if (entry instanceof Entry.UndoneByHand e) {
            b.setRequestId(e.requestId())
                    .setUndoneByHand(UndoneByHandRecord.newBuilder()
                            .setCluster(e.cluster())
                            .addAllIds(e.ids())
                            .setBy(e.by())
                            .setReason(e.reason()));
        } else if (entry instanceof Entry.CoordinatorDeclared e) {
            b.setRequestId(e.requestId())
                    .setCoordinatorDeclared(
                            CoordinatorRecord.newBuilder().setName(e.name()).setAddress(e.address()));
        } else if (entry instanceof Entry.ReleaseAdded e) {
            b.setRequestId(e.requestId()).setReleaseAdded(CatalogueCodec.encode(e.release()));
        } else if (entry instanceof Entry.PlanMade e) {
            b.setRequestId(e.requestId()).setPlanMade(PlanCodec.encode(e.plan()));
        } else if (entry instanceof Entry.RolloutStarted e) {
            b.setRequestId(e.requestId())
                    .setRolloutStarted(RolloutStartedRecord.newBuilder()
                            .setRolloutId(e.rolloutId())
                            .setPlanId(e.planId())
                            .setBy(e.by())
                            .setAtUs(Times.micros(e.at()))
                            .addAllKnown(OversightCodec.encodeKnown(e.known())));
        } else if (entry instanceof Entry.RolloutChanged e) {
            b.setRequestId(e.requestId()).setRolloutChanged(encode(e));
        } else {
            CatalogueCodec.encode(entry, b);
        }
        return b.build().toByteArray();
    }

    /**
     * The entry of these bytes.
     *
     * @throws IllegalArgumentException when they are no entry this version can read; the coordinator must stop then
     */
    public static Entry decode(byte[] bytes) {
        EntryRecord r;
        try {
            r = EntryRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a journal entry: " + e.getMessage(), e);
        }
        if (r.getFormat() < 1 || r.getFormat() > Formats.NEWEST) {
            throw new IllegalArgumentException(
                    "journal entry of format " + r.getFormat() + ", this version reads up to " + Formats.NEWEST);
        }
        String request = r.getRequestId();
        return switch (r.getBodyCase()) {
            case INVENTORY_DECLARED -> {
                Inventory inventory = InventoryCodec.decode(r.getInventoryDeclared());
                yield r.hasNodesRecorded()
                        ? new Entry.NodesRecorded(inventory, RecordedCodec.decode(r.getNodesRecorded()))
                        : new Entry.InventoryDeclared(inventory);
            }
            case UNDONE_BY_HAND -> {
                UndoneByHandRecord u = r.getUndoneByHand();
                yield new Entry.UndoneByHand(request, u.getCluster(), u.getIdsList(), u.getBy(), u.getReason());
            }
            case COORDINATOR_DECLARED ->
                new Entry.CoordinatorDeclared(
                        request,
                        r.getCoordinatorDeclared().getName(),
                        r.getCoordinatorDeclared().getAddress());
            case RELEASE_ADDED -> new Entry.ReleaseAdded(request, CatalogueCodec.decode(r.getReleaseAdded()));
            case PLAN_MADE -> new Entry.PlanMade(request, PlanCodec.decode(r.getPlanMade()));
            case ROLLOUT_STARTED -> {
                RolloutStartedRecord s = r.getRolloutStarted();
                yield new Entry.RolloutStarted(
                        request,
                        s.getRolloutId(),
                        s.getPlanId(),
                        s.getBy(),
                        Times.instant(s.getAtUs()),
                        OversightCodec.decodeKnown(s.getKnownList()));
            }
            case ROLLOUT_CHANGED -> decode(request, r.getRolloutChanged());
            case RELEASE_WITHDRAWN -> CatalogueCodec.decode(request, r.getReleaseWithdrawn());
            case RELEASE_REMOVED -> CatalogueCodec.decode(request, r.getReleaseRemoved());
            case NOTES_IMPORTED -> CatalogueCodec.decode(request, r.getNotesImported());
            case NOTES_REMOVED ->
                new Entry.NotesRemoved(
                        request,
                        r.getNotesRemoved().getProduct(),
                        r.getNotesRemoved().getPathsList());
            case BODY_NOT_SET -> throw new IllegalArgumentException("journal entry of an unknown kind");
        };
    }

    private static RolloutChangedRecord encode(Entry.RolloutChanged e) {
        Event event = e.event();
        RolloutChangedRecord.Builder b = RolloutChangedRecord.newBuilder()
                .setRolloutId(e.rolloutId())
                .setExpectedRevision(e.expectedRevision())
                .setAtUs(Times.micros(event.at()));
        if (event instanceof Event.StepReported s) {
            b.setStepReported(StepCodec.encode(s.key(), s.report()));
        } else if (event instanceof Event.Looked l) {
            LookedRecord.Builder looked = LookedRecord.newBuilder()
                    .setNode(l.node())
                    .setPurpose(l.purpose().label())
                    .setAttempt(l.attempt());
            b.setLooked(looked.setUnknownFields(seen(l)));
        } else if (event instanceof Event.Controlled c) {
            b.setControlled(
                    ControlledRecord.newBuilder().setControl(c.control().name()).setBy(c.by()));
        } else if (event instanceof Event.Confirmed c) {
            b.setConfirmed(ConfirmedRecord.newBuilder().addAllSteps(c.steps()).setBy(c.by()));
        } else if (event instanceof Event.Probed p) {
            b.setProbed(OverseenCodec.encode(p.spans()));
        } else if (event instanceof Event.TimePassed) {
            b.setTimePassed(TimePassedRecord.getDefaultInstance());
        } else {
            throw new IllegalArgumentException("a rollout begins with its own entry, not with an event");
        }
        return b.build();
    }

    /** What was seen as it is on the wire: its fields are the record's last, so they come where they would have come anyway. */
    private static UnknownFieldSet seen(Event.Looked l) {
        UnknownFieldSet.Field.Builder records = UnknownFieldSet.Field.newBuilder();
        ObservationCodec.encode(l.view().values()).forEach(records::addLengthDelimited);
        UnknownFieldSet.Builder all =
                UnknownFieldSet.newBuilder().addField(LookedRecord.VIEW_FIELD_NUMBER, records.build());
        OverseenCodec.encode(l.sight(), all);
        return all.build();
    }

    private static Entry decode(String request, RolloutChangedRecord r) {
        Instant at = Times.instant(r.getAtUs());
        Event event = switch (r.getEventCase()) {
            case STEP_REPORTED -> {
                var s = r.getStepReported();
                StepKey key = new StepKey(r.getRolloutId(), s.getNode(), PlanCodec.phase(s.getPhase()), s.getAttempt());
                yield new Event.StepReported(key, StepCodec.decode(s), at);
            }
            case LOOKED -> looked(r.getLooked(), at);
            case TIME_PASSED -> new Event.TimePassed(at);
            case CONTROLLED ->
                new Event.Controlled(
                        Event.Control.valueOf(r.getControlled().getControl()),
                        r.getControlled().getBy(),
                        at);
            case CONFIRMED ->
                new Event.Confirmed(
                        r.getConfirmed().getStepsList(), r.getConfirmed().getBy(), at);
            case PROBED -> new Event.Probed(OverseenCodec.decode(r.getProbed()), at);
            case EVENT_NOT_SET -> throw new IllegalArgumentException("rollout event of an unknown kind");
        };
        return new Entry.RolloutChanged(request, r.getRolloutId(), r.getExpectedRevision(), event);
    }

    private static Event looked(LookedRecord l, Instant at) {
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        l.getViewList().forEach(o -> view.put(o.getNode(), ObservationCodec.decode(o)));
        GatePurpose purpose = NodeStateCodec.purpose(l.getPurpose());
        return new Event.Looked(l.getNode(), purpose, l.getAttempt(), view, OverseenCodec.sight(l), at);
    }
}
